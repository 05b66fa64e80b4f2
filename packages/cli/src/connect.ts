/** As whom, and to which server. */
import { type ConcordClient, createClient } from "@concord/client";
import type { Env } from "./env.ts";
import { EXIT, Failure } from "./failure.ts";
import { type Login, readLogin } from "./login-file.ts";

/** Fewer than the library tries: a person is waiting, for some seconds. */
const RETRIES = 5;

/**
 * The environment's address and token, else those of `concord login`. A kept token goes to the server it was kept for and
 * to no other.
 * @throws Failure when there is none
 */
export async function findLogin({ url, token, loginFile }: Env): Promise<Login> {
  if (url !== null && token !== null) return { url, token };
  const kept = await readLogin(loginFile);
  if (token !== null) {
    if (kept !== null) return { url: kept.url, token };
    throw new Failure("CONCORD_TOKEN is set, but no address: set CONCORD_URL too.", EXIT.usage);
  }
  if (kept === null)
    throw new Failure(
      "Nobody is signed in. Run concord login, or set CONCORD_URL and CONCORD_TOKEN.",
      EXIT.signedOut,
    );
  if (url !== null && addressOf(url) !== addressOf(kept.url))
    throw new Failure(
      `CONCORD_URL is ${url}, but the kept token is for ${kept.url}. Set CONCORD_TOKEN too, or run concord login ${url}.`,
      EXIT.signedOut,
    );
  return kept;
}

/** @throws Failure when the address is none */
export function connect({ url, token }: Login): ConcordClient {
  return createClient({ url: addressOf(url), token, retries: RETRIES });
}

/** @throws Failure when it is no address */
export function addressOf(url: string): string {
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol))
    throw new Failure(`${url} is no address; one looks like https://concord.example.org`, EXIT.usage);
  return address.href.replace(/\/+$/, "");
}
