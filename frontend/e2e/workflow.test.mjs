// What a request can go through besides the straight way: merging, overriding, teams, following, questions.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Api } from "./support/api.mjs";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { signIn } from "./support/people.mjs";
import { Request } from "./support/requests.mjs";

const COMMUNITY = "willow-park";

useBrowser();

/** A new report of the resident's. */
async function report(title, more = {}) {
  const resident = await Api.as("resident");
  const { data } = await resident.call("GET", `/communities/${COMMUNITY}/categories`);
  const category = data.find((one) => one.code === "heating") ?? data[0];
  const body = { title, category_id: category.id, address_hint: "Hall", at: { lng: -9.18, lat: 38.75 }, ...more };
  return resident.call("POST", `/communities/${COMMUNITY}/service-requests`, body);
}

/** An action of somebody's, by the API. */
async function act(who, number, body) {
  const api = await Api.as(who);
  return api.call("POST", `/communities/${COMMUNITY}/service-requests/${number}/actions`, body);
}

async function triage(number) {
  const api = await Api.as("dispatcher");
  const { data } = await api.call("GET", `/communities/${COMMUNITY}/zones`);
  return act("dispatcher", number, { action: "triage", zone_id: data[0].id });
}

/** Chooses from the menu of further actions. */
async function choose(page, action) {
  await page.getByRole("button", { name: "More actions" }).and(page.locator(":visible")).first().click();
  await page.getByRole("button", { name: action, exact: true }).and(page.locator(":visible")).first().click();
}

test("a dispatcher merges two reports and takes them apart again", async () => {
  const stamp = Date.now() % 100_000;
  const master = await report(`Cold hall ${stamp}`);
  const double = await report(`Hall without heat ${stamp}`);
  const page = await signIn(await device(DESK), "dispatcher", `/c/${COMMUNITY}/requests/${double.number}`);
  const request = new Request(page);
  await choose(page, "Merge");
  const dialog = request.dialog("Merge");
  await dialog.getByRole("searchbox").fill(master.number);
  await dialog.getByRole("button", { name: new RegExp(master.number) }).click();
  await picture(page, "workflow-1-merge");
  await request.confirm("Merge");
  await request.hasState("Duplicate");
  await page.getByRole("link", { name: new RegExp(master.number) }).first().click();
  await page.getByRole("heading", { name: master.title, level: 1 }).waitFor();
  await page.getByRole("link", { name: new RegExp(double.number) }).first().waitFor();
  await picture(page, "workflow-2-master");
  await request.open(COMMUNITY, double.number);
  await choose(page, "Undo the merge");
  await request.dialog("Undo the merge").getByLabel("Reason").fill("Two halls.");
  await request.confirm("Undo the merge");
  await request.hasState("Triaged");
  complainsOfNothing(page);
});

test("a supervisor overrides the state, and the story says so", async () => {
  const reported = await report(`Override ${Date.now() % 100_000}`);
  const page = await signIn(await device(DESK), "supervisor", `/c/${COMMUNITY}/requests/${reported.number}`);
  const request = new Request(page);
  await choose(page, "Change state");
  const dialog = request.dialog("Change state");
  await dialog.getByLabel("New state").selectOption("cancelled");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Told twice.");
  await picture(page, "workflow-3-override");
  await request.confirm("Change state");
  await request.hasState("Cancelled");
  await page.getByText("changed the state by hand to Cancelled").waitFor();
  complainsOfNothing(page);
});

test("a member of a team takes what the team was given, on a phone", async () => {
  const reported = await report(`For the team ${Date.now() % 100_000}`);
  const supervisor = await Api.as("supervisor");
  const pro = await Api.as("pro");
  const account = await pro.call("GET", "/account");
  const me = account.memberships.find((one) => one.community.slug === COMMUNITY).member_id;
  const team = await supervisor.call("POST", `/communities/${COMMUNITY}/teams`, {
    name: `Team ${Date.now()}`,
    shift: "always",
    member_ids: [me],
  });
  await triage(reported.number);
  await act("dispatcher", reported.number, { action: "assign", team_id: team.id, note: "Near there." });
  const page = await signIn(await device(PHONE), "pro", `/c/${COMMUNITY}/requests/${reported.number}`);
  const request = new Request(page);
  await request.press("Accept");
  await page.getByText("Yours. Start whenever you are there.").waitFor();
  await staysWithinItsWidth(page);
  await picture(page, "workflow-4-team");
  complainsOfNothing(page);
});

test("a resident mends a report while nobody has looked at it", async () => {
  const reported = await report(`Mend me ${Date.now() % 100_000}`);
  const page = await signIn(await device(DESK), "resident", `/c/${COMMUNITY}/requests/${reported.number}`);
  await page.getByRole("button", { name: "Change the report" }).click();
  const dialog = page.getByRole("dialog", { name: "Change what you reported" });
  await dialog.getByLabel("What is wrong").fill("Mended by hand");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Mended by hand", level: 1 }).waitFor();
  await page.getByText("changed what was reported").waitFor();
  complainsOfNothing(page);
});

test("staff note tags and costs, and follow", async () => {
  const reported = await report(`Costs ${Date.now() % 100_000}`);
  const page = await signIn(await device(DESK), "dispatcher", `/c/${COMMUNITY}/requests/${reported.number}`);
  await page.getByRole("button", { name: "Change tags and costs" }).click();
  const dialog = page.getByRole("dialog", { name: "Tags and costs" });
  await dialog.getByLabel("Tags").fill("Boiler, boiler, spare part");
  await dialog.getByLabel("Estimated cost").fill("120,5");
  await picture(page, "workflow-5-handling");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText(/Estimated 120\.50/).waitFor();
  assert.deepEqual(await page.locator(".tag").allInnerTexts(), ["boiler", "spare part"]);
  await page.getByRole("button", { name: "Follow", exact: true }).click();
  await page.getByRole("button", { name: "Stop following" }).waitFor();
  await settled(page);
  await picture(page, "workflow-6-facts");
  complainsOfNothing(page);
});

test("work that waits for the reporter goes on with the answer", async () => {
  const reported = await report(`Which room ${Date.now() % 100_000}`);
  await triage(reported.number);
  await act("dispatcher", reported.number, { action: "hold", hold_reason: "waiting_reporter", note: "Which room?" });
  const page = await signIn(await device(PHONE), "resident", `/c/${COMMUNITY}/requests/${reported.number}`);
  const request = new Request(page);
  await request.hasState("On hold");
  await request.press("Answer");
  await request.dialog("Answer").getByLabel("Your answer").fill("The hall.");
  await request.confirm("Answer");
  await request.hasState("Triaged");
  complainsOfNothing(page);
});

test("a supervisor makes a team", async () => {
  const page = await signIn(await device(DESK), "supervisor", `/c/${COMMUNITY}/teams`);
  await page.getByRole("button", { name: "New team" }).and(page.locator(":visible")).first().click();
  const dialog = page.getByRole("dialog", { name: "New team" });
  const name = `Lift crew ${Date.now() % 100_000}`;
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Shift").selectOption("night");
  await dialog.getByRole("checkbox").first().check();
  await picture(page, "workflow-7-team-form");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name }).waitFor();
  await picture(page, "workflow-8-teams");
  complainsOfNothing(page);
});
