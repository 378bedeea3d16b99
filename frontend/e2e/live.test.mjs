// What happens, as it happens: two people at one request, two tabs of one browser, and how one wants to hear.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { signIn } from "./support/people.mjs";
import { Report, Request } from "./support/requests.mjs";

const COMMUNITY = "willow-park";

useBrowser();

async function reported(page, title) {
  const report = new Report(page);
  await report.open();
  await report.category("Plumbing");
  await report.goOn();
  await page.getByRole("heading", { name: "What is wrong?" }).waitFor();
  await page.getByLabel("In a few words").fill(title);
  await report.goOn();
  await report.where("In the hall");
  await report.goOn();
  await report.urgency("Soon, please");
  return report.send();
}

test("two browsers see each other's moves", async () => {
  const resident = await signIn(await device(PHONE), "resident", `/c/${COMMUNITY}/requests`);
  const dispatcher = await signIn(await device(DESK), "dispatcher", `/c/${COMMUNITY}/requests`);
  // A report comes into an open list by itself.
  const title = `The hall is under water ${Date.now() % 100_000}`;
  const number = await reported(resident, title);
  await dispatcher.getByRole("link", { name: title }).first().waitFor();

  // And what becomes of it onto an open page.
  const theirs = new Request(resident);
  const ours = new Request(dispatcher);
  await theirs.open(COMMUNITY, number);
  await ours.open(COMMUNITY, number);
  await theirs.hasState("New");
  await ours.press("Triage");
  await ours.confirm("Triage");
  await theirs.hasState("Triaged");
  await picture(resident, "live-1-triaged");
  await resident.getByRole("link", { name: /unread/ }).first().waitFor();
  complainsOfNothing(resident);
  complainsOfNothing(dispatcher);
});

test("one connection serves all tabs of a browser, and the next tab takes over", async () => {
  const first = await device(DESK);
  const streams = [];
  first.context().on("request", (request) => request.url().endsWith("/account/stream") && streams.push(request));
  await signIn(first, "dispatcher", `/c/${COMMUNITY}/requests`);
  await first.waitForRequest((request) => request.url().endsWith("/account/stream")).catch(() => {});
  const second = await first.context().newPage();
  await second.goto(`/c/${COMMUNITY}/requests`);
  await settled(second);

  const resident = await signIn(await device(PHONE), "resident", `/c/${COMMUNITY}/requests`);
  const one = `A lamp flickers ${Date.now() % 100_000}`;
  await reported(resident, one);
  await first.getByRole("link", { name: one }).first().waitFor();
  await second.getByRole("link", { name: one }).first().waitFor();
  assert.equal(streams.length, 1, "one connection for two tabs");

  await first.close();
  await resident.goto(`/c/${COMMUNITY}/requests`);
  await settled(resident);
  const other = `A door sticks ${Date.now() % 100_000}`;
  await reported(resident, other);
  await second.getByRole("link", { name: other }).first().waitFor();
});

test("somebody reads what is new, and chooses how to hear", async () => {
  for (const [size, theme] of [[PHONE, "light"], [DESK, "dark"]]) {
    const page = await signIn(await device(size, theme), "resident", "/notifications");
    await picture(page, `live-2-notifications-${size.name}-${theme}`);
    await page.getByRole("link", { name: /Unread/ }).click();
    await settled(page);
    await staysWithinItsWidth(page);
    await page.goto("/notifications/choices");
    await settled(page);
    await page.getByLabel("How requests go on").first().selectOption("daily");
    await page.getByText("Saved.").waitFor();
    await picture(page, `live-3-choices-${size.name}-${theme}`);
    await page.reload();
    await settled(page);
    assert.equal(await page.getByLabel("How requests go on").first().inputValue(), "daily");
    await page.getByLabel("How requests go on").first().selectOption("now");
    await page.getByText("Saved.").waitFor();
    await staysWithinItsWidth(page);
    complainsOfNothing(page);
  }
});

test("a link that is too old says so, and an operator looks at the queue", async () => {
  const stranger = await device(PHONE);
  await stranger.goto("/unsubscribe/of-no-mail-of-ours");
  await stranger.getByRole("heading", { name: "Stop mail like this?" }).waitFor();
  await picture(stranger, "live-4-unsubscribe");
  await stranger.getByRole("button", { name: "Stop it" }).click();
  await stranger.getByRole("heading", { name: "This link does not work any more" }).waitFor();
  for (const [size, theme] of [[PHONE, "dark"], [DESK, "light"]]) {
    const page = await signIn(await device(size, theme), "operator", "/platform/jobs");
    await page.getByRole("heading", { name: "Queue", level: 1 }).waitFor();
    await settled(page);
    await picture(page, `live-5-queue-${size.name}-${theme}`);
    await staysWithinItsWidth(page);
    complainsOfNothing(page);
  }
});
