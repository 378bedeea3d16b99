// The map, and the pictures below it: drawn here, so that no test asks anybody's server.

import { BASE_URL } from "./browser.mjs";
import { photo } from "./photo.mjs";

const TILE = photo("tile.png", [226, 232, 222], [206, 218, 214], 256, 256).buffer;

/** Answers for the server that maps get their pictures from. */
export async function withTiles(page) {
  const { tiles } = await (await fetch(`${BASE_URL}/api/v1/version`)).json();
  await page.context().route(`${new URL(tiles.url).origin}/**`, (route) => route.fulfill({ contentType: "image/png", body: TILE }));
  return page;
}

/** The server tells of no pictures. */
export async function withoutTiles(page) {
  await page.context().route("**/api/v1/version", async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, json: { ...(await reply.json()), tiles: null } });
  });
  return page;
}

export class PlacePicker {
  constructor(page) {
    this.map = page.getByRole("application", { name: "Map to mark the place on" });
    this.told = page.locator(".place-picker__told");
    this.pin = this.map.locator(".map__pin");
  }

  /** Waits until it is drawn. */
  async drawn() {
    await this.map.locator(".map__area").first().waitFor({ state: "attached" });
  }

  /** Taps the map at shares of its width and height. */
  async tap(across, down) {
    const { width, height } = await this.map.boundingBox();
    await this.map.click({ position: { x: width * across, y: height * down } });
  }
}
