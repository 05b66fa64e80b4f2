/** The secrets that scripts sign in with: 256 bits behind a prefix that a leak scanner can find. Only hashes are stored. */
import { createHash, randomBytes } from "node:crypto";
import { derive } from "./one-time-token.ts";

const PREFIX = "concord_";

/** SHA-256 of a secret: what is stored and looked up in its place. */
export function hashSecret(secret: string): Buffer<ArrayBuffer> {
  return createHash("sha256").update(secret).digest();
}

/** A secret of random bits that nothing can give again. */
export function randomSecret(): string {
  return PREFIX + randomBytes(32).toString("base64url");
}

/** Random bits for `secretOf`. */
export function newSalt(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * The secret of a token that a retry must give once more.
 * The salt lives only in the remembered outcome of the mutation, so once that is forgotten, or where nothing is
 * remembered, the database holds nothing that the secret follows from.
 */
export function secretOf(authSecret: string, tokenId: string, salt: string): string {
  return PREFIX + derive(authSecret, "token", `${tokenId}:${salt}`).toString("base64url");
}

/** The secret in an Authorization header; null where it is not of the form `Bearer SECRET`. ADMIN_TOKEN may have any visible sign of ASCII. */
export function bearerSecret(authorization: string): string | null {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization)?.[1] ?? null;
}
