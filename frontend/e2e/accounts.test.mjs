// Everybody of the demonstration gets in, and stands before what they came for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, complainsOfNothing, device, settled, useBrowser } from "./support/browser.mjs";
import { SignIn, signIn } from "./support/people.mjs";

useBrowser();

const STARTS = {
  resident: "My requests",
  pro: "Jobs",
  dispatcher: "Requests",
  supervisor: "Requests",
  committee: "Requests",
  guard: "My requests",
  accountant: "My requests",
  manager: "Requests",
  admin: "Requests",
  operator: "Communities",
};

for (const [who, title] of Object.entries(STARTS)) {
  test(`the ${who} starts at “${title}”`, async () => {
    const page = await signIn(await device(DESK), who);
    await page.getByRole("heading", { name: title, level: 1 }).waitFor();
    assert.match(await page.title(), new RegExp(`^${title} · Kommunity$`));
    complainsOfNothing(page);
    await page.context().close();
  });
}

test("a wrong password is refused in words, and what was typed stays", async () => {
  const page = await device(PHONE);
  const door = new SignIn(page);
  await door.open();
  await door.as("resident", "not-the-password");
  await page.getByRole("alert").getByText("E-mail and password do not match").waitFor();
  assert.equal(await page.getByLabel("E-mail").inputValue(), "resident@demo.test");
});

test("an empty form says what is missing, where it is missing", async () => {
  const page = await device(PHONE);
  await new SignIn(page).open();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("Enter your e-mail address.").waitFor();
  assert.equal(await page.getByLabel("E-mail").getAttribute("aria-invalid"), "true");
  await page.waitForFunction(() => document.activeElement?.id === "email");
  complainsOfNothing(page);
});

test("a link into the app leads there after signing in, and a reload keeps one signed in", async () => {
  const page = await device(DESK);
  await signIn(page, "dispatcher", "/c/willow-park/requests?view=overdue");
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, "/c/willow-park/requests?view=overdue");
  await page.reload();
  await settled(page);
  assert.equal(await page.getByRole("link", { name: "Overdue" }).getAttribute("aria-current"), "page");
  complainsOfNothing(page);
});

test("signing out closes the door behind one", async () => {
  const page = await signIn(await device(DESK), "resident");
  await page.goto("/account");
  await settled(page);
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.goto("/c/willow-park/requests");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("what is not there, or not for everybody, is not found", async () => {
  const page = await signIn(await device(DESK), "resident");
  for (const path of ["/c/willow-park/nowhere", "/c/somewhere-else/requests", "/c/willow-park/jobs", "/communities"]) {
    await page.goto(path);
    await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
  }
});
