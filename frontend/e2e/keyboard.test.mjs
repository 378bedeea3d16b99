// Without a mouse: in, down the list, and a request triaged.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, complainsOfNothing, device, settled, useBrowser } from "./support/browser.mjs";
import { PASSWORD, SignIn } from "./support/people.mjs";
import { Request } from "./support/requests.mjs";

useBrowser();

const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");

/** Presses Tab until the focus is on something of this name. */
async function tabTo(page, name, most = 40) {
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === name) return;
  }
  assert.fail(`Tab never came to “${name}”`);
}

test("a dispatcher signs in and triages with the keyboard alone", async () => {
  const page = await device(DESK);
  await new SignIn(page).open("/c/willow-park/requests?view=new");
  await page.keyboard.press("Tab");
  await page.keyboard.type("dispatcher@demo.test");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.locator(".requests__link").first().waitFor();
  await settled(page);

  // The title has the focus: whoever listens hears where they are.
  await page.waitForFunction(() => document.activeElement?.id === "page-title");
  const second = await page.locator(".requests__link").nth(1).innerText();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.waitForFunction((title) => document.activeElement?.textContent.trim() === title, second);
  await page.keyboard.press("Enter");
  await page.locator(".request").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "page-title");

  await tabTo(page, "Triage");
  await page.keyboard.press("Enter");
  const dialog = new Request(page).dialog("Triage");
  await dialog.waitFor();

  // Escape closes it and gives the focus back.
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.textContent.trim() === "Triage");

  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await dialog.getByLabel("Zone").selectOption({ index: 1 });
  await tabTo(page, "Triage");
  await page.keyboard.press("Enter");
  await new Request(page).hasState("Triaged");
  await page.getByRole("status").getByText("Triaged. It can be assigned now.").waitFor();
  complainsOfNothing(page);
});

test("who comes from the top can skip to the content", async () => {
  const page = await device(DESK);
  const door = new SignIn(page);
  await door.open("/account");
  await door.as("resident");
  await page.getByRole("heading", { name: "Account", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Skip to the content" }).focus();
  assert.equal(await focused(page), "Skip to the content");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "main");
});
