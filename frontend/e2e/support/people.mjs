// Who signs in, and how.

import { settled } from "./browser.mjs";

export const PASSWORD = "demo-password-2026";

export class SignIn {
  constructor(page) {
    this.page = page;
  }

  async open(path = "/sign-in") {
    await this.page.goto(path);
    await this.page.getByRole("heading", { name: "Sign in" }).waitFor();
  }

  async as(who, password = PASSWORD) {
    await this.with(`${who}@demo.test`, password);
  }

  async with(login, password) {
    await this.page.getByLabel("E-mail").fill(login);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }
}

/** Signs in and waits for the start page; `path` is where one wanted to go. */
export async function signIn(page, who, path = "/sign-in") {
  const door = new SignIn(page);
  await door.open(path);
  await door.as(who);
  await page.locator("#page-title").waitFor();
  await settled(page);
  return page;
}

/** The same for anybody, by e-mail or sign-in name; `arrives` unless something else comes first. */
export async function signInAs(page, login, password, path = "/sign-in", { arrives = true } = {}) {
  const door = new SignIn(page);
  await door.open(path);
  await door.with(login, password);
  if (arrives) {
    await page.locator("#page-title").waitFor();
    await settled(page);
  }
  return page;
}
