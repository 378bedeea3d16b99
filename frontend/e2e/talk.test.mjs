// Resident and staff talk about a request: replies, a note that the resident never receives, names, files, second thoughts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Api } from "./support/api.mjs";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { signIn } from "./support/people.mjs";
import { photo } from "./support/photo.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const COMMUNITY = "willow-park";
const PDF = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

useBrowser();

/** A request of the demo's resident, just reported. */
async function reported() {
  const api = await Api.as("resident");
  const { data } = await api.call("GET", `/communities/${COMMUNITY}/categories`);
  const category_id = data.find((category) => category.code === "plumbing").id;
  const request = await api.call("POST", `/communities/${COMMUNITY}/service-requests`, {
    title: `Tap to talk about ${Date.now() % 100_000}`,
    category_id,
  });
  return `/c/${COMMUNITY}/requests/${request.number}`;
}

async function say(page, words) {
  await page.getByLabel("Add a comment").fill(words);
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await page.locator(".timeline__note", { hasText: words }).waitFor();
}

/** What axe finds wrong with a page. */
async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`);
}

test("a conversation with a reply, and a note that the resident never receives", async () => {
  const path = await reported();
  const resident = await signIn(await device(PHONE), "resident", path);
  const received = [];
  resident.on("response", async (reply) => {
    if (reply.url().includes("/api/v1/")) received.push(await reply.text().catch(() => ""));
  });
  await say(resident, "When will somebody come?");
  const dispatcher = await signIn(await device(DESK), "dispatcher", path);
  const thread = dispatcher.locator(".timeline__entry--said", { hasText: "When will somebody come?" });
  await thread.getByRole("button", { name: "Reply" }).click();
  await dispatcher.getByLabel("Your reply").fill("Tomorrow at nine.");
  await thread.locator("form").getByRole("button", { name: "Reply" }).click();
  await thread.locator(".thread__reply", { hasText: "Tomorrow at nine." }).waitFor();
  await dispatcher.getByRole("checkbox", { name: /Internal note/ }).check();
  await say(dispatcher, "Bring the zanzibar spanner.");
  await dispatcher.locator(".timeline__entry--internal", { hasText: "zanzibar" }).waitFor();
  await picture(dispatcher, "talk-1-desk");
  assert.deepEqual(await faults(dispatcher), []);
  await resident.reload();
  await settled(resident);
  await resident.locator(".thread__reply", { hasText: "Tomorrow at nine." }).waitFor();
  assert.equal(await resident.getByText("zanzibar").count(), 0);
  assert.ok(received.length > 3 && received.every((text) => !text.includes("zanzibar")));
  await staysWithinItsWidth(resident);
  await picture(resident, "talk-2-phone");
  complainsOfNothing(resident);
  complainsOfNothing(dispatcher);
});

test("somebody is called by name with the keyboard, and is told", async () => {
  const path = await reported();
  const page = await signIn(await device(DESK), "dispatcher", path);
  const me = await (await Api.as("resident")).call("GET", "/account");
  const name = me.memberships.find((one) => one.community.slug === COMMUNITY).display_name;
  const words = page.getByLabel("Add a comment");
  await words.pressSequentially(`Hello @${name.slice(0, 3)}`);
  const option = page.getByRole("option").first();
  await option.waitFor();
  await picture(page, "talk-3-mention");
  assert.deepEqual(await faults(page), []);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  assert.ok((await words.inputValue()).startsWith(`Hello @${await option.innerText().catch(() => name)}`.slice(0, 8)));
  await page.keyboard.type("please look.");
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await page.locator(".mention__name").first().waitFor();
  const called = await page.locator(".mention__name").first().innerText();
  const resident = await signIn(await device(PHONE), "resident", "/notifications");
  await resident.getByText(/mentioned you/).first().waitFor();
  assert.ok(called.startsWith("@"));
});

test("staff answer with a template that is found by keys and taken back like anything typed", async () => {
  const manager = await Api.as("manager");
  const title = `On our way ${Date.now() % 100_000}`;
  const body = "Dear {reporter}, we look at {number} today.";
  await manager.call("POST", `/communities/${COMMUNITY}/response-templates`, { title, body });
  const path = await reported();
  const number = path.split("/").at(-1);
  const page = await signIn(await device(DESK), "dispatcher", path);
  const words = page.getByLabel("Add a comment");
  await words.pressSequentially("Good morning!");
  await page.getByRole("button", { name: "Insert a response template" }).first().press("Enter");
  await page.getByRole("option").first().waitFor();
  await picture(page, "talk-6-templates");
  assert.deepEqual(await faults(page), []);
  await page.keyboard.type(title);
  const option = page.getByRole("option", { name: title });
  await option.and(page.locator('[aria-selected="true"]')).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "comment");
  const filled = await words.inputValue();
  assert.match(filled, new RegExp(`^Good morning! Dear .+, we look at ${number} today\\.$`));
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.querySelector("#comment").value === "Good morning!");
  await page.keyboard.press("Control+Shift+z");
  await page.waitForFunction((filled) => document.querySelector("#comment").value === filled, filled);
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await page.locator(".timeline__note", { hasText: `we look at ${number} today.` }).waitFor();
  // Nothing of that is for residents; on a phone it fits.
  const phone = await signIn(await device(PHONE, "dark"), "dispatcher", path);
  await phone.getByRole("button", { name: "Insert a response template" }).first().click();
  await phone.getByRole("option").first().waitFor();
  await staysWithinItsWidth(phone);
  await picture(phone, "talk-7-templates-phone");
  await phone.keyboard.press("Escape");
  await phone.waitForFunction(() => document.activeElement?.id === "comment");
  const resident = await signIn(await device(PHONE), "resident", path);
  await resident.getByRole("button", { name: "Add photos or a PDF" }).waitFor();
  assert.equal(await resident.getByRole("button", { name: "Insert a response template" }).count(), 0);
  complainsOfNothing(page);
});

test("ten files go with a comment, and the eleventh is refused with words", async () => {
  const page = await signIn(await device(PHONE), "resident", await reported());
  await page.getByRole("button", { name: "Add photos or a PDF" }).click();
  const files = [...Array(10).keys()].map((nth) => photo(`tap-${nth}.png`, [nth * 20, 110, 104], [232, 196, 138], 64, 48));
  files[9] = { name: "Offer.pdf", mimeType: "application/pdf", buffer: PDF };
  await page.locator("#comment-photos").setInputFiles(files);
  await page.locator(".photos__paper", { hasText: "Offer.pdf" }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll(".comment .photos__photo img").length === 9);
  await page.locator("#comment-photos").setInputFiles(photo("one-too-many.png"));
  await page.getByText("At most 10 files.").waitFor();
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await page.locator(".timeline .papers__paper", { hasText: "Offer.pdf" }).waitFor();
  assert.equal(await page.locator(".timeline__entry--said .photos__open").count(), 9);
  await staysWithinItsWidth(page);
  await picture(page, "talk-4-files");
});

test("what was said is mended, and taken back", async () => {
  const page = await signIn(await device(DESK), "resident", await reported());
  await say(page, "The key is with Bib.");
  const entry = page.locator(".timeline__entry--said").last();
  await entry.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Edit your comment").fill("The key is with Bob.");
  await entry.getByRole("button", { name: "Save" }).click();
  await entry.getByText("edited", { exact: true }).waitFor();
  await entry.getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove this comment?" });
  await dialog.getByRole("button", { name: "Remove" }).click();
  await page.getByText("This comment was removed by its author.").waitFor();
  assert.equal(await page.getByText("The key is with").count(), 0);
  await picture(page, "talk-5-stone");
  complainsOfNothing(page);
});

test("a comment in the making survives a reload", async () => {
  const page = await signIn(await device(PHONE), "resident", await reported());
  await page.getByLabel("Add a comment").fill("Half a thought");
  await page.reload();
  await settled(page);
  assert.equal(await page.getByLabel("Add a comment").inputValue(), "Half a thought");
});
