// The pages for everybody, and what staff do about a report meanwhile.

import { Api } from "./api.mjs";
import { BASE_URL, settled } from "./browser.mjs";
import { photo } from "./photo.mjs";

/** The questions of a report without an account, on a phone. */
export class PublicReport {
  constructor(page, community) {
    this.page = page;
    this.community = community;
  }

  async open() {
    await this.page.goto(`/public/${this.community}/report`);
    await this.page.getByRole("heading", { name: "What is it about?" }).waitFor();
    await settled(this.page);
  }

  async goOn() {
    await this.page.getByRole("button", { name: "Continue" }).click();
  }

  async category(name) {
    await this.page.getByRole("radio", { name }).check();
    await this.goOn();
  }

  async what(title, description = "") {
    await this.page.getByRole("heading", { name: "What is wrong?" }).waitFor();
    await this.page.getByLabel("In a few words").fill(title);
    await this.page.getByLabel("More about it").fill(description);
    await this.goOn();
  }

  /** Sends it and gives its number and the link that leads back to it. */
  async send() {
    await this.page.getByRole("button", { name: "Send report" }).click();
    await this.page.getByRole("heading", { name: "Report sent" }).waitFor();
    return this.sent();
  }

  async sent() {
    const number = await this.page.locator(".sent__number .number").innerText();
    const link = await this.page.locator("#secret-link").innerText();
    return { number, link };
  }
}

/** One's own report, followed by its link. */
export class Followed {
  constructor(page) {
    this.page = page;
  }

  async open(link) {
    // Going where one is already would read nothing anew.
    await this.page.goto("about:blank");
    await this.page.goto(link);
    await this.page.locator(".public__state").waitFor();
    await settled(this.page);
  }

  async hasState(state) {
    await this.page.locator(".public__state .badge", { hasText: state }).waitFor();
  }

  /** Opens the form of an action, fills it and sends it. */
  async act(action, fill) {
    await this.page.getByRole("button", { name: action, exact: true }).click();
    const dialog = this.page.getByRole("dialog", { name: action });
    await dialog.waitFor();
    await fill?.(dialog);
    await dialog.getByRole("button", { name: action, exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  }
}

/** What staff do to a request, in this order: `[who, { action, … }]`. */
export async function staff(community, number, ...steps) {
  for (const [who, act] of steps) {
    const api = await Api.as(who);
    await api.call("POST", `/communities/${community}/service-requests/${number}/actions`, act);
  }
}

/** Uploads a photo of the finished work and gives its id. */
export async function evidence(community, who) {
  const { token } = await Api.as(who);
  const form = new FormData();
  form.append("file", new Blob([photo("done.png").buffer], { type: "image/png" }), "done.png");
  const headers = { authorization: `Bearer ${token}` };
  const reply = await fetch(`${BASE_URL}/api/v1/communities/${community}/attachments`, { method: "POST", headers, body: form });
  return (await reply.json()).id;
}

/** A category that members alone may use. */
export async function categoryForMembers(community, name) {
  const api = await Api.as("admin");
  const looks = { icon: "circle-help", color: "teal", default_priority: "P4", target_hours: 72 };
  const { id, version } = await api.call("POST", `/communities/${community}/categories`, { name, ...looks });
  const headers = { authorization: `Bearer ${api.token}`, "content-type": "application/json", "if-match": `"${version}"` };
  const body = JSON.stringify({ anonymous_allowed: false });
  const reply = await fetch(`${BASE_URL}/api/v1/communities/${community}/categories/${id}`, { method: "PATCH", headers, body });
  return reply.json();
}

/** The member of a community who is called so. */
export async function professional(community, name) {
  const api = await Api.as("dispatcher");
  const { data } = await api.call("GET", `/communities/${community}/professionals`);
  return data.find((it) => it.display_name === name).member_id;
}
