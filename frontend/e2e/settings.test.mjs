// What a community decides for itself: only its managers, and only what makes sense.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { signIn } from "./support/people.mjs";

useBrowser();

const SETTINGS = "/c/willow-park/settings";

test("a manager decides when what is resolved closes, and is told what makes no sense", async () => {
  const page = await signIn(await device(DESK), "manager", SETTINGS);
  const days = page.getByLabel("Days until what is resolved closes by itself");
  const before = await days.inputValue();
  await days.fill("0");
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator("#auto_close_days[aria-invalid='true']").waitFor();
  await days.fill(`${Number(before) + 1}`);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved").first().waitFor();
  await page.reload();
  assert.equal(await days.inputValue(), `${Number(before) + 1}`);
  await days.fill(before);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved").first().waitFor();
  complainsOfNothing(page);
});

test("on a phone it fits, and it is no place for others", async () => {
  const page = await signIn(await device(PHONE), "manager", SETTINGS);
  await page.getByRole("button", { name: "Save" }).waitFor();
  await settled(page);
  await staysWithinItsWidth(page);
  await picture(page, "settings-phone");
  const other = await signIn(await device(DESK), "dispatcher", SETTINGS);
  await other.getByText("There is nothing at this address").waitFor();
});
