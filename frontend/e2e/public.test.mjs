// Somebody without an account reports what is wrong, keeps the link, and sees it through to the end.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { PlacePicker, withTiles, withoutTiles } from "./support/map.mjs";
import { photo } from "./support/photo.mjs";
import { Followed, PublicReport, categoryForMembers, evidence, professional, staff } from "./support/public.mjs";

const COMMUNITY = "old-town";
const stamp = Date.now() % 1_000_000;

useBrowser();

test("a citizen without an account reports, follows by the link, and closes it with stars", async (t) => {
  const title = `Painted wall ${stamp}`;
  const page = await withTiles(await device(PHONE));
  const followed = new Followed(page);
  let number, link;

  await t.test("reports with a pin and a photo, on a phone", async () => {
    await page.goto(`/public/${COMMUNITY}`);
    await settled(page);
    await page.getByRole("link", { name: "Report a problem" }).and(page.locator(":visible")).click();
    const report = new PublicReport(page, COMMUNITY);
    await report.category("Vandalism");
    await report.what(title, "Letters as tall as a man.");
    const picker = new PlacePicker(page);
    await picker.drawn();
    await picker.tap(0.5, 0.5);
    await picker.pin.waitFor();
    assert.match(await picker.told.innerText(), /^The pin is in /);
    await picture(page, "public-1-where-phone");
    await page.getByLabel("Where exactly").fill("Beside the fountain");
    // What has been typed survives a reload.
    await page.reload();
    await settled(page);
    await report.goOn();
    assert.equal(await page.getByLabel("In a few words").inputValue(), title);
    await report.goOn();
    await picker.pin.waitFor();
    await report.goOn();
    await page.locator("input[type=file]:visible").setInputFiles(photo("wall.png"));
    ({ number, link } = await report.send());
    await page.getByText("All photos have arrived.").waitFor();
    await settled(page);
    await staysWithinItsWidth(page);
    await picture(page, "public-2-sent-phone");
    complainsOfNothing(page);
  });

  await t.test("is not shown to others before somebody has looked at it", async () => {
    const other = await device(DESK);
    await other.goto(`/public/${COMMUNITY}`);
    await settled(other);
    assert.equal(await other.getByText(title).count(), 0);
    await other.goto(`/public/${COMMUNITY}/requests/${number}`);
    await other.getByRole("heading", { name: "Nothing to see here" }).waitFor();
    await other.context().close();
  });

  await t.test("answers a question and says more, by the link", async () => {
    await staff(COMMUNITY, number, ["dispatcher", { action: "ask", note: "Which wall is it?" }]);
    await followed.open(link);
    await page.getByText("We have a question for you.").waitFor();
    await page.getByText("Which wall is it?").waitFor();
    await picture(page, "public-3-question-phone");
    await followed.act("Answer", (dialog) => dialog.getByLabel("Your answer").fill("The one towards the river."));
    await page.getByText("The one towards the river.").waitFor();
    await page.getByLabel("Add a comment").fill("There are two more letters today.");
    await page.getByRole("button", { name: "Comment", exact: true }).click();
    await page.locator(".timeline__entry--said", { hasText: "There are two more letters today." }).waitFor();
    await page.locator("input[type=file]").setInputFiles(photo("more.png", [120, 40, 40], [240, 220, 200]));
    await page.getByRole("img", { name: "Your photo" }).waitFor();
    await staysWithinItsWidth(page);
    complainsOfNothing(page);
  });

  await t.test("is shown to everybody once it has been looked at, and names nobody", async () => {
    await staff(
      COMMUNITY,
      number,
      ["dispatcher", { action: "triage" }],
      ["dispatcher", { action: "assign", assignee_id: await professional(COMMUNITY, "Tomás Ribeiro") }],
      ["pro", { action: "accept" }],
      ["pro", { action: "start" }],
    );
    const other = await withTiles(await device(DESK));
    await other.goto(`/public/${COMMUNITY}`);
    await settled(other);
    await other.getByRole("button", { name: "Show on a map" }).click();
    await other.locator(".map__pin--small").first().waitFor();
    await picture(other, "public-4-list-desk");
    await other.getByRole("link", { name: new RegExp(title) }).click();
    await other.locator(".public__state .badge", { hasText: "In progress" }).waitFor();
    await other.getByRole("button", { name: /Photo 1/ }).first().waitFor();
    assert.doesNotMatch(await other.locator("main").innerText(), /Tomás|Ribeiro|Dora|Almeida/);
    await other.locator(".map__pin--small").waitFor();
    await picture(other, "public-5-request-desk");
    complainsOfNothing(other);
    await other.context().close();
  });

  await t.test("confirms with stars, and it is closed", async () => {
    const attachment_ids = [await evidence(COMMUNITY, "pro")];
    await staff(COMMUNITY, number, ["pro", { action: "resolve", note: "Washed off and sealed.", attachment_ids }]);
    await followed.open(link);
    await followed.hasState("Resolved");
    await page.getByText("Washed off and sealed.").waitFor();
    await picture(page, "public-6-resolved-phone");
    await followed.act("Confirm", (dialog) => dialog.getByRole("radio", { name: "Excellent" }).check());
    await followed.hasState("Closed");
    await page.getByRole("img", { name: "5 of 5 stars" }).waitFor();
    await staysWithinItsWidth(page);
    complainsOfNothing(page);
  });

  await t.test("finds it again on this device, until the device shall forget it", async () => {
    await page.goto(`/public/${COMMUNITY}`);
    await settled(page);
    await page.getByRole("heading", { name: "Reported from this device" }).waitFor();
    await page.locator(".kept__link", { hasText: number }).click();
    await followed.hasState("Closed");
    await page.goto(`/public/${COMMUNITY}`);
    await page.getByRole("button", { name: `Forget ${number} on this device` }).click();
    await page.getByRole("heading", { name: "Reported from this device" }).waitFor({ state: "detached" });
    complainsOfNothing(page);
  });
  await page.context().close();
});

test("a report that is sent again after a lost answer is one report", async () => {
  const title = `Lost answer ${stamp}`;
  const page = await withTiles(await device(PHONE));
  const report = new PublicReport(page, COMMUNITY);
  const answers = [];
  // The first answer never arrives, though the report has.
  await page.route(`**/api/v1/public/${COMMUNITY}/reports`, async (route) => {
    answers.push(await (await route.fetch()).json());
    if (answers.length === 1) await route.abort();
    else await route.fulfill({ json: answers.at(-1), status: 201 });
  });
  await report.open();
  await report.category("Noise");
  await report.what(title);
  await page.getByLabel("Where exactly").fill("Everywhere");
  await report.goOn();
  await page.getByRole("button", { name: "Send report" }).click();
  await page.getByRole("alert").filter({ hasText: "Your report is kept on this device." }).waitFor();
  await page.reload();
  await settled(page);
  for (let question = 0; question < 3; question++) await report.goOn();
  const { number } = await report.send();
  assert.deepEqual(answers.map((answer) => answer.number), [number, number]);
  await page.context().close();
});

test("a photo that does not arrive can be tried again, and the report stands", async () => {
  const page = await withTiles(await device(PHONE));
  const report = new PublicReport(page, COMMUNITY);
  await page.route("**/reports/*/attachments", (route) => route.abort(), { times: 1 });
  await report.open();
  await report.category("Trees");
  await report.what(`Branch on the path ${stamp}`);
  await page.getByLabel("Where exactly").fill("By the school");
  await report.goOn();
  await page.locator("input[type=file]:visible").setInputFiles(photo("branch.png"));
  await report.send();
  await page.getByText("Some photos are not with us yet.").waitFor();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("All photos have arrived.").waitFor();
  await page.context().close();
});

test("a wrong link tells nothing", async () => {
  const page = await device(PHONE);
  await page.goto(`/public/${COMMUNITY}/reports#${"x".repeat(43)}`);
  await page.getByRole("heading", { name: "This link leads nowhere" }).waitFor();
  await staysWithinItsWidth(page);
  await page.context().close();
});

test("without pictures a place can still be marked, by keys alone", async () => {
  const page = await withoutTiles(await device(DESK));
  const report = new PublicReport(page, COMMUNITY);
  await report.open();
  await page.getByRole("radio", { name: "Noise" }).check();
  await page.getByLabel("In a few words").fill(`Loud at night ${stamp}`);
  const picker = new PlacePicker(page);
  await picker.drawn();
  await picker.map.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await picker.pin.waitFor();
  assert.match(await picker.told.innerText(), /^The pin is /);
  await report.send();
  complainsOfNothing(page);
  await page.context().close();
});

test("what strangers may not report is not offered", async () => {
  const { name, anonymous_allowed } = await categoryForMembers(COMMUNITY, `Members only ${stamp}`);
  assert.equal(anonymous_allowed, false);
  const page = await withTiles(await device(DESK));
  await new PublicReport(page, COMMUNITY).open();
  await page.getByRole("radio", { name: "Noise" }).waitFor();
  assert.equal(await page.getByRole("radio", { name }).count(), 0);
  complainsOfNothing(page);
  await page.context().close();
});
