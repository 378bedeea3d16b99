// The board: carried by mouse, by keys alone, or chosen from a menu, a card does what leads to its new column.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Api } from "./support/api.mjs";
import { DESK, PHONE, complainsOfNothing, device, picture, useBrowser } from "./support/browser.mjs";
import { signIn } from "./support/people.mjs";

useBrowser();

const BOARD = "/c/willow-park/board";

/** A report of a resident's, whose title nobody else uses. */
async function report() {
  const api = await Api.as("resident");
  const categories = await api.call("GET", "/communities/willow-park/categories");
  const heating = categories.data.find((one) => one.code === "heating");
  const staff = await Api.as("supervisor");
  const zones = await staff.call("GET", "/communities/willow-park/zones");
  const title = `Board ${Math.random().toString(36).slice(2, 10)}`;
  const body = { title, category_id: heating.id, address_hint: "Hall" };
  const request = await api.call("POST", "/communities/willow-park/service-requests", body);
  // In a zone, so that triage asks for nothing more.
  const change = { action: "change_zone", zone_id: zones.data[0].id, note: "Seen on the spot." };
  return staff.call("POST", `/communities/willow-park/service-requests/${request.number}/actions`, change);
}

const column = (page, name) => page.getByRole("region", { name: new RegExp(`^${name}, `) });
const card = (within, request) => within.locator(`[data-card="${request.number}"]`);

async function open(size, request) {
  return signIn(await device(size), "supervisor", `${BOARD}?q=${encodeURIComponent(request.title)}`);
}

test("a card is carried by mouse, what leads there is done, and it is undone", async () => {
  const request = await report();
  const page = await open(DESK, request);
  await card(column(page, "New"), request).waitFor();
  await picture(page, "board");
  await card(page, request).dragTo(column(page, "Triaged"));
  await card(column(page, "Triaged"), request).waitFor();
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await card(column(page, "New"), request).waitFor();
  complainsOfNothing(page);
});

test("a card is carried by keys alone, and the form of what needs more opens", async () => {
  const request = await report();
  const page = await open(DESK, request);
  const grip = page.getByRole("button", { name: `Move ${request.number}` });
  await grip.focus();
  await page.keyboard.press("Space");
  await page.getByText(`${request.number} taken from New`).waitFor({ state: "attached" });
  await page.keyboard.press("ArrowRight");
  await page.getByText("Over Triaged.").waitFor({ state: "attached" });
  await page.keyboard.press("Space");
  await card(column(page, "Triaged"), request).waitFor();
  await page.waitForFunction((name) => document.activeElement?.getAttribute("aria-label") === name, `Move ${request.number}`);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await page.getByRole("dialog").getByRole("heading", { name: "Assign" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await card(column(page, "Triaged"), request).count(), 1);
  await grip.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Escape");
  await page.getByText("Left where it was.").waitFor({ state: "attached" });
  complainsOfNothing(page);
});

test("on a phone a press on the handle offers what leads elsewhere", async () => {
  const request = await report();
  const page = await open(PHONE, request);
  await page.getByRole("button", { name: `Move ${request.number}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("heading", { name: "What shall happen?" }).waitFor();
  await picture(page, "board-choice");
  await dialog.getByRole("button", { name: /^Triage/ }).click();
  await card(column(page, "Triaged"), request).waitFor();
  complainsOfNothing(page);
});

test("what somebody else moves moves here as well", async () => {
  const request = await report();
  const page = await open(DESK, request);
  await card(column(page, "New"), request).waitFor();
  const other = await Api.as("dispatcher");
  await other.call("POST", `/communities/willow-park/service-requests/${request.number}/actions`, { action: "triage" });
  await card(column(page, "Triaged"), request).waitFor();
});
