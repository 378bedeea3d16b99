// The pages on which requests are reported and seen through.

import { settled } from "./browser.mjs";
import { photo } from "./photo.mjs";

export class Report {
  constructor(page) {
    this.page = page;
  }

  async open() {
    await this.page.getByRole("link", { name: "Report" }).last().click();
    await this.page.getByRole("heading", { name: "What is it about?" }).waitFor();
    await settled(this.page);
  }

  async goOn() {
    await this.page.getByRole("button", { name: "Continue" }).click();
  }

  async category(name) {
    await this.page.getByRole("radio", { name, exact: true }).check();
  }

  async what(title, description) {
    await this.page.getByRole("heading", { name: "What is wrong?" }).waitFor();
    await this.page.getByLabel("In a few words").fill(title);
    await this.page.getByLabel("More about it").fill(description);
    await addPhoto(this.page, photo("tap.png"));
  }

  async where(hint) {
    await this.page.getByRole("heading", { name: "Where is it?" }).waitFor();
    await this.page.getByLabel("Where exactly").fill(hint);
  }

  async urgency(name) {
    await this.page.getByRole("heading", { name: "How urgent is it?" }).waitFor();
    await this.page.getByRole("radio", { name }).check();
  }

  /** Sends it and gives its number. */
  async send() {
    await this.page.getByRole("button", { name: "Send report" }).click();
    await this.page.getByRole("heading", { name: "Report sent" }).waitFor();
    return this.page.locator(".sent__number .number").innerText();
  }
}

/** Adds a photo to the picker in view and waits until it is uploaded. */
export async function addPhoto(page, file) {
  await page.locator("input[type=file]:visible").setInputFiles(file);
  await page.getByRole("img", { name: "Your photo" }).waitFor();
}

export class Request {
  constructor(page) {
    this.page = page;
  }

  async open(community, number) {
    await this.page.goto(`/c/${community}/requests/${number}`);
    await settled(this.page);
  }

  /** Presses the button of an action, wherever this device has it. */
  async press(action) {
    await this.page.getByRole("button", { name: action, exact: true }).and(this.page.locator(":visible")).first().click();
  }

  dialog(action) {
    return this.page.getByRole("dialog", { name: action });
  }

  /** Sends the form of an action and waits until it is gone. */
  async confirm(action) {
    const dialog = this.dialog(action);
    await dialog.getByRole("button", { name: action, exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  }

  async hasState(state) {
    await this.page.locator(".badge:visible", { hasText: state }).first().waitFor();
  }
}
