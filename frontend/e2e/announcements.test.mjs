// What a community tells its members: written, read and confirmed on a phone, measured while one looks, asked for again.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { COMMUNITY, LIST, choose, draft, homeOf, openFromList, published, unique, until } from "./support/announcements.mjs";
import { Api } from "./support/api.mjs";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { linkFor } from "./support/mail.mjs";
import { signIn } from "./support/people.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

useBrowser();

/** What axe finds wrong with a page. */
async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`);
}

/** How many announcements somebody has not read. */
async function unread(who) {
  const api = await Api.as(who);
  return (await api.call("GET", `/communities/${COMMUNITY}/unread-announcements`)).unread;
}

test("an announcement is written, read, confirmed and talked about, and its figures move", async (t) => {
  const title = unique("Water off on Thursday, 9 to 12");
  const home = await homeOf("resident");
  const committee = await signIn(await device(DESK), "committee", LIST);
  let readers;

  await t.test("the committee writes it for one zone", async () => {
    const page = committee;
    await page.getByRole("link", { name: "Write an announcement" }).and(page.locator(":visible")).click();
    await page.getByLabel("Category").selectOption({ label: "Works and outages" });
    await page.getByLabel("Title").fill(title);
    const text = page.getByLabel("Text", { exact: true });
    await text.fill("The mains are replaced.");
    await text.press("Control+a");
    await page.getByRole("button", { name: "Bold" }).click();
    assert.equal(await text.inputValue(), "**The mains are replaced.**");
    await text.press("End");
    await text.pressSequentially("\n\nFill a bucket\nFill a kettle");
    await text.press("Shift+ArrowUp");
    await page.getByRole("button", { name: "List" }).click();
    assert.match(await text.inputValue(), /\n- Fill a bucket\n- Fill a kettle$/);
    await page.getByRole("button", { name: "Preview" }).click();
    await page.locator(".prose strong", { hasText: "The mains are replaced." }).waitFor();
    assert.equal(await page.locator(".prose li").count(), 2);
    await picture(page, "announcements-1-preview");
    await page.getByRole("button", { name: "Write", exact: true }).click();

    await page.getByRole("radio", { name: /Some members/ }).check();
    await page.getByRole("button", { name: "Publish now…" }).click();
    await page.getByText("Choose at least one group, or everybody.").waitFor();
    await page.getByRole("checkbox", { name: home.zone, exact: true }).check();
    await page.getByText(/Reaches \d+ members?, \d+/).waitFor();
    await page.getByRole("checkbox", { name: "Ask readers to confirm" }).check();
    await page.getByRole("checkbox", { name: "Allow comments" }).check();
    await picture(page, "announcements-2-written");
    assert.deepEqual(await faults(page), []);

    // What is being written survives a reload.
    await page.reload();
    await settled(page);
    assert.equal(await page.getByLabel("Title").inputValue(), title);
    await page.getByText("What you typed here before was kept.").waitFor();

    await page.getByRole("button", { name: "Publish now…" }).click();
    const dialog = page.getByRole("dialog", { name: "Publish this announcement?" });
    await dialog.getByText(/It goes to \d+ member/).waitFor();
    const button = dialog.getByRole("button", { name: /Publish to \d+ member/ });
    readers = Number((await button.innerText()).match(/\d+/)[0]);
    await picture(page, "announcements-3-publish");
    await button.click();
    await page.getByText("Published.", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Figures" }).and(page.locator(":visible")).click();
    await page.getByRole("heading", { name: "Who has read it", level: 1 }).waitFor();
    await settled(page);
    complainsOfNothing(page);
  });

  await t.test("a resident reads and confirms it on a phone, and the figures move without a reload", async () => {
    const figure = committee.locator(".reach__figure").first();
    const before = Number((await figure.innerText()).match(/(\d+) of \d+/)[1]);
    const page = await signIn(await device(PHONE), "resident", `/c/${COMMUNITY}/requests`);
    // First what is unread, then what one came for.
    await page.locator(".announced__fresh").getByRole("link", { name: title }).waitFor();
    const tab = page.locator(`.tabs-bar__item[href='${LIST}']`);
    await tab.locator(".count").waitFor();
    const waiting = await unread("resident");
    await picture(page, "announcements-4-fresh-phone");
    await tab.click();
    const row = page.locator(".announced", { hasText: title });
    await row.waitFor();
    await settled(page);
    await staysWithinItsWidth(page);
    await picture(page, "announcements-5-list-phone");
    assert.equal(await unread("resident"), waiting, "being in a list is not being read");
    await page.locator(".announced--unread", { hasText: title }).waitFor();

    await openFromList(page, title);
    await until(async () => (await unread("resident")) === waiting - 1, "it counts as read");
    await committee.waitForFunction((one) => new RegExp(`\\b${one} of `).test(document.querySelector(".reach__figure").innerText), before + 1);
    await page.getByRole("button", { name: "I have read and understood" }).and(page.locator(":visible")).waitFor();
    await staysWithinItsWidth(page);
    await picture(page, "announcements-6-read-phone");
    assert.deepEqual(await faults(page), []);
    await page.getByRole("button", { name: "I have read and understood" }).and(page.locator(":visible")).click();
    await page.getByText(/Confirmed on/).waitFor();
    await committee.locator(".reach__figure").nth(1).getByText(/[1-9]\d* of/).waitFor();
    // Everybody would be more than one page of names.
    await committee.getByRole("link", { name: "Confirmed", exact: true }).click();
    await committee.locator(".recipient", { hasText: "Nora Lindqvist" }).getByText(/Confirmed on/).waitFor();
    assert.ok(readers > 0);

    await page.getByLabel("Add a comment").fill("Will it be back by noon?");
    await page.getByRole("button", { name: "Comment", exact: true }).click();
    await page.locator(".timeline__note", { hasText: "Will it be back by noon?" }).waitFor();
    await staysWithinItsWidth(page);
    await picture(page, "announcements-7-comment-phone");
    complainsOfNothing(page);
  });

  await t.test("the committee drills down, answers, and mends the text, which readers see", async () => {
    const page = committee;
    await picture(page, "announcements-8-figures");
    assert.deepEqual(await faults(page), []);
    await page.getByRole("link", { name: "Not read", exact: true }).click();
    await page.waitForURL(/state=unread/);
    await settled(page);
    await page.goto(LIST);
    await openFromList(page, title);
    const thread = page.locator(".timeline__entry--said", { hasText: "Will it be back by noon?" });
    await thread.getByRole("button", { name: "Reply" }).click();
    await page.getByLabel("Your reply").fill("By eleven, we hope.");
    await thread.locator("form").getByRole("button", { name: "Reply" }).click();
    await thread.locator(".thread__reply", { hasText: "By eleven, we hope." }).waitFor();
    await choose(page, "Edit");
    await page.getByText("Readers will see that it was edited").waitFor();
    assert.equal(await page.getByRole("radio", { name: /Some members/ }).count(), 0, "whom it is for is settled");
    await page.getByLabel("Text", { exact: true }).fill("The mains are replaced on **Friday**.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. Readers see that it was edited.").waitFor();
    await page.getByRole("button", { name: "See what it said before" }).click();
    const dialog = page.getByRole("dialog", { name: "What it said before" });
    await dialog.getByText("Fill a bucket").waitFor();
    await picture(page, "announcements-9-before");
    assert.deepEqual(await faults(page), []);
    complainsOfNothing(page);
  });
});

test("a reminder goes only to those who have not read it, and not again within the hour", async () => {
  const title = unique("The lift is inspected");
  const { id } = await published(title, { audience: { roles: ["accountant", "admin"] } });
  const reader = await Api.as("accountant");
  await reader.call("PUT", `/communities/${COMMUNITY}/announcements/${id}/receipt`, {});
  const page = await signIn(await device(DESK), "committee", `${LIST}/${id}/figures`);
  await settled(page);
  await page.getByRole("button", { name: /^Remind \d+ members?$/ }).click();
  await page.getByText(/being reminded/).waitFor();
  const told = async (who) => {
    const { data } = await (await Api.as(who)).call("GET", "/account/notifications?limit=50");
    return data.some((one) => one.subject_id === id && one.event === "announcement.reminder");
  };
  await until(() => told("admin"), "who has not read it is told");
  assert.equal(await told("accountant"), false, "who has read it is not");
  await page.getByText(/You can remind them from/).waitFor();
  assert.ok(await page.getByRole("button", { name: /^Remind/ }).isDisabled());
  await picture(page, "announcements-10-reminded");
  assert.deepEqual(await faults(page), []);
  const admin = await signIn(await device(PHONE), "admin", "/notifications");
  await admin.getByRole("link", { name: new RegExp(`asks you to read an announcement.*${title}`, "s") }).first().click();
  await admin.getByRole("heading", { name: title, level: 1 }).waitFor();
  complainsOfNothing(page);
  complainsOfNothing(admin);
});

test("what is scheduled can be taken back, and a draft deleted", async () => {
  const title = unique("The summer party");
  const { id } = await draft(title);
  const later = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
  const page = await signIn(await device(PHONE), "committee", `${LIST}/${id}`);
  await choose(page, "Schedule…");
  const dialog = page.getByRole("dialog", { name: "When shall it be published?" });
  await dialog.getByLabel("Day and time").fill("2001-01-01T09:00");
  await dialog.getByRole("button", { name: "Schedule it" }).click();
  await dialog.getByText("Choose a time that is still to come.").waitFor();
  await dialog.getByLabel("Day and time").fill(`${later}T09:30`);
  await picture(page, "announcements-11-schedule-phone");
  await dialog.getByRole("button", { name: "Schedule it" }).click();
  await page.locator(".badge", { hasText: /Scheduled for .*09:30/ }).waitFor();
  const resident = await Api.as("resident");
  const { data } = await resident.call("GET", `/communities/${COMMUNITY}/announcements`);
  assert.ok(data.every((one) => one.id !== id), "nobody else sees it");
  await page.goto(`${LIST}?view=prepared`);
  await page.locator(".announced", { hasText: title }).getByText(/Scheduled for/).waitFor();
  await staysWithinItsWidth(page);
  await picture(page, "announcements-12-prepared-phone");
  await openFromList(page, title);
  await choose(page, "Do not publish by itself");
  await page.locator(".badge", { hasText: "Draft" }).waitFor();
  await choose(page, "Delete draft");
  await page.getByRole("dialog", { name: "Delete this draft?" }).getByRole("button", { name: "Delete draft" }).click();
  await page.waitForURL(/view=prepared/);
  await settled(page);
  assert.equal(await page.getByText(title).count(), 0);
  complainsOfNothing(page);
});

test("the link in an urgent mail shows the text to whoever has it, and takes their word", async () => {
  const title = unique("Gas smell in the north building");
  const { id } = await published(title, { urgent: true, acknowledgement: true, audience: { roles: ["admin"] } });
  const link = await linkFor("admin@demo.test", /^\/announcement\/./, title);
  const page = await device(PHONE);
  await page.goto(link);
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
  await page.locator(".prose table").waitFor();
  await staysWithinItsWidth(page);
  await picture(page, "announcements-13-mailed-phone");
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "I have read and understood" }).click();
  await page.getByText(/Confirmed on/).waitFor();
  complainsOfNothing(page);
  const committee = await Api.as("committee");
  const { data } = await committee.call("GET", `/communities/${COMMUNITY}/announcements/${id}/recipients`);
  assert.ok(data.some((one) => one.read_by === "mail" && one.acknowledged_at));
  await page.goto("/announcement/of-no-mail-of-ours");
  await page.getByRole("heading", { name: "This link does not work any more" }).waitFor();
  await picture(page, "announcements-14-gone-phone");
});

test("the categories of announcements are kept", async () => {
  const name = unique("Gardening");
  const page = await signIn(await device(DESK), "committee", `/c/${COMMUNITY}/announcement-categories`);
  await page.getByRole("button", { name: "Add a category" }).and(page.locator(":visible")).click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("radio", { name: "Green" }).check();
  await page.getByRole("radio", { name: "trees" }).check();
  await picture(page, "announcements-15-category");
  await page.getByRole("dialog").getByRole("button", { name: "Add category" }).click();
  await page.getByText("Category saved.").waitFor();
  await page.getByRole("button", { name: `Edit the category ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  await page.locator(".tree__row--archived", { hasText: name }).waitFor();
  complainsOfNothing(page);
});
