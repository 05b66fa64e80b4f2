/**
 * Tokens of links that work once: the first owner's, invitations, lost passwords. They are derived from the installation's secret,
 * so nothing of them is stored, and every server and every start gives the same. Whether one was used is the row's matter.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { parse } from "uuid";

const ID_BYTES = 16;
const MAC_BYTES = 32;

/** HMAC-SHA256 of a purpose and what it is for; purposes keep one kind of token from passing as another. */
export function derive(secret: string, purpose: string, subject: string): Buffer {
  return createHmac("sha256", secret).update(`${purpose}:${subject}`).digest();
}

/** The token of the link with which the first owner sets a sign-in up. */
export function setUpToken(secret: string, ownerId: string): string {
  return derive(secret, "set-up", ownerId).toString("base64url");
}

/** Whether a token is the first owner's. */
export function isSetUpToken(secret: string, ownerId: string, token: string): boolean {
  const given = Buffer.from(token, "base64url");
  return given.length === MAC_BYTES && timingSafeEqual(given, derive(secret, "set-up", ownerId));
}

/** What the row behind a link is; a token for one is none for another. */
type RowPurpose = "invitation" | "password-reset";

/** The token of the link that a row stands for; it carries the row's id. */
export function rowToken(secret: string, purpose: RowPurpose, id: string): string {
  return Buffer.concat([parse(id), derive(secret, purpose, id)]).toString("base64url");
}

/** The id of the row that a token is for; null for a token that this installation has not made for this purpose. */
export function rowIdOf(secret: string, purpose: RowPurpose, token: string): string | null {
  const given = Buffer.from(token, "base64url");
  if (given.length !== ID_BYTES + MAC_BYTES) return null;
  // Not validated as a UUID: only what carries our HMAC goes further.
  const hex = given.toString("hex", 0, ID_BYTES);
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return timingSafeEqual(given.subarray(ID_BYTES), derive(secret, purpose, id)) ? id : null;
}

/** A token's link. It stands after the #, so that no server and no proxy ever logs it. */
export function linkOf(publicOrigin: string, page: "start" | "join" | "reset", token: string): string {
  return `${publicOrigin}/${page}#${token}`;
}
