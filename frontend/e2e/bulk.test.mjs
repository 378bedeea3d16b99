// Many at once, filters kept under a name, chips: what a dispatcher has for a full morning.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { signIn } from "./support/people.mjs";

useBrowser();

const LIST = "/c/willow-park/requests";
const query = (page) => Object.fromEntries(new URL(page.url()).searchParams);
const boxes = (page) => page.getByRole("checkbox", { name: /^Select [A-Z]+-/ });
const word = () => `${Date.now() % 1_000_000}`;

test("three are selected by keys and tagged at once", async () => {
  const page = await signIn(await device(DESK), "dispatcher", `${LIST}?view=all`);
  await page.locator(".requests__link").first().waitFor();
  for (const key of ["j", "x", "j", "x", "j", "x"]) await page.keyboard.press(key);
  await page.getByText("3 selected").waitFor();
  await picture(page, "bulk-bar-desk");
  await page.getByRole("button", { name: "Add tags" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add tags" }).click();
  await dialog.getByText("Enter a tag.").first().waitFor();
  const tag = `round ${word()}`;
  await dialog.getByLabel("Tags").fill(tag);
  await dialog.getByRole("button", { name: "Add tags" }).click();
  await page.getByText("Done with 3 requests").waitFor();
  await page.getByText("selected", { exact: false }).waitFor({ state: "detached" });

  // They are found by it, and the chip takes the filter away again.
  await page.goto(`${LIST}?view=all&tag=${encodeURIComponent(tag)}`);
  await page.waitForFunction(() => document.querySelectorAll(".requests__line").length === 3);
  await page.getByRole("button", { name: `Remove the filter ${tag}` }).click();
  await page.waitForURL((url) => !url.searchParams.has("tag"));
  complainsOfNothing(page);
});

test("what cannot be done says why, and stays selected", async () => {
  const page = await signIn(await device(DESK), "dispatcher", `${LIST}?view=resolved`);
  await boxes(page).first().waitFor();
  await boxes(page).nth(0).click();
  await boxes(page).nth(1).click({ modifiers: ["Shift"] });
  await page.getByText("2 selected").waitFor();
  await page.getByRole("button", { name: "Triage" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Triage" }).click();
  await dialog.getByText("2 could not be done, and stay selected:").waitFor();
  assert.equal(await dialog.getByRole("alert").getByRole("link").count(), 2);
  await picture(page, "bulk-answers-desk");
  await dialog.getByRole("button", { name: "Try again" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("2 selected").waitFor();
  await page.getByRole("button", { name: "Clear the selection" }).click();
  await page.getByText("2 selected").waitFor({ state: "detached" });
  complainsOfNothing(page);
});

test("a filter is kept, found by a colleague, renamed and deleted", async () => {
  const page = await signIn(await device(DESK), "dispatcher", `${LIST}?view=overdue&priority=P2&sort=due`);
  const name = `Late ${word()}`;
  const menu = (page) => page.getByRole("button", { name: "Saved filters" });
  await menu(page).click();
  await page.getByRole("button", { name: "Emergencies that nobody has" }).waitFor();
  await picture(page, "saved-filters-desk");
  await page.getByRole("button", { name: "Save these filters" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Emergencies that nobody has");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("You have one of this name already").waitFor();
  // The browser itself says so, too.
  assert.match(page.complaints.pop(), /409/);
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Share it with all staff").check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText(`Saved as “${name}”`).waitFor();

  const colleague = await signIn(await device(DESK), "supervisor", LIST);
  await menu(colleague).click();
  await colleague.getByRole("button", { name }).click();
  await colleague.waitForURL((url) => url.searchParams.get("view") === "overdue");
  assert.deepEqual(query(colleague), { view: "overdue", priority: "P2", sort: "due" });
  complainsOfNothing(colleague);

  await menu(page).click();
  await page.getByRole("button", { name: "Rename or delete" }).click();
  await page.getByRole("button", { name: `Delete ${name}` }).click();
  await page.getByText(`“${name}” deleted`).waitFor();
  await page.getByRole("textbox", { name: `Rename ${name}` }).waitFor({ state: "detached" });
  complainsOfNothing(page);
});

test("what is seldom needed stands behind a word, and leaves nothing behind", async () => {
  const page = await signIn(await device(DESK), "dispatcher", `${LIST}?view=all`);
  await page.getByRole("button", { name: "More filters" }).click();
  await page.getByLabel("With photos").check();
  await page.getByLabel("Order").selectOption({ label: "Oldest first" });
  await page.getByLabel("Reported from").fill("2026-01-01");
  await page.waitForURL((url) => url.searchParams.has("from"));
  assert.deepEqual(query(page), { view: "all", photos: "true", sort: "oldest", from: "2026-01-01" });
  await picture(page, "more-filters-desk");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove the filter Oldest first" }).click();
  await page.getByRole("button", { name: "Clear search and filters" }).click();
  await page.waitForURL((url) => !url.searchParams.has("photos"));
  complainsOfNothing(page);
});

test("on a phone several are selected, too", async () => {
  const page = await signIn(await device(PHONE), "dispatcher", `${LIST}?view=all`);
  await boxes(page).first().check();
  await page.getByText("1 selected").waitFor();
  await settled(page);
  await staysWithinItsWidth(page);
  await picture(page, "bulk-bar-phone");
  complainsOfNothing(page);
});
