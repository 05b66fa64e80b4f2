/**
 * An answer over HTTP, of which long lists are written as text past the executor: it is given an empty list in their
 * place, and they are put in when the answer is sent.
 */
import type { ExecutionResult, FormattedExecutionResult } from "graphql";

/** A list that is text already. */
interface Splice {
  /** Where it belongs in `data`. */
  path: readonly (string | number)[];
  text: string;
}

/** What is noted of an answer while it is made. */
export interface Answer {
  splices: Splice[];
  /** Names of the people in the spliced lists, by id. */
  people: Map<string, string>;
  /** Revisions at which spliced lists were read. */
  revisions: Set<number>;
  /** A list was left to the executor: what it shows was not noted. */
  hasOtherLists: boolean;
  /** What is sent in place of what the executor made. */
  body: Buffer | null;
}

export function createAnswer(): Answer {
  return { splices: [], people: new Map(), revisions: new Set(), hasOtherLists: false, body: null };
}

/** A place in `data`, on the way to spliced lists or one of them. */
interface Place {
  text: string | null;
  below: Map<string, Place>;
}

function placesOf(splices: readonly Splice[]): Place {
  const root: Place = { text: null, below: new Map() };
  for (const { path, text } of splices) {
    let place = root;
    for (const key of path) {
      const next = place.below.get(String(key)) ?? { text: null, below: new Map() };
      place.below.set(String(key), next);
      place = next;
    }
    place.text = text;
  }
  return root;
}

function write(value: unknown, place: Place | undefined): string {
  // A parent that an error made null takes its lists with it.
  if (place === undefined || typeof value !== "object" || value === null) return JSON.stringify(value);
  if (place.text !== null) return place.text;
  if (Array.isArray(value))
    return `[${value.map((item, index) => write(item, place.below.get(String(index)))).join(",")}]`;
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${write(member, place.below.get(key))}`,
  );
  return `{${members.join(",")}}`;
}

/** The text of a result with its lists put in. */
export function writeAnswer(result: ExecutionResult | FormattedExecutionResult, { splices }: Answer): Buffer {
  const { data, errors, extensions } = result;
  const rest = JSON.stringify({ errors, extensions });
  const text = `{${rest === "{}" ? "" : `${rest.slice(1, -1)},`}"data":${write(data ?? null, placesOf(splices))}}\n`;
  return Buffer.from(text);
}
