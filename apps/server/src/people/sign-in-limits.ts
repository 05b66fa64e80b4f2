/**
 * Failed sign-ins an hour, counted for an address and for an account, over all servers: the counts are in PostgreSQL.
 * A try is charged before the password is looked at and given back when it was not a failure, so that many tries at
 * once can't slip through between a look and a count.
 */
import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import type { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

const FAILURES_AN_HOUR = 50;
const HOUR = 3_600;
const TABLE = "failed_sign_in";
/** How often expired counts are cleared away; ms. */
const CLEARING = 300_000;

/** A try that was charged, or a refusal. */
type Try = { allowed: true; forgive: () => Promise<void> } | { allowed: false; retryAfterSeconds: number };

export interface SignInLimits {
  /**
   * Charges one try.
   * @param email of the account that is tried, whether there is one or not; null where none is named
   */
  charge(address: string, email: string | null): Promise<Try>;
  /** Forgets the failures of an account, whose password is a new one; those of addresses stay. */
  forget(email: string): Promise<void>;
}

/** Who counts as one address: an IPv4 address, or the /64 that one IPv6 customer has to himself. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.toLowerCase().replace(/%.*$/, "").split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

/** E-mail addresses that were tried are nobody's business: a hash is as good a key. */
function accountKey(email: string): string {
  return createHash("sha256").update(email.trim().toLowerCase()).digest("base64url");
}

function limiterOf(pool: Pool, keyPrefix: string): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: pool,
    storeType: "pool",
    tableName: TABLE,
    // By the migrations, as every table.
    tableCreated: true,
    keyPrefix,
    points: FAILURES_AN_HOUR,
    duration: HOUR,
    // Its own timer never ends; see `charge`.
    clearExpiredByTimeout: false,
  });
}

/** Takes one point; the milliseconds to wait where there is none left. */
async function take(limiter: RateLimiterPostgres, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return refusal.msBeforeNext;
  }
}

/** Starts counting. */
export function createSignInLimits(pool: Pool): SignInLimits {
  const addresses = limiterOf(pool, "address");
  const accounts = limiterOf(pool, "account");
  let cleared = 0;

  return {
    async charge(address, email) {
      if (Date.now() - cleared > CLEARING) {
        cleared = Date.now();
        await pool.query(`delete from ${TABLE} where expire < $1`, [cleared]);
      }
      const keys: [RateLimiterPostgres, string][] = [[addresses, addressKey(address)]];
      if (email !== null) keys.push([accounts, accountKey(email)]);

      const charged: [RateLimiterPostgres, string][] = [];
      const forgive = async () => {
        await Promise.all(charged.map(([limiter, key]) => limiter.reward(key)));
      };
      for (const [limiter, key] of keys) {
        const wait = await take(limiter, key);
        charged.push([limiter, key]);
        if (wait === null) continue;
        // What is refused was no failed sign-in.
        await forgive();
        return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(wait / 1_000)) };
      }
      return { allowed: true, forgive };
    },
    async forget(email) {
      await accounts.delete(accountKey(email));
    },
  };
}
