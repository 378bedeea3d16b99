// The map on which the place of a report is marked: by tapping, by keys alone, by the device, and without pictures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, complainsOfNothing, device, picture, settled, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { PlacePicker, withTiles, withoutTiles } from "./support/map.mjs";
import { signIn } from "./support/people.mjs";

useBrowser();

/** Opens the map of the member's report at a desk. */
async function openMap(page) {
  await page.goto("/c/old-town/report");
  await settled(page);
  await page.getByRole("radio", { name: "Somewhere else" }).check();
  await page.getByRole("button", { name: "Choose on the map" }).click();
  const picker = new PlacePicker(page);
  await picker.drawn();
  return picker;
}

/** What a reload would find. */
function kept(page) {
  return page.evaluate(() => {
    const name = Object.keys(localStorage).find((name) => name.startsWith("kommunity.draft.old-town"));
    return JSON.parse(localStorage.getItem(name)).at;
  });
}

test("a pin is placed by pointing and told by the zone that it is in", async () => {
  const page = await signIn(await withTiles(await device(DESK)), "admin");
  const picker = await openMap(page);
  assert.equal(await picker.map.locator(".leaflet-tile").first().evaluate((tile) => new URL(tile.src).protocol), "https:");
  assert.match(await picker.map.locator(".leaflet-control-attribution").innerText(), /OpenStreetMap/);
  assert.equal(await picker.told.innerText(), "");
  await picker.tap(0.5, 0.5);
  await picker.pin.waitFor();
  assert.match(await picker.told.innerText(), /^The pin is /);
  const at = await kept(page);
  await picker.tap(0.02, 0.02);
  assert.equal(await picker.told.innerText(), "The pin is outside all zones.");
  assert.notDeepEqual(await kept(page), at);
  await picture(page, "map-report-desk-light");
  await page.getByRole("button", { name: "Remove the pin" }).click();
  await picker.pin.waitFor({ state: "detached" });
  assert.equal(await kept(page), null);
  complainsOfNothing(page);
  await page.context().close();
});

test("keys alone place the pin, move it and look nearer", async () => {
  const page = await signIn(await withTiles(await device(DESK, "dark")), "admin");
  const picker = await openMap(page);
  await picker.map.focus();
  await page.keyboard.press("Enter");
  await picker.pin.waitFor();
  const first = await kept(page);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  const moved = await kept(page);
  assert.ok(moved.lng > first.lng && moved.lat > first.lat, "right is east and up is north");
  await page.keyboard.press("+");
  await page.keyboard.press("ArrowLeft");
  const nearer = await kept(page);
  assert.ok(moved.lng - nearer.lng < (moved.lng - first.lng) * 0.6, "a step is smaller from nearer");
  for (let step = 0; step < 12; step++) await page.keyboard.press("Shift+ArrowLeft");
  await picker.pin.waitFor();
  const pin = await picker.pin.boundingBox();
  const map = await picker.map.boundingBox();
  assert.ok(pin.x >= map.x && pin.x + pin.width <= map.x + map.width, "the map follows the pin");
  await picture(page, "map-report-desk-dark");
  complainsOfNothing(page);
  await page.context().close();
});

test("the device's place becomes the pin, and a refusal says what else there is", async () => {
  const page = await signIn(await withTiles(await device(PHONE)), "admin");
  const picker = await openMapOnPhone(page);
  await page.context().grantPermissions([]);
  await page.getByRole("button", { name: "Use my location" }).click();
  await page.getByText("Your browser does not tell us where you are.").waitFor();
  await page.context().grantPermissions(["geolocation"]);
  await page.context().setGeolocation({ latitude: 38.7125, longitude: -9.1325 });
  await page.getByRole("button", { name: "Use my location" }).click();
  await picker.pin.waitFor();
  assert.deepEqual(await kept(page), { lng: -9.1325, lat: 38.7125 });
  await staysWithinItsWidth(page);
  await picture(page, "map-report-phone-light");
  complainsOfNothing(page);
  await page.context().close();
});

test("without pictures the zones are still there to mark a place in", async () => {
  const page = await signIn(await withoutTiles(await device(DESK)), "admin");
  const picker = await openMap(page);
  assert.equal(await picker.map.locator("img").count(), 0);
  await picker.tap(0.5, 0.5);
  await picker.pin.waitFor();
  await picture(page, "map-without-tiles-desk-light");
  complainsOfNothing(page);
  await page.context().close();
});

test("a map that cannot be fetched says so and can be tried again", async () => {
  const page = await signIn(await withTiles(await device(DESK)), "admin");
  await page.context().route("**/assets/map-*/map.css", (route) => route.abort(), { times: 1 });
  await page.goto("/c/old-town/report");
  await settled(page);
  await page.getByRole("radio", { name: "Somewhere else" }).check();
  await page.getByRole("button", { name: "Choose on the map" }).click();
  await page.getByText("The map cannot be shown just now.").waitFor();
  await page.getByRole("button", { name: "Try again" }).click();
  await new PlacePicker(page).drawn();
  await page.context().close();
});

async function openMapOnPhone(page) {
  await page.goto("/c/old-town/report");
  await settled(page);
  await page.getByRole("radio").first().check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("In a few words").fill("A lamp is dark");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("radio", { name: "Somewhere else" }).check();
  await page.getByRole("button", { name: "Choose on the map" }).click();
  const picker = new PlacePicker(page);
  await picker.drawn();
  return picker;
}
