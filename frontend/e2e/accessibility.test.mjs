// Every page, on a phone and at a desk, light and dark: axe finds nothing, nothing scrolls sideways, nothing complains.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { before, test } from "node:test";
import {
  DESK,
  PHONE,
  complainsOfNothing,
  device,
  picture,
  settled,
  staysWithinItsWidth,
  useBrowser,
} from "./support/browser.mjs";
import { applicant } from "./support/newcomers.mjs";
import { withTiles } from "./support/map.mjs";
import { signIn } from "./support/people.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const COMMUNITY = "willow-park";
const REQUESTS = `/c/${COMMUNITY}/requests`;
const MEMBERS = `/c/${COMMUNITY}/members`;
const ANNOUNCEMENTS = `/c/${COMMUNITY}/announcements`;

useBrowser();

before(() => applicant("Ivo Waits", "I moved in last week; the keys are with my sister."));

/** Opens the newest request that a list shows. */
async function openFirst(page) {
  await page.locator("main a[href*='/requests/']").first().click();
  await page.locator(".request").waitFor();
  await settled(page);
}

/** Opens the first thing that a register shows. */
async function openRegistered(page) {
  await page.locator("a.tree__name").first().click();
  await page.locator(".page__back").waitFor();
  await page.waitForFunction(() => !document.querySelector("main .skeleton-rows, main .skeleton"));
  await settled(page);
}

/** Opens the first announcement of the list. */
async function openAnnouncement(page) {
  await page.locator("a.announced").first().click();
  await page.locator(".announcement .prose").waitFor();
  await settled(page);
}

async function openAction(page, name) {
  await page.getByRole("button", { name, exact: true }).and(page.locator(":visible")).first().click();
  await page.getByRole("dialog").waitFor();
  await page.waitForFunction(() => !document.querySelector("dialog .skeleton-rows"));
}

// What is there for those who are not signed in. No secret of a link has to be right for the page to be there.
const LINK = "x".repeat(43);
const DOOR = [
  ["sign-in", "/sign-in"],
  ["register", "/register"],
  ["forgot", "/forgot"],
  ["verify", `/verify#${LINK}`],
  ["link-gone", "/reset"],
  ["reset", `/reset#${LINK}`],
  ["confirm-email", `/email#${LINK}`],
  ["join", "/join"],
  ["join-community", `/join/${COMMUNITY}`],
  ["public", "/public/old-town"],
  [
    "public-on-the-map",
    "/public/old-town",
    async (page) => {
      await page.getByRole("button", { name: "Show on a map" }).click();
      await page.locator(".map__area").first().waitFor({ state: "attached" });
    },
  ],
  [
    "public-request",
    "/public/old-town",
    async (page) => {
      await page.locator("main a[href*='/requests/']").first().click();
      await page.locator(".public__state").waitFor();
      await settled(page);
    },
  ],
  ["public-report", "/public/old-town/report"],
  [
    "public-report-where",
    "/public/old-town/report",
    async (page) => {
      await page.getByRole("radio", { name: "Noise" }).check();
      const next = page.getByLabel("In a few words").or(page.getByRole("button", { name: "Continue" }));
      await next.filter({ visible: true }).first().waitFor();
      if (await page.getByRole("button", { name: "Continue" }).isVisible()) {
        await page.getByRole("button", { name: "Continue" }).click();
        await page.getByLabel("In a few words").fill("Loud at night");
        await page.getByRole("button", { name: "Continue" }).click();
      }
      await page.locator(".map__area").first().waitFor({ state: "attached" });
    },
  ],
];

// Who looks at what: the name of the picture, the address, and what else has to be done to see it.
const PAGES = {
  resident: [
    ["my-requests", REQUESTS],
    ["report", `/c/${COMMUNITY}/report`],
    ["notifications", "/notifications"],
    ["notifications-sent", "/notifications/sent"],
    ["notifications-how", "/notifications/choices"],
    ["account", "/account"],
    [
      "account-email",
      "/account",
      async (page) => {
        await page.getByRole("button", { name: "Change" }).click();
        await page.getByRole("dialog").waitFor();
      },
    ],
    ["account-security", "/account/security"],
    [
      "account-password",
      "/account/security",
      async (page) => {
        await page.getByRole("button", { name: "Change password" }).click();
        await page.getByRole("dialog").waitFor();
      },
    ],
    ["request-of-mine", REQUESTS, openFirst],
    ["announcements", ANNOUNCEMENTS],
    ["announcements-archive", `${ANNOUNCEMENTS}?view=archive`],
    ["announcements-nothing", `${ANNOUNCEMENTS}?q=nothing+is+called+this`],
    ["announcement", ANNOUNCEMENTS, openAnnouncement],
    ["not-found", "/c/nowhere/at-all"],
  ],
  dispatcher: [
    ["requests-all", `${REQUESTS}?view=all`],
    ["board", `/c/${COMMUNITY}/board`],
    ["requests-nothing", `${REQUESTS}?view=all&q=nothing+is+called+this`],
    [
      "requests-selected",
      `${REQUESTS}?view=all`,
      async (page) => {
        await page.getByRole("checkbox", { name: /^Select [A-Z]+-/ }).and(page.locator(":visible")).first().check();
      },
    ],
    [
      "request-to-triage",
      REQUESTS,
      async (page) => {
        await openFirst(page);
        await openAction(page, "Assign");
      },
    ],
    [
      "request-menu",
      REQUESTS,
      async (page) => {
        await openFirst(page);
        await page.getByRole("button", { name: "More actions" }).and(page.locator(":visible")).click();
      },
    ],
  ],
  committee: [
    ["announcements-of-the-committee", ANNOUNCEMENTS],
    ["announcements-prepared", `${ANNOUNCEMENTS}?view=prepared`],
    ["announcement-categories", `/c/${COMMUNITY}/announcement-categories`],
    ["announcement-of-the-committee", ANNOUNCEMENTS, openAnnouncement],
    [
      "announcement-new",
      `${ANNOUNCEMENTS}/new`,
      async (page) => {
        await page.getByRole("radio", { name: /Some members/ }).check();
        await page.getByText("Choose whom it is for").waitFor();
      },
    ],
    [
      "announcement-edit",
      ANNOUNCEMENTS,
      async (page) => {
        await openAnnouncement(page);
        await page.goto(`${page.url()}/edit`);
        await page.getByLabel("Title").waitFor();
        await settled(page);
      },
    ],
    [
      "announcement-figures",
      ANNOUNCEMENTS,
      async (page) => {
        await openAnnouncement(page);
        await page.getByRole("link", { name: "Figures" }).and(page.locator(":visible")).click();
        await page.locator(".reach__figure").first().waitFor();
        await settled(page);
      },
    ],
  ],
  manager: [
    ["members", MEMBERS],
    ["members-nobody", `${MEMBERS}?q=nobody+is+called+this`],
    [
      "member",
      MEMBERS,
      async (page) => {
        await page.locator(".members__link").first().click();
        await page.locator(".request").waitFor();
        await settled(page);
      },
    ],
    ["member-without-email", `${MEMBERS}/new`],
    ["invitations", `/c/${COMMUNITY}/invitations`],
    ["invite", `/c/${COMMUNITY}/invitations/new`],
    ["categories", `/c/${COMMUNITY}/categories`],
    ["category", `/c/${COMMUNITY}/categories`, openRegistered],
    ["templates", `/c/${COMMUNITY}/templates`],
    ["units", `/c/${COMMUNITY}/units`],
    ["unit", `/c/${COMMUNITY}/units`, openRegistered],
    ["zones", `/c/${COMMUNITY}/zones`],
    ["zone", `/c/${COMMUNITY}/zones`, openRegistered],
    ["teams", `/c/${COMMUNITY}/teams`],
    ["settings", `/c/${COMMUNITY}/settings`],
    ["delivery", `/c/${COMMUNITY}/delivery`],
  ],
  admin: [
    ["approvals", "/c/old-town/approvals", (page) => page.locator(".applicant__fold").first().click()],
    ["audit", `/c/${COMMUNITY}/audit`],
    [
      // Over an empty list: what a menu half covers is not to be measured.
      "switcher",
      `${MEMBERS}?q=nobody+is+called+this`,
      (page) => page.getByRole("button", { name: /switch community/ }).and(page.locator(":visible")).click(),
    ],
  ],
  pro: [["jobs", `/c/${COMMUNITY}/jobs`]],
  guard: [["my-requests-of-a-guard", REQUESTS]],
  operator: [["communities", "/communities"]],
};

for (const size of [PHONE, DESK]) {
  for (const theme of ["light", "dark"]) {
    test(`in front of the door, ${size.name}, ${theme}`, async (t) => {
      const page = await withTiles(await device(size, theme));
      for (const [name, path, act] of DOOR) {
        await t.test(name, async () => {
          await page.goto(path);
          await settled(page);
          await act?.(page);
          await holdsUp(page, `${name}-${size.name}-${theme}`);
        });
      }
      await page.context().close();
    });

    for (const [who, pages] of Object.entries(PAGES)) {
      test(`the pages of the ${who}, ${size.name}, ${theme}`, async (t) => {
        const page = await signIn(await device(size, theme), who);
        for (const [name, path, act] of pages) {
          await t.test(name, async () => {
            await page.goto(path);
            await settled(page);
            await act?.(page);
            await holdsUp(page, `${name}-${size.name}-${theme}`);
          });
        }
        await page.context().close();
      });
    }
  }
}

async function holdsUp(page, name) {
  await picture(page, name);
  await staysWithinItsWidth(page);
  assert.equal(await page.locator("h1").count(), 1, "a page has one main heading");
  // Past the page's own policy, which lets nothing foreign in.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => `${node.target} — ${node.failureSummary}`).join("\n  ")}`);
  assert.equal(found.join("\n"), "", `axe finds fault with ${name}`);
  complainsOfNothing(page);
}
