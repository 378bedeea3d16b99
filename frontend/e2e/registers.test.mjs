// What managers and supervisors keep: a question that a resident meets, who lives where, the pages themselves.

import { test } from "node:test";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { signIn } from "./support/people.mjs";
import { Report } from "./support/requests.mjs";

const COMMUNITY = "willow-park";

useBrowser();

test("a supervisor adds a question, and a resident who answers it wrongly is told why", async (t) => {
  const label = `How many taps, ${Date.now() % 100_000}?`;

  await t.test("the supervisor writes it and sees what reporters will see", async () => {
    const page = await signIn(await device(DESK), "supervisor", `/c/${COMMUNITY}/categories`);
    await picture(page, "registers-1-categories");
    await page.getByRole("link", { name: "Water supply" }).click();
    await settled(page);
    // An earlier run may have left its own.
    const others = page.getByRole("button", { name: "Remove this question" });
    while ((await others.count()) > 0) await others.first().click();
    await page.getByRole("button", { name: "Add a question" }).click();
    const card = page.getByRole("region", { name: "Question 1" });
    await card.getByLabel("Question", { exact: true }).fill(label);
    await card.getByLabel("Answered by").selectOption("number");
    await card.getByLabel("Must be answered").check();
    await page.getByRole("region", { name: "As reporters see it" }).getByLabel(label).waitFor();
    await picture(page, "registers-2-question");
    await page.getByRole("button", { name: "Save category" }).click();
    await page.getByText("New reports follow it").waitFor();
    complainsOfNothing(page);
  });

  await t.test("the resident meets it, and learns what is wrong with the answer", async () => {
    const page = await signIn(await device(PHONE), "resident", `/c/${COMMUNITY}/requests`);
    const report = new Report(page);
    await report.open();
    await report.category("Water supply");
    await report.goOn();
    await page.getByLabel("In a few words").fill("No water");
    await page.getByLabel(label).fill("some");
    await report.goOn();
    await page.getByText("Enter a number like 12 or 12.5.").first().waitFor();
    await picture(page, "registers-3-wrong-answer");
    await page.getByLabel(label).fill("2");
    await report.goOn();
    await report.where("Everywhere");
    await report.goOn();
    await report.send();
    await page.getByRole("link", { name: "See the request" }).click();
    await page.getByText(label).waitFor();
    await staysWithinItsWidth(page);
    complainsOfNothing(page);
  });
});

test("the registers fit a phone and a desk", async () => {
  for (const [size, name] of [[PHONE, "phone"], [DESK, "desk"]]) {
    const page = await signIn(await device(size), "manager", `/c/${COMMUNITY}/units`);
    for (const register of ["units", "zones", "templates", "categories"]) {
      await page.goto(`/c/${COMMUNITY}/${register}`);
      await page.locator(".tree__row").first().waitFor();
      await picture(page, `registers-${register}-${name}`);
      await staysWithinItsWidth(page);
    }
    await page.goto(`/c/${COMMUNITY}/units`);
    await page.locator(".tree__name").first().click();
    await page.getByRole("heading", { name: "Who lives here or owns it" }).waitFor();
    await picture(page, `registers-unit-${name}`);
    await staysWithinItsWidth(page);
    await page.goto(`/c/${COMMUNITY}/zones`);
    await page.locator(".tree__name").first().click();
    await page.getByLabel("Border as GeoJSON").waitFor();
    await picture(page, `registers-zone-${name}`);
    await staysWithinItsWidth(page);
    complainsOfNothing(page);
  }
});
