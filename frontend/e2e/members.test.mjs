// Members: let in and turned away, given roles, suspended, invited, added without e-mail.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, complainsOfNothing, device, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { FIRST_PASSWORD, OWN_PASSWORD, applicant, newcomer, unique } from "./support/newcomers.mjs";
import { signIn, signInAs } from "./support/people.mjs";

useBrowser();

const TOWN = "/c/old-town";
const PARK = "/c/willow-park";

const card = (page, name) => page.locator(".applicant", { has: page.getByRole("heading", { name }) });
/** A role's box: it is called by the role, and what the role may do comes after. */
const role = (within, name) => within.getByRole("checkbox", { name: new RegExp(`^${name}`) });
const toast = (page, text) => page.getByRole("status").getByText(text).waitFor();

/** Loads a page again and again until it shows something: what others did counts within seconds. */
async function eventually(page, path, locator, seconds = 5) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    await page.goto(path);
    await page.locator("h1").waitFor();
    await settled(page);
    if (await locator.isVisible()) return;
    assert.ok(Date.now() < deadline, `${path} does not show it within ${seconds} seconds`);
  }
}

test("those who ask are approved and rejected, and the next one gets the focus", async () => {
  const names = [unique("Ann"), unique("Bo"), unique("Cy")];
  const people = [];
  for (const name of names) people.push(await applicant(name, `I am ${name}.`));
  const page = await signIn(await device(DESK), "admin", `${TOWN}/approvals`);

  await card(page, names[1]).getByText(`I am ${names[1]}.`).waitFor();
  await card(page, names[1]).getByRole("button", { name: /roles or unit/ }).click();
  await role(card(page, names[1]), "Dispatcher").check();
  await card(page, names[1]).getByText("Becomes resident, dispatcher").waitFor();
  await page.getByRole("button", { name: `Approve ${names[1]}` }).click();
  await toast(page, `${names[1]} is in.`);
  await card(page, names[1]).waitFor({ state: "detached" });
  // Whoever comes next is where the keyboard is.
  await page.waitForFunction(() => document.activeElement?.id.startsWith("applicant-"));

  await page.getByRole("button", { name: `Reject ${names[2]}` }).click();
  const dialog = page.getByRole("dialog", { name: `Reject ${names[2]}` });
  await dialog.getByRole("button", { name: "Reject" }).click();
  await dialog.getByText("Say why.").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "reason");
  await dialog.getByLabel("Reason").fill("We could not find you in our register.");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await toast(page, "Rejected.");
  await card(page, names[2]).waitFor({ state: "detached" });

  // Who was let in is in, with the roles that were chosen; who was not, is not.
  const inside = await signInAs(await device(PHONE), people[1].login, OWN_PASSWORD, `${TOWN}/requests?view=all`);
  await inside.getByRole("heading", { name: "Requests", level: 1 }).waitFor();
  const outside = await signInAs(await device(PHONE), people[2].login, OWN_PASSWORD, `${TOWN}/requests`);
  await outside.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
  complainsOfNothing(page);
});

test("somebody is let in with the keyboard alone", async () => {
  const name = unique("Dee");
  await applicant(name, "");
  const page = await signIn(await device(DESK), "admin", `${TOWN}/approvals`);
  await card(page, name).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "page-title");
  for (let pressed = 0; ; pressed++) {
    assert.ok(pressed < 200, "Tab never came to the button");
    await page.keyboard.press("Tab");
    const label = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    if (label === `Approve ${name}`) break;
  }
  await page.keyboard.press("Enter");
  await toast(page, `${name} is in.`);
  await card(page, name).waitFor({ state: "detached" });
  await page.waitForFunction(() => /^(applicant-|page-title)/.test(document.activeElement?.id ?? ""));
  complainsOfNothing(page);
});

test("new roles count in another browser, and a suspension takes all of them away", async () => {
  const person = await newcomer(unique("Eve"));
  const theirs = await signInAs(await device(PHONE), person.login, OWN_PASSWORD, `${PARK}/requests`);
  await theirs.getByRole("heading", { name: "My requests" }).waitFor();

  const page = await signIn(await device(DESK), "manager", `${PARK}/members?q=${person.name}`);
  await page.getByRole("link", { name: person.name }).click();
  await page.getByRole("heading", { name: person.name, level: 1 }).waitFor();
  await role(page, "Dispatcher").check();
  await page.getByRole("button", { name: "Save roles" }).click();
  await toast(page, "Saved.");
  await eventually(theirs, `${PARK}/requests?view=all`, theirs.getByRole("heading", { name: "Requests", exact: true }));

  await page.getByRole("button", { name: "Suspend" }).and(page.locator(":visible")).click();
  const dialog = page.getByRole("dialog", { name: `Suspend ${person.name}` });
  await dialog.getByLabel("Reason").fill("Keys given to strangers.");
  await dialog.getByRole("button", { name: "Suspend" }).click();
  await toast(page, `${person.name} is suspended.`);
  await page.getByText("Keys given to strangers.").waitFor();
  await eventually(
    theirs,
    `${PARK}/requests`,
    theirs.getByRole("heading", { name: /There is nothing at this address|You do not belong|Sign in/ }).first(),
  );

  await page.getByRole("button", { name: "Reinstate" }).and(page.locator(":visible")).click();
  await toast(page, `${person.name} is back in.`);
  complainsOfNothing(page);
});

test("two people change the same roles: the second sees it, keeps their edit and saves again", async () => {
  const person = await newcomer(unique("Fay"));
  const path = `${PARK}/members/${person.member.id}`;
  const first = await signIn(await device(DESK), "manager", path);
  const second = await signIn(await device(DESK), "admin", path);
  await role(second, "Dispatcher").check();
  await role(first, "Guard").check();
  await first.getByRole("button", { name: "Save roles" }).click();
  await toast(first, "Saved.");
  await second.getByRole("button", { name: "Save roles" }).click();
  await second.getByRole("alert").getByText("Somebody changed this member meanwhile").waitFor();
  assert.equal(await role(second, "Dispatcher").isChecked(), true, "the edit is kept");
  await second.getByRole("button", { name: "Save roles" }).click();
  await toast(second, "Saved.");
  assert.equal(await second.getByRole("button", { name: "Save roles" }).count(), 0);
});

test("a manager cannot make an admin, and is told why", async () => {
  const person = await newcomer(unique("Gus"));
  const page = await signIn(await device(PHONE), "manager", `${PARK}/members/${person.member.id}`);
  assert.equal(await role(page, "Admin").isDisabled(), true);
  await page.getByText("Not yours to give").first().waitFor();
  await staysWithinItsWidth(page);
  complainsOfNothing(page);
});

test("an invitation by link lets somebody in on another device", async () => {
  const page = await signIn(await device(DESK), "admin", `${TOWN}/invitations/new`);
  await page.getByRole("radio", { name: /By a link/ }).check();
  await page.getByRole("button", { name: "Make link" }).click();
  await page.getByRole("heading", { name: "Your link" }).waitFor();
  const link = await page.getByLabel("Link").inputValue();
  assert.match(link, /\/join#/);

  const person = await newcomer(unique("Hal"));
  const theirs = await signInAs(await device(PHONE), person.login, OWN_PASSWORD);
  await theirs.goto(new URL(link).pathname + new URL(link).hash);
  await theirs.getByRole("heading", { name: /Porto Old Town/ }).waitFor();
  await theirs.getByLabel("Your name").fill(person.name);
  await theirs.getByRole("button", { name: "Join", exact: true }).click();
  await theirs.getByRole("heading", { name: "You belong to Porto Old Town" }).waitFor();
  await theirs.getByRole("link", { name: "Open Porto Old Town" }).click();
  await theirs.waitForURL((url) => url.pathname.startsWith("/c/old-town"));

  await page.goto(`${TOWN}/members?q=${person.name}`);
  await page.getByRole("link", { name: person.name }).waitFor();
  complainsOfNothing(page);
});

test("a link is revoked after it was asked whether it shall be", async () => {
  const page = await signIn(await device(PHONE), "manager", `${PARK}/invitations/new`);
  await page.getByRole("radio", { name: /By a link/ }).check();
  await page.getByLabel("How many may use it").fill("7");
  await page.getByRole("button", { name: "Make link" }).click();
  await page.getByText("7 people can join by it").waitFor();
  await page.getByRole("link", { name: "See invitations" }).click();
  const line = page.locator(".invitation", { hasText: "0 of 7 used" }).first();
  await line.getByRole("button", { name: "Revoke the link" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke invitation" }).click();
  await toast(page, "Revoked.");
  complainsOfNothing(page);
});

test("many are invited at once, each with an answer", async () => {
  const page = await signIn(await device(DESK), "manager", `${PARK}/invitations/new`);
  const [one, two] = [`${unique("ida")}@example.com`, `${unique("jon")}@example.com`];
  const emails = page.getByLabel("E-mail addresses");
  await emails.fill("nobody at all");
  await page.getByRole("button", { name: "Send invitations" }).click();
  await page.getByText("Not e-mail addresses: nobody, at, all").waitFor();
  await emails.fill(`Ida <${one}>; ${two}\nresident@demo.test`);
  await page.getByText("3 addresses").waitFor();
  await page.getByRole("button", { name: "Send invitations" }).click();
  await page.getByText("2 invitations are on their way.").waitFor();
  await page.locator(".invited", { hasText: "resident@demo.test" }).getByText("Is a member or invited already").waitFor();
  complainsOfNothing(page);
});

test("somebody without e-mail gets a card, signs in with it and must choose a password", async () => {
  const page = await signIn(await device(DESK), "manager", `${PARK}/members/new`);
  const name = unique("Kim");
  await page.getByRole("button", { name: "Add member" }).click();
  await page.getByText("Enter a sign-in name.").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "display_name");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Sign-in name").fill(name.toLowerCase());
  await page.getByText(`${name.toLowerCase()}@willow-park`).waitFor();
  await page.getByRole("button", { name: "Make one up" }).click();
  await page.getByRole("button", { name: "Add member" }).click();
  await page.getByRole("heading", { name: "Hand this over" }).waitFor();
  const [login, password] = await page.locator(".hand-over__secret").allInnerTexts();
  assert.equal(login, `${name.toLowerCase()}@willow-park`);

  const theirs = await signInAs(await device(PHONE), login, password, "/sign-in", { arrives: false });
  await theirs.getByRole("heading", { name: "Choose your own password" }).waitFor();
  complainsOfNothing(page);
});

test("somebody who forgot their password gets a new first one, and the old one works no more", async () => {
  const person = await newcomer(unique("Lou"));
  const page = await signIn(await device(DESK), "manager", `${PARK}/members/${person.member.id}`);
  await page.getByRole("button", { name: "More actions" }).and(page.locator(":visible")).click();
  await page.getByRole("button", { name: "New first password" }).click();
  await page.getByRole("textbox", { name: "First password" }).fill(FIRST_PASSWORD);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.locator(".hand-over__secret", { hasText: FIRST_PASSWORD }).waitFor();
  const theirs = await signInAs(await device(PHONE), person.login, OWN_PASSWORD, "/sign-in", { arrives: false });
  await theirs.getByRole("alert").getByText("do not match").waitFor();
  complainsOfNothing(page);
});

test("whoever has several communities switches between them, by keyboard too", async () => {
  const page = await signIn(await device(DESK), "admin", `${PARK}/members`);
  const button = page.getByRole("button", { name: /switch community/ }).and(page.locator(":visible"));
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: /Join another community/ }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: /Porto Old Town/ }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/c/old-town"));
  complainsOfNothing(page);

  const single = await signIn(await device(DESK), "manager", `${PARK}/members`);
  assert.equal(await single.getByRole("button", { name: /switch community/ }).count(), 0);
});

test("the list of members keeps its filters in the address", async () => {
  const page = await signIn(await device(DESK), "manager", `${PARK}/members`);
  await page.getByLabel("Role", { exact: true }).selectOption({ label: "Guard" });
  await page.waitForURL((url) => url.searchParams.get("role") === "guard");
  await page.waitForFunction(() => {
    const roles = [...document.querySelectorAll(".members__roles")];
    return roles.length > 0 && roles.every((cell) => cell.textContent.includes("Guard"));
  });
  await page.locator(".members__link").first().click();
  await page.locator(".member-roles").waitFor();
  await page.goBack();
  assert.equal(await page.getByLabel("Role", { exact: true }).inputValue(), "guard");
  await page.getByRole("link", { name: "Suspended" }).click();
  await page.waitForURL((url) => url.searchParams.get("status") === "suspended");
  complainsOfNothing(page);
});

test("a dispatcher sees who is there, and nothing that is for managers", async () => {
  const page = await signIn(await device(DESK), "dispatcher", `${PARK}/members`);
  await page.locator(".members__link").first().waitFor();
  assert.equal(await page.getByRole("link", { name: /Invite people|Waiting/ }).count(), 0);
  for (const path of ["approvals", "invitations", "invitations/new", "members/new", "audit"]) {
    await page.goto(`${PARK}/${path}`);
    await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
  }
  complainsOfNothing(page);
});
