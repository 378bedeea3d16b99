// From nobody to a neighbour: register, verify, ask, be approved, be careful, lose everything, come back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { Api } from "./support/api.mjs";
import { linkFor } from "./support/mail.mjs";
import { unique } from "./support/newcomers.mjs";
import { SignIn, signIn } from "./support/people.mjs";
import { code, step } from "./support/totp.mjs";

const COMMUNITY = "willow-park";
const FIRST = "four calm herons walk";
const SECOND = "seven loud geese swim";

useBrowser();

let count = 0;
const somebody = () => `journey-${Date.now()}-${count++}@mail.test`;

/** Registers and follows the mail's link; ends on the page after the password. */
async function register(page, email, password = FIRST) {
  await page.goto("/register");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Create an account" }).click();
  await page.getByRole("heading", { name: "Look at your mail" }).waitFor();
  await page.goto(await linkFor(email, "/verify"));
  await choose(page, password, "Go on");
}

async function choose(page, password, button) {
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByText("Long enough").waitFor();
  await page.getByRole("button", { name: button }).click();
}

/** Types the password that a dialog asks for, and presses its button. */
async function prove(page, password, button) {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Your present password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: button }).click();
}

async function enter(page, email, password) {
  const door = new SignIn(page);
  await door.open();
  await door.with(email, password);
}

test("somebody registers, is approved, guards the account, loses it and comes back", async () => {
  const email = somebody();
  const name = unique("Joana");
  const page = await device(PHONE);

  // Register, and prove the address.
  await register(page, email);
  await page.getByRole("heading", { name: "Join a community" }).waitFor();
  await staysWithinItsWidth(page);

  // Ask to join.
  await page.getByLabel("Address of the community").fill(`https://homes.example/join/${COMMUNITY}`);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("heading", { name: /^Join / }).waitFor();
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("A word to those who decide").fill("I moved in last week.");
  await picture(page, "join-ask-phone-light");
  await page.getByRole("button", { name: "Ask to join" }).click();
  await page.getByText("Waiting for approval").waitFor();
  await picture(page, "join-waiting-phone-light");
  await page.goto("/");
  await page.getByText("Waiting for approval").waitFor();

  // The manager approves, at a desk; whoever waits is let in without pressing anything.
  const desk = await signIn(await device(DESK), "manager", `/c/${COMMUNITY}/approvals`);
  const card = desk.locator(".applicant", { has: desk.getByRole("heading", { name }) });
  await card.getByText("I moved in last week.").waitFor();
  await picture(desk, "approvals-with-applicant-desk-light");
  await card.getByRole("button", { name: `Approve ${name}` }).click();
  await desk.getByRole("status").getByText(`${name} is in.`).waitFor();
  complainsOfNothing(desk);
  await page.getByRole("heading", { name: "My requests", level: 1 }).waitFor({ timeout: 30_000 });
  await settled(page);

  // A second factor.
  await page.goto("/account/security");
  await settled(page);
  await page.getByRole("button", { name: "Turn on" }).click();
  await prove(page, FIRST, "Go on");
  const secret = await page.locator(".totp__secret").innerText();
  const used = step();
  await page.getByLabel("Code from the app").fill(code(secret, used));
  await page.getByRole("dialog").getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
  const recovery = await page.locator(".recovery__codes li").allInnerTexts();
  assert.equal(recovery.length, 10);
  await picture(page, "recovery-codes-phone-light");
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByText("10 recovery codes left").waitFor();

  // Everywhere out, and in again with the app's next code.
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByText("You are signed out on all devices.").waitFor();
  await enter(page, email, FIRST);
  await page.getByRole("heading", { name: "Enter your code" }).waitFor();
  await page.getByLabel("Code", { exact: true }).fill(code(secret, used));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("This code is wrong, or has been used").waitFor();
  await page.getByLabel("Code", { exact: true }).fill(code(secret, Math.max(used + 1, step())));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "My requests", level: 1 }).waitFor();

  // The password is forgotten.
  await page.goto("/account");
  await settled(page);
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.getByRole("heading", { name: "Look at your mail" }).waitFor();
  const link = await linkFor(email, "/reset");
  await page.goto(link);
  await choose(page, SECOND, "Set the password");
  await page.getByText("Your new password is set.").waitFor();

  // In with the new one, and a recovery code for the lost phone.
  await new SignIn(page).with(email, SECOND);
  await page.getByRole("button", { name: "Use a recovery code instead" }).click();
  await page.getByLabel("Recovery code").fill(recovery[0]);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "My requests", level: 1 }).waitFor();

  // New recovery codes take the password and a code; a wrong one is told where it stands.
  await page.goto("/account/security");
  await settled(page);
  await page.getByRole("button", { name: "New recovery codes" }).click();
  const anew = page.getByRole("dialog", { name: "New recovery codes" });
  await anew.getByLabel("Code from the app, or a recovery code").fill(recovery[0]);
  await prove(page, SECOND, "New recovery codes");
  await anew.getByText("This code is wrong").waitFor();
  await picture(page, "recovery-codes-anew-phone-light");
  await anew.getByLabel("Code from the app, or a recovery code").fill(recovery[1]);
  await anew.getByRole("button", { name: "New recovery codes" }).click();
  await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByText("10 recovery codes left").waitFor();

  // The link has done its work.
  await page.goto(link);
  await choose(page, FIRST, "Set the password");
  await page.getByRole("heading", { name: "This link works no more" }).waitFor();
  await page.context().close();
});

test("an invitation survives registering, and opens the community at once", async () => {
  const email = somebody();
  const manager = await Api.as("manager");
  const invitation = new URL((await manager.invite(COMMUNITY, { roles: ["resident"], max_uses: 2 })).url);
  const page = await device(PHONE);
  await page.goto(invitation.pathname + invitation.hash);
  await page.getByRole("heading", { name: "You are invited to" }).waitFor();
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Create an account" }).click();

  // The mail is opened on another device, which knows nothing of the invitation.
  const desk = await device(DESK);
  await desk.goto(await linkFor(email, "/verify"));
  await choose(desk, FIRST, "Go on");
  await desk.getByRole("heading", { name: "You are invited to" }).waitFor();
  await desk.getByLabel("Your name").fill("Ines Invited");
  await desk.getByRole("button", { name: "Join", exact: true }).click();
  await desk.getByRole("link", { name: /^Open / }).click();
  await desk.getByRole("heading", { name: "My requests", level: 1 }).waitFor();
  complainsOfNothing(desk);

  // On the first one they only sign in.
  await page.goto("/sign-in?next=/join");
  await new SignIn(page).with(email, FIRST);
  await page.getByRole("heading", { name: "You belong to" }).waitFor();
  await Promise.all([page.context().close(), desk.context().close()]);
});

test("a session that is ended elsewhere says so, and leads back to where one was", async () => {
  const email = somebody();
  const [phone, desk] = [await device(PHONE), await device(DESK)];
  await register(phone, email);
  await phone.getByRole("heading", { name: "Join a community" }).waitFor();
  await enter(desk, email, FIRST);
  await desk.getByRole("heading", { name: "Welcome", level: 1 }).waitFor();

  await desk.goto("/account/security");
  await settled(desk);
  await desk.getByRole("button", { name: /^Sign out .* on / }).click();
  await desk.getByText("Signed out there").waitFor();

  await phone.goto("/account");
  await phone.getByText("You have been signed out here").waitFor();
  await new SignIn(phone).with(email, FIRST);
  await phone.getByRole("heading", { name: "Account", level: 1 }).waitFor();
  await Promise.all([phone.context().close(), desk.context().close()]);
});

test("an address is changed by the link that was sent to the new one", async () => {
  const [email, next] = [somebody(), somebody()];
  const page = await device(DESK);
  await register(page, email);
  await page.getByRole("heading", { name: "Join a community" }).waitFor();
  await page.goto("/account");
  await settled(page);
  await page.getByRole("button", { name: "Change" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("New e-mail address").fill(next);
  await prove(page, "not the password", "Send the link");
  await page.waitForFunction(() => document.activeElement?.id === "current_password");
  assert.equal(await dialog.getByLabel("New e-mail address").inputValue(), next, "what was typed stays");
  await prove(page, FIRST, "Send the link");
  await page.getByText(`we have sent a link to ${next}`).waitFor();
  await page.goto(await linkFor(next, "/email"));
  await page.getByRole("button", { name: "Confirm the address" }).click();
  await page.getByRole("heading", { name: "Your new address is confirmed" }).waitFor();
  await page.goto("/account");
  // Changing what one signs in with may have ended the session; the new address opens it again.
  await page.getByText(next).or(page.getByRole("heading", { name: "Sign in" })).first().waitFor();
  await page.context().close();
});

for (const locks of ["taking turns", "all at once, where the browser knows no locks"]) {
  test(`twenty tabs that renew their session stay signed in, ${locks}`, async () => {
    const first = await signIn(await device(DESK), "committee");
    const context = first.context();
    if (locks !== "taking turns") {
      await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }));
    }
    const tabs = [first, ...(await Promise.all(Array.from({ length: 19 }, () => context.newPage())))];
    await Promise.all(tabs.map((tab) => tab.goto("/account", { waitUntil: "commit" })));
    await Promise.all(tabs.map((tab) => tab.getByRole("heading", { name: "Account", level: 1 }).waitFor({ timeout: 120_000 })));
    // The cookie that came last is one that works.
    await first.reload();
    await first.getByRole("heading", { name: "Account", level: 1 }).waitFor();
    await context.close();
  });
}
