// The dispatcher's list: views and filters live in the address, more comes when asked for, back leads back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, complainsOfNothing, device, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { signIn } from "./support/people.mjs";

useBrowser();

const LIST = "/c/willow-park/requests";
const query = (page) => Object.fromEntries(new URL(page.url()).searchParams);

test("views and filters stand in the address, and back from a request leads to them", async () => {
  const page = await signIn(await device(DESK), "dispatcher", LIST);
  await page.getByRole("link", { name: "All", exact: true }).click();
  await page.getByLabel("Priority", { exact: true }).selectOption({ label: "Emergency" });
  await page.waitForURL((url) => url.searchParams.get("priority") === "P1");
  assert.deepEqual(query(page), { view: "all", priority: "P1" });
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll(".requests__priority")];
    return rows.length > 0 && rows.every((row) => row.textContent.includes("Emergency"));
  });
  await page.locator(".requests__link").first().click();
  await page.locator(".request").waitFor();
  await page.goBack();
  await page.locator(".requests__link").first().waitFor();
  assert.deepEqual(query(page), { view: "all", priority: "P1" });
  assert.equal(await page.getByLabel("Priority", { exact: true }).inputValue(), "P1");
  await page.getByRole("button", { name: "Clear search and filters" }).click();
  await page.waitForURL((url) => !url.searchParams.has("priority"));
  complainsOfNothing(page);
});

test("more requests come when asked for", async () => {
  const page = await signIn(await device(DESK), "dispatcher", `${LIST}?view=all`);
  await page.locator(".requests__line").first().waitFor();
  const before = await page.locator(".requests__line").count();
  await page.getByRole("button", { name: "Load more" }).click();
  await page.waitForFunction((before) => document.querySelectorAll(".requests__line").length > before, before);
  const numbers = await page.locator(".requests__line .number").allInnerTexts();
  assert.equal(new Set(numbers).size, numbers.length, "no request is listed twice");
  complainsOfNothing(page);
});

test("on a phone the filters unfold", async () => {
  const page = await signIn(await device(PHONE), "dispatcher", `${LIST}?view=all`);
  const zone = page.getByLabel("Zone", { exact: true });
  assert.equal(await zone.isVisible(), false);
  await page.getByRole("button", { name: "Filters", exact: true }).click();
  await zone.selectOption({ index: 1 });
  await page.waitForURL((url) => url.searchParams.has("zone"));
  await settled(page);
  await staysWithinItsWidth(page);
  complainsOfNothing(page);
});
