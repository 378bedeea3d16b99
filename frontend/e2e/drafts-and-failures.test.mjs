// Nothing typed is lost: not by a reload, not by a fault, not by a lost connection.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, device, settled, useBrowser } from "./support/browser.mjs";
import { signIn } from "./support/people.mjs";

useBrowser();

const REPORT = "/c/willow-park/report";

test("a report survives a reload", async () => {
  const page = await signIn(await device(DESK), "resident", REPORT);
  await page.getByRole("radio", { name: "Heating", exact: true }).check();
  await page.getByLabel("In a few words").fill("The radiator stays cold");
  await page.reload();
  await settled(page);
  await page.getByRole("radio", { name: "Heating", exact: true }).waitFor();
  assert.equal(await page.getByRole("radio", { name: "Heating", exact: true }).isChecked(), true);
  assert.equal(await page.getByLabel("In a few words").inputValue(), "The radiator stays cold");
});

test("a question that is not answered is asked again, and a fault goes when it is mended", async () => {
  const page = await signIn(await device(PHONE), "resident", REPORT);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("link", { name: "Choose what it is about." }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "error-summary");
  await page.getByRole("radio", { name: "Plumbing", exact: true }).check();
  await page.getByText("Choose what it is about.").first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "What is wrong?" }).waitFor();
});

test("without a connection the report stays, and goes out with the next try", async () => {
  const page = await signIn(await device(DESK), "resident", REPORT);
  await page.getByRole("radio", { name: "Garden", exact: true }).check();
  await page.getByLabel("In a few words").fill("A branch hangs over the path");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Send report" }).click();
  await page.getByRole("alert").getByText("Your report is kept on this device.").waitFor();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Send report" }).click();
  await page.getByRole("heading", { name: "Report sent" }).waitFor();
});

test("a list that cannot be had says so, and tries again", async () => {
  const page = await signIn(await device(DESK), "resident");
  await page.route("**/api/v1/account/notifications*", (route) => route.abort());
  await page.getByRole("link", { name: "Notifications" }).and(page.locator(":visible")).click();
  await page.getByRole("heading", { name: "No connection" }).waitFor();
  await page.unroute("**/api/v1/account/notifications*");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator(".notification").first().waitFor();
});

test("a comment in the making survives what else happens to the request", async () => {
  const page = await signIn(await device(DESK), "dispatcher", "/c/willow-park/requests?view=new");
  await page.locator(".requests__link").first().click();
  await page.getByLabel("Add a comment").fill("I called them");
  await page.getByRole("button", { name: "More actions" }).and(page.locator(":visible")).click();
  await page.getByRole("button", { name: "Change priority" }).click();
  const dialog = page.getByRole("dialog", { name: "Change priority" });
  await dialog.getByLabel("Reason").fill("It is worse than it looked");
  await dialog.getByRole("button", { name: "Change priority" }).click();
  await dialog.waitFor({ state: "detached" });
  assert.equal(await page.getByLabel("Add a comment").inputValue(), "I called them");
  await page.getByRole("checkbox", { name: /Internal note/ }).check();
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await page.locator(".timeline__entry--internal", { hasText: "I called them" }).waitFor();
  assert.equal(await page.getByLabel("Add a comment").inputValue(), "");
});

test("a part of the app that cannot be fetched says so, and comes with the next try", async () => {
  const page = await signIn(await device(DESK), "resident");
  const piece = "**/assets/app-*/split_account.wasm";
  await page.route(piece, (route) => route.abort());
  await page.getByRole("link", { name: "Notifications" }).and(page.locator(":visible")).click();
  await page.getByRole("heading", { name: "No connection" }).waitFor();
  await page.unroute(piece);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "Notifications", level: 1 }).waitFor();
});
