// Starts the browser, and holds every page to what no page may do: complain in the console, or scroll sideways.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

export const BASE_URL = process.env.BASE_URL ?? "http://127.0.0.1:8080";
const SCREENSHOTS = process.env.SCREENSHOTS ?? join(import.meta.dirname, "../screenshots");

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const PHONE = { name: "phone", width: 360, height: 780 };
export const DESK = { name: "desk", width: 1280, height: 800 };

let browser;

/** Opens one browser for all tests of a file. */
export function useBrowser() {
  before(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
  });
  after(() => browser?.close());
}

/** A device of its own: no cookies, no storage. */
export async function device(size, theme = "light") {
  const context = await browser.newContext({
    baseURL: BASE_URL,
    viewport: { width: size.width, height: size.height },
    deviceScaleFactor: size === PHONE ? 2 : 1,
    hasTouch: size === PHONE,
    colorScheme: theme,
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.complaints.push(message.text());
  });
  return page;
}

/** Waits until a page stands: its title is there and nothing is on its way. */
export async function settled(page) {
  await page.locator("h1").waitFor();
  await page.waitForFunction(
    () => !document.querySelector("#first-paint, .skeleton-rows, .skeleton-page, [aria-busy]") && document.fonts.status === "loaded",
  );
  await page.waitForFunction(() => [...document.images].every((image) => image.complete || image.loading === "lazy"));
}

export async function staysWithinItsWidth(page) {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(beyond <= 0, `${page.url()} scrolls sideways by ${beyond} pixels`);
}

export function complainsOfNothing(page) {
  assert.deepEqual(page.complaints, [], `${page.url()} complains in the console`);
}

export async function picture(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
