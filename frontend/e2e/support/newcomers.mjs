// People whom a test makes for itself, so that it disturbs no other.

import { randomBytes } from "node:crypto";
import { Api } from "./api.mjs";

export const FIRST_PASSWORD = "seven-herons-fly-2026";
export const OWN_PASSWORD = "eight-otters-swim-2026";

/** A name that no other test uses. */
export function unique(stem) {
  return `${stem}-${randomBytes(4).toString("hex")}`;
}

/** Somebody without e-mail in the estate, with a password of their own. */
export async function newcomer(name) {
  const manager = await Api.as("manager");
  const signInName = unique("e2e");
  const member = await manager.call("POST", "/communities/willow-park/members", {
    display_name: name,
    sign_in_name: signInName,
    password: FIRST_PASSWORD,
    roles: ["resident"],
  });
  const login = `${signInName}@willow-park`;
  const themselves = await Api.with(login, FIRST_PASSWORD);
  await themselves.call("POST", "/account/password", { current_password: FIRST_PASSWORD, password: OWN_PASSWORD });
  return { login, member, name };
}

/** Somebody of the estate who asks to join the town. */
export async function applicant(name, note) {
  const person = await newcomer(name);
  const themselves = await Api.with(person.login, OWN_PASSWORD);
  await themselves.call("POST", "/account/memberships", { display_name: name, community: "old-town", note });
  return person;
}
