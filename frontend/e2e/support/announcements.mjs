// Announcements that a test makes for itself, and the pages that show them.

import { Api } from "./api.mjs";
import { settled } from "./browser.mjs";

export const COMMUNITY = "willow-park";
export const LIST = `/c/${COMMUNITY}/announcements`;

/** Something that nobody else announces. */
export function unique(words) {
  return `${words} ${Date.now() % 1_000_000}`;
}

/** A draft of the committee's; what is not said is as quiet as can be. */
export async function draft(title, more = {}) {
  const api = await Api.as("committee");
  const { data } = await api.call("GET", `/communities/${COMMUNITY}/announcement-categories`);
  const general = data.find((category) => category.name === "General") ?? data[0];
  return api.call("POST", `/communities/${COMMUNITY}/announcements`, {
    category_id: general.id,
    title,
    body: "The gate is painted on **Thursday**.\n\n| Gate | When |\n|---|---|\n| North | 9 to 12 |",
    ...more,
  });
}

/** The same, published at once. */
export async function published(title, more = {}) {
  const { id } = await draft(title, more);
  const api = await Api.as("committee");
  return api.call("POST", `/communities/${COMMUNITY}/announcements/${id}/actions`, { action: "publish" });
}

/** The zone that somebody lives in, and their unit there. */
export async function homeOf(who) {
  const api = await Api.as(who);
  const { data } = await api.call("GET", `/communities/${COMMUNITY}/units?mine=true`);
  return data.find((unit) => unit.zone_id);
}

/** Waits until something that is asked again and again holds. */
export async function until(holds, what) {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`still not so: ${what}`);
}

/** Opens an announcement that a list shows. */
export async function openFromList(page, title) {
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
  await page.locator(".announcement .prose").waitFor();
  await settled(page);
}

/** Chooses from the menu beside the buttons of an announcement. */
export async function choose(page, word) {
  await page.getByRole("button", { name: "More actions" }).and(page.locator(":visible")).click();
  await page.locator(".menu__item:visible", { hasText: word }).click();
}
