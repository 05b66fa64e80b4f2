/** Pages by keyset: a cursor is the sort key of a row, so a page stays right while others write. */
import { findUnstorable } from "@concord/core";
import { badInput } from "../errors.ts";
import { UUID } from "./input-checks.ts";

/** The most rows a page may have. */
export const MAX_PAGE = 20_000;

/** A page of rows with the cursors of each. */
export interface Connection<Row> {
  edges: { node: Row; cursor: string }[];
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  /** Asked only when `totalCount` is. */
  countAll: () => Promise<number>;
}

/**
 * How many rows are wanted; null means the default.
 * @throws BAD_USER_INPUT outside 0 to 20,000
 */
export function pageSize(first: number | null | undefined, fallback: number): number {
  const size = first ?? fallback;
  if (size < 0 || size > MAX_PAGE) throw badInput("first", `first must be 0 to ${MAX_PAGE}, not ${size}.`);
  return size;
}

/** What a cursor's parts must be, in order. "integer" has 32 bits, "bigint" as many as JavaScript's own. */
export type KeyPart = "integer" | "bigint" | "string" | "uuid";

const PART_CHECKS: Record<KeyPart, (part: unknown) => boolean> = {
  integer: (part) => typeof part === "number" && (part | 0) === part,
  bigint: (part) => Number.isSafeInteger(part),
  string: (part) => typeof part === "string" && findUnstorable(part) === null,
  uuid: (part) => typeof part === "string" && UUID.test(part),
};

/** A cursor that names a row by its sort key. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/**
 * The sort key that a cursor names; null for none.
 * @throws BAD_USER_INPUT when it is not a cursor of this list
 */
export function decodeCursor(
  after: string | null | undefined,
  parts: readonly KeyPart[],
): (string | number)[] | null {
  if (after === null || after === undefined) return null;
  const refuse = () =>
    badInput("after", "after is not a cursor of this list; take endCursor or cursor from an earlier page.");
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(after, "base64url").toString("utf8"));
  } catch {
    throw refuse();
  }
  if (!Array.isArray(key) || key.length !== parts.length) throw refuse();
  if (!parts.every((part, index) => PART_CHECKS[part](key[index]))) throw refuse();
  return key;
}

/**
 * Makes a page from rows of which one more than asked for was read.
 * @param rows at most `size + 1`, in order
 */
export function connectionOf<Row>(
  rows: Row[],
  size: number,
  keyOf: (row: Row) => readonly (string | number)[],
  countAll: () => Promise<number>,
): Connection<Row> {
  const nodes = rows.slice(0, size);
  const last = nodes.at(-1);
  return {
    nodes,
    // Cursors cost more than rows, and are seldom asked for.
    get edges() {
      return nodes.map((node) => ({ node, cursor: encodeCursor(keyOf(node)) }));
    },
    pageInfo: {
      hasNextPage: rows.length > size,
      endCursor: last === undefined ? null : encodeCursor(keyOf(last)),
    },
    countAll,
  };
}
