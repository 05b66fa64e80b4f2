// A comment's text as it is shown: what names a member after an @ is marked, what is an address can be followed. Pure.
import type { Person } from "../model/entities.ts";

export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string }
  | { readonly kind: "mention"; readonly text: string; readonly person: Person };

/** An @ where no word goes on, or an address. */
const BEGINNINGS = /(?<![\p{L}\p{N}_])@|https?:\/\/[^\s<>"]+/gu;
const GOES_ON = /^[\p{L}\p{M}\p{N}_]/u;
/** What ends a sentence and not an address. */
const TRAILING = /[.,;:!?'’”\]]+$/u;

function withoutSentence(found: string): string {
  const text = found.replace(TRAILING, "");
  // a bracket that the address itself has opened belongs to it
  const isForeign = text.endsWith(")") && text.split("(").length < text.split(")").length;
  return isForeign ? withoutSentence(text.slice(0, -1)) : text;
}

function addressOf(found: string): { text: string; href: string } | null {
  const text = withoutSentence(found);
  return URL.canParse(text) ? { text, href: new URL(text).href } : null;
}

/** The member whose whole name stands here; of “Dov” and “Dov Lindqvist” the longer. */
function namedAt(body: string, at: number, people: readonly Person[]): Person | null {
  let found: Person | null = null;
  for (const person of people) {
    const { name } = person;
    const isHere = name !== "" && body.startsWith(name, at) && !GOES_ON.test(body.slice(at + name.length));
    if (isHere && name.length > (found?.name.length ?? 0)) found = person;
  }
  return found;
}

export function partsOf(body: string, people: readonly Person[]): Part[] {
  const parts: Part[] = [];
  let done = 0;
  const add = (at: number, part: Part) => {
    if (at > done) parts.push({ kind: "text", text: body.slice(done, at) });
    parts.push(part);
    done = at + part.text.length;
  };
  for (const { index, 0: found } of body.matchAll(BEGINNINGS)) {
    if (index < done) continue;
    const person = found === "@" ? namedAt(body, index + 1, people) : null;
    if (person !== null) add(index, { kind: "mention", text: `@${person.name}`, person });
    const address = found === "@" ? null : addressOf(found);
    if (address !== null) add(index, { kind: "link", ...address });
  }
  if (done < body.length) parts.push({ kind: "text", text: body.slice(done) });
  return parts;
}

export function mentions(body: string, personId: string, people: readonly Person[]): boolean {
  return partsOf(body, people).some((part) => part.kind === "mention" && part.person.id === personId);
}
