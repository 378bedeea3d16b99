// Files on their way: how far they are, stopping one, and trying again what failed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Api } from "./support/api.mjs";
import { DESK, PHONE, complainsOfNothing, device, picture, staysWithinItsWidth, useBrowser } from "./support/browser.mjs";
import { signIn } from "./support/people.mjs";

const COMMUNITY = "willow-park";

useBrowser();

/** A document that takes a while on a slow line. */
function paper(name, bytes) {
  const head = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n";
  const tail = "\ntrailer<</Root 1 0 R>>\n%%EOF\n";
  return { name, mimeType: "application/pdf", buffer: Buffer.from(`${head}%${"x".repeat(bytes)}${tail}`) };
}

/** Opens a request of the resident's with the picker for files beside its comment. */
async function picker(size, theme) {
  const api = await Api.as("resident");
  const { data } = await api.call("GET", `/communities/${COMMUNITY}/categories`);
  const { number } = await api.call("POST", `/communities/${COMMUNITY}/service-requests`, {
    title: `Papers ${Date.now() % 100_000}`,
    category_id: data.find((category) => category.code === "plumbing").id,
  });
  const page = await signIn(await device(size, theme), "resident", `/c/${COMMUNITY}/requests/${number}`);
  await page.getByRole("button", { name: "Add photos or a PDF" }).click();
  return page;
}

/** Lets so many bytes a second out; nothing said, as many as there are. */
async function line(page, uploadThroughput = -1) {
  const tools = await page.context().newCDPSession(page);
  await tools.send("Network.enable");
  await tools.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  return () => tools.detach();
}

for (const [size, theme] of [[PHONE, "light"], [DESK, "dark"]]) {
  test(`a file shows how far it is, is stopped, and another arrives (${size.name}, ${theme})`, async () => {
    const page = await picker(size, theme);
    const free = await line(page, 60_000);
    await page.locator("#comment-photos").setInputFiles(paper("Slow.pdf", 1_500_000));
    const bar = page.getByRole("progressbar", { name: "Uploading" });
    await page.waitForFunction(() => {
      const bar = document.querySelector(".photos__bar");
      return bar && bar.value > 0 && bar.value < 100;
    });
    assert.match(await page.locator(".photos__percent").innerText(), /^\d+ %$/);
    await page.getByRole("status").filter({ hasText: /One file is on its way: \d+ %/ }).waitFor({ state: "attached" });
    await staysWithinItsWidth(page);
    await picture(page, `uploads-1-on-its-way-${size.name}-${theme}`);
    const given = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/attachments"));
    await page.getByRole("button", { name: "Stop uploading" }).click();
    await given;
    await bar.waitFor({ state: "detached" });
    assert.equal(await page.locator(".comment .photos__photo").count(), 0);
    await free();
    await page.locator("#comment-photos").setInputFiles(paper("Fast.pdf", 1000));
    await page.locator(".photos__paper", { hasText: "Fast.pdf" }).waitFor();
    await page.getByRole("status").filter({ hasText: "Everything is uploaded." }).waitFor({ state: "attached" });
    complainsOfNothing(page);
  });
}

test("what failed says why, and arrives when it is tried again", async () => {
  const page = await picker(PHONE, "dark");
  await page.route("**/attachments", (route) => route.abort());
  await page.locator("#comment-photos").setInputFiles(paper("Again.pdf", 1000));
  await page.locator(".photos__failed").waitFor();
  await picture(page, "uploads-2-failed");
  await page.unroute("**/attachments");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator(".photos__paper", { hasText: "Again.pdf" }).waitFor();
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await page.locator(".timeline .papers__paper", { hasText: "Again.pdf" }).waitFor();
});
