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

  async call(method, path, body) {
    const headers = { "content-type": "application/json" };
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    const reply = await fetch(`${BASE_URL}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await reply.text();
    assert.ok(reply.ok, `${method} ${path} answers ${reply.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }

  invite(community, invitation) {
    return this.call("POST", `/communities/${community}/invitations`, invitation);
  }
}
