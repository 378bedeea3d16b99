// The audit trail: what was decided stands there, can be searched, and leaves as CSV.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Api } from "./support/api.mjs";
import { DESK, PHONE, complainsOfNothing, device, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { newcomer, unique } from "./support/newcomers.mjs";
import { signIn } from "./support/people.mjs";

useBrowser();

const TRAIL = "/c/willow-park/audit";

test("what a manager decides stands in the trail, and leaves as CSV", async () => {
  const name = unique("Moe");
  const { member } = await newcomer(name);
  const manager = await Api.as("manager");
  await manager.call("POST", `/communities/willow-park/members/${member.id}/actions`, { action: "suspend", reason: "A test." });

  const page = await signIn(await device(DESK), "admin", TRAIL);
  await page.getByLabel("Search the trail").fill(name);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === name);
  await page.locator(".audit__line", { hasText: `suspended ${name}` }).waitFor();
  await page.locator(".audit__line", { hasText: `added ${name}` }).waitFor();

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).and(page.locator(":visible")).click(),
  ]);
  assert.match(download.suggestedFilename(), /^audit-willow-park-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
  assert.match(lines[0], /^\uFEFF?id,timestamp,type,/);
  assert.ok(lines.some((line) => line.includes("member.suspended")), "the export has what the list has");
  complainsOfNothing(page);
});

test("a press on a name shows the acts of one person, and back shows everybody's", async () => {
  await newcomer(unique("Ned"));
  const page = await signIn(await device(DESK), "admin", `${TRAIL}?kind=member`);
  await page.locator(".audit__person", { hasText: "Miguel Santos" }).first().click();
  await page.waitForURL((url) => url.searchParams.has("actor"));
  await page.getByRole("button", { name: /Only by Miguel Santos/ }).first().waitFor();
  await settled(page);
  await page.waitForFunction(() => [...document.querySelectorAll(".audit__who")].every((who) => who.textContent.includes("Miguel Santos")));
  await page.locator(".chip").click();
  await page.waitForURL((url) => !url.searchParams.has("actor"));
  complainsOfNothing(page);
});

test("days narrow the trail, and what is not there is said", async () => {
  const page = await signIn(await device(PHONE), "admin", TRAIL);
  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByLabel("to", { exact: true }).fill("2001-01-01");
  await page.waitForURL((url) => url.searchParams.get("to") === "2001-01-01");
  await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
  await staysWithinItsWidth(page);
  await page.getByRole("main").getByRole("button", { name: "Clear search and filters" }).last().click();
  await page.locator(".audit__line").first().waitFor();
  complainsOfNothing(page);
});
