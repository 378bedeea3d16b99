// From a dripping tap to five stars: everybody's part of one request, each on the device that they use.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { signIn } from "./support/people.mjs";
import { photo } from "./support/photo.mjs";
import { Report, Request, addPhoto } from "./support/requests.mjs";

const COMMUNITY = "willow-park";

useBrowser();

test("a request goes from report to closed", async (t) => {
  const title = `Kitchen tap drips ${Date.now() % 100_000}`;
  let number;

  await t.test("a resident reports it with a photo, on a phone", async () => {
    const page = await signIn(await device(PHONE), "resident", `/c/${COMMUNITY}/requests`);
    const report = new Report(page);
    await report.open();
    await report.category("Plumbing");
    await report.goOn();
    await report.what(title, "Since yesterday, day and night.");
    await picture(page, "golden-1-report-what");
    await report.goOn();
    await report.where("Below the sink");
    await report.goOn();
    await report.urgency("Soon, please");
    number = await report.send();
    assert.match(number, /^[A-Z]+-\d{4}-\d{4,}$/);
    await staysWithinItsWidth(page);
    await picture(page, "golden-2-report-sent");
    await page.getByRole("link", { name: "See the request" }).click();
    await settled(page);
    await page.getByRole("heading", { name: title, level: 1 }).waitFor();
    await page.getByRole("button", { name: /Photo 1/ }).waitFor();
    complainsOfNothing(page);
  });

  await t.test("a dispatcher finds it, triages it and gives it to whom it fits, at a desk", async () => {
    const page = await signIn(await device(DESK), "dispatcher", `/c/${COMMUNITY}/requests`);
    await page.getByRole("searchbox", { name: "Search requests" }).fill(title);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: title }).click();
    const request = new Request(page);
    await request.hasState("New");
    await request.press("Triage");
    await request.confirm("Triage");
    await request.hasState("Triaged");
    await request.press("Assign");
    const dialog = request.dialog("Assign");
    await dialog.getByText("Has the skill").first().waitFor();
    await dialog.getByRole("radio", { name: /Tomás Ribeiro/ }).check();
    await picture(page, "golden-3-assign");
    await request.confirm("Assign");
    await request.hasState("Assigned");
    complainsOfNothing(page);
  });

  await t.test("the professional accepts, starts and resolves it with a photo, on a phone", async () => {
    const page = await signIn(await device(PHONE), "pro", `/c/${COMMUNITY}/jobs`);
    const job = page.locator(".job", { hasText: number });
    await job.getByRole("button", { name: "Accept" }).click();
    await job.getByRole("button", { name: "Start work" }).click();
    await job.getByRole("link", { name: "Resolve" }).click();
    const request = new Request(page);
    const dialog = request.dialog("Resolve");
    await dialog.getByRole("button", { name: "Resolve", exact: true }).click();
    await dialog.getByRole("link", { name: /What was done/ }).waitFor();
    await dialog.getByLabel("What was done").fill("New washer, and the thread sealed.");
    await addPhoto(page, photo("done.png", [70, 120, 60], [220, 230, 200]));
    await picture(page, "golden-4-resolve");
    await request.confirm("Resolve");
    await request.hasState("Resolved");
    await staysWithinItsWidth(page);
    complainsOfNothing(page);
  });

  await t.test("the resident hears of it, confirms it and gives five stars, on a phone", async () => {
    const page = await signIn(await device(PHONE), "resident", "/notifications");
    await page.getByRole("link", { name: new RegExp(`resolved your request.*${title}`) }).click();
    const request = new Request(page);
    await request.hasState("Resolved");
    await request.press("Confirm");
    const dialog = request.dialog("Confirm");
    await dialog.getByRole("radio", { name: "Excellent" }).check();
    await picture(page, "golden-5-confirm");
    await request.confirm("Confirm");
    await request.hasState("Closed");
    complainsOfNothing(page);
  });
});
