// The API itself, for what a test needs but is not about.

import assert from "node:assert/strict";
import { BASE_URL } from "./browser.mjs";
import { PASSWORD } from "./people.mjs";

export class Api {
  static as(who) {
    return Api.with(`${who}@demo.test`);
  }

  static async with(email, password = PASSWORD) {
    const api = new Api();
    const body = { email, password, refresh_token_in_body: true };
    api.token = (await api.call("POST", "/session", body)).access_token;
    return api;
  }

  async call(method, path, body, more = {}) {
    const headers = { "content-type": "application/json", ...more };
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    const reply = await fetch(`${BASE_URL}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await reply.text();
    assert.ok(reply.ok, `${method} ${path} answers ${reply.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** Uploads a file that nothing names yet. */
  async upload(community, name, type, content) {
    const form = new FormData();
    form.append("file", new Blob([content], { type }), name);
    const headers = { authorization: `Bearer ${this.token}` };
    const reply = await fetch(`${BASE_URL}/api/v1/communities/${community}/attachments`, { method: "POST", headers, body: form });
    assert.ok(reply.ok, `the upload answers ${reply.status}`);
    return reply.json();
  }

  invite(community, invitation) {
    return this.call("POST", `/communities/${community}/invitations`, invitation);
  }
}
