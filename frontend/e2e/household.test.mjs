// Who shares a home shares what is reported about it, unless it is personal and for as long as they live there; and what
// staff write down for others, and what a category demands before work counts as done.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Api } from "./support/api.mjs";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { linkFor } from "./support/mail.mjs";
import { OWN_PASSWORD, newcomer, unique } from "./support/newcomers.mjs";
import { signIn, signInAs } from "./support/people.mjs";
import { photo } from "./support/photo.mjs";
import { Request, addPhoto } from "./support/requests.mjs";

const COMMUNITY = "willow-park";
const HERE = `/communities/${COMMUNITY}`;

useBrowser();

async function memberOf(api) {
  const account = await api.call("GET", "/account");
  return account.memberships.find((one) => one.community.slug === COMMUNITY).member_id;
}

/** The id of a category of the demo's. */
async function category(code) {
  const { data } = await (await Api.as("manager")).call("GET", `${HERE}/categories`);
  return data.find((one) => one.code === code).id;
}

/** An action of somebody's, by the API. */
async function act(who, number, body) {
  return (await Api.as(who)).call("POST", `${HERE}/service-requests/${number}/actions`, body);
}

async function triage(number) {
  const { data } = await (await Api.as("dispatcher")).call("GET", `${HERE}/zones`);
  return act("dispatcher", number, { action: "triage", zone_id: data[0].id });
}

/** Brings a request to the demo's professional, who starts at once. */
async function begin(number) {
  await triage(number);
  const assignee_id = await memberOf(await Api.as("pro"));
  await act("dispatcher", number, { action: "assign", assignee_id, note: "Near there." });
  await act("pro", number, { action: "start" });
}

test("a household sees, follows and hears of what is about its home, until the tie ends", async (t) => {
  const manager = await Api.as("manager");
  const resident = await memberOf(await Api.as("resident"));
  const nina = await newcomer(`Nina ${Date.now() % 100_000}`);
  const { data: zones } = await manager.call("GET", `${HERE}/zones`);
  const unit = await manager.call("POST", `${HERE}/units`, { number: unique("E2E").slice(0, 12), zone_id: zones[0].id });
  for (const member_id of [resident, nina.member.id]) {
    await manager.call("POST", `${HERE}/units/${unit.id}/occupancies`, { member_id, kind: "tenant", from_date: "2026-01-01" });
  }
  const themselves = await Api.with(nina.login, OWN_PASSWORD);
  const report = async (title, more = {}) =>
    themselves.call("POST", `${HERE}/service-requests`, { title, category_id: await category("heating"), unit_id: unit.id, ...more });
  const shared = await report(`Cold bath ${Date.now() % 100_000}`);
  const personal = await report(`My own window ${Date.now() % 100_000}`, { personal: true });

  await t.test("a mail leads there, and they follow it", async () => {
    await triage(shared.number);
    const path = await linkFor("resident@demo.test", `/c/${COMMUNITY}/requests/${shared.number}`);
    const page = await signIn(await device(PHONE), "resident", path);
    await page.getByRole("heading", { name: shared.title, level: 1 }).waitFor();
    await page.locator(".facts__summary").click();
    await page.getByRole("button", { name: "Stop following" }).waitFor();
    await staysWithinItsWidth(page);
    await picture(page, "household-1-followed");
    await page.goto("/notifications");
    await page.getByRole("link", { name: new RegExp(shared.title) }).first().waitFor();
    complainsOfNothing(page);
  });

  await t.test("what is personal is not there for them", async () => {
    await triage(personal.number);
    const page = await signIn(await device(DESK), "resident", `/c/${COMMUNITY}/requests/${personal.number}`);
    await page.getByRole("heading", { name: "Not found" }).first().waitFor();
    await page.goto(`/c/${COMMUNITY}/units/${unit.id}`);
    await page.getByRole("link", { name: new RegExp(shared.title) }).waitFor();
    assert.equal(await page.getByRole("link", { name: new RegExp(personal.title) }).count(), 0);
    await settled(page);
    await picture(page, "household-2-unit");
    await page.goto("/notifications/sent");
    await page.getByRole("link", { name: new RegExp(shared.title) }).first().waitFor();
    assert.equal(await page.getByText(personal.title).count(), 0);
    await settled(page);
    await picture(page, "household-3-sent");
  });

  await t.test("the sight goes with the tie, at once", async () => {
    const page = await signIn(await device(DESK, "dark"), "resident", `/c/${COMMUNITY}/requests/${shared.number}`);
    await page.getByRole("heading", { name: shared.title, level: 1 }).waitFor();
    const desk = await signIn(await device(DESK), "manager", `/c/${COMMUNITY}/units/${unit.id}`);
    const { occupancies } = await manager.call("GET", `${HERE}/units/${unit.id}`);
    const name = occupancies.find((tie) => tie.member_id === resident).display_name;
    await desk.locator(".unit__tie", { hasText: name }).getByRole("button", { name: "End" }).click();
    await picture(desk, "household-4-end");
    await desk.getByRole("dialog").getByRole("button", { name: "End the tie" }).click();
    await desk.getByText("Ended. They see no more of this household.").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Not found" }).first().waitFor();
    const other = await signInAs(await device(PHONE), nina.login, OWN_PASSWORD, `/c/${COMMUNITY}/requests/${shared.number}`);
    await other.getByRole("heading", { name: shared.title, level: 1 }).waitFor();
    complainsOfNothing(desk);
  });
});

test("staff write down what a resident tells them, who confirms in the end", async () => {
  const on_behalf_of = await memberOf(await Api.as("resident"));
  const dispatcher = await Api.as("dispatcher");
  const request = await dispatcher.call("POST", `${HERE}/service-requests`, {
    title: `Told by phone ${Date.now() % 100_000}`,
    category_id: await category("heating"),
    on_behalf_of,
    address_hint: "Hall",
  });
  await begin(request.number);
  const { attachment_ids } = await evidence("pro");
  await act("pro", request.number, { action: "resolve", note: "Bled the radiator.", attachment_ids });
  const path = await linkFor("resident@demo.test", `/c/${COMMUNITY}/requests/${request.number}`);
  const page = await signIn(await device(PHONE), "resident", path);
  const shown = new Request(page);
  await shown.hasState("Resolved");
  await shown.press("Confirm");
  await shown.dialog("Confirm").getByRole("radio", { name: "Excellent" }).check();
  await shown.confirm("Confirm");
  await shown.hasState("Closed");
  complainsOfNothing(page);
});

/** A photo that somebody has uploaded. */
async function evidence(who) {
  const api = await Api.as(who);
  const { buffer, name, mimeType } = photo("done.png", [70, 120, 60], [220, 230, 200], 64, 48);
  return { attachment_ids: [(await api.upload(COMMUNITY, name, mimeType, buffer)).id] };
}

test("a professional ticks what the category demands, and only then resolves", async () => {
  const manager = await Api.as("manager");
  const name = unique("Boilers");
  const made = await manager.call("POST", `${HERE}/categories`, { name, icon: "wrench", color: "teal", default_priority: "P3", target_hours: 24 });
  const checklist = ["Close the valve", "Look at the pressure"];
  await manager.call(
    "PATCH",
    `${HERE}/categories/${made.id}`,
    { checklist, checklist_required: true, evidence_required: true },
    { "if-match": `"${made.version}"` },
  );
  const request = await (await Api.as("resident")).call("POST", `${HERE}/service-requests`, {
    title: `Boiler ${Date.now() % 100_000}`,
    category_id: made.id,
    address_hint: "Cellar",
  });
  await begin(request.number);
  for (const [size, theme] of [[DESK, "dark"], [PHONE, "light"]]) {
    const page = await signIn(await device(size, theme), "pro", `/c/${COMMUNITY}/requests/${request.number}`);
    await page.getByText("The work can be resolved once everything is done.").waitFor();
    await staysWithinItsWidth(page);
    await picture(page, `household-5-checklist-${size.name}-${theme}`);
    complainsOfNothing(page);
    await page.close();
  }
  await assert.rejects(act("pro", request.number, { action: "resolve", note: "Done.", ...(await evidence("pro")) }), /409|422/);
  const page = await signIn(await device(PHONE, "dark"), "pro", `/c/${COMMUNITY}/requests/${request.number}`);
  for (const [at, item] of checklist.entries()) {
    await page.getByRole("checkbox", { name: new RegExp(item) }).check();
    await page.getByText(`${at + 1} of ${checklist.length}`).first().waitFor();
  }
  const shown = new Request(page);
  await shown.press("Resolve");
  await shown.dialog("Resolve").getByLabel("What was done").fill("Pressure is right again.");
  await addPhoto(page, photo("boiler.png", [70, 120, 60], [220, 230, 200]));
  await shown.confirm("Resolve");
  await shown.hasState("Resolved");
  const path = await linkFor("resident@demo.test", `/c/${COMMUNITY}/requests/${request.number}`);
  const resident = await signIn(await device(PHONE), "resident", path);
  await new Request(resident).hasState("Resolved");
});
