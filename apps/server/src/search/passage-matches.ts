/**
 * Where in passages a question matches. PostgreSQL says it of words, by marking them as for a headline, since only it
 * knows their forms; what matches letter by letter is found here.
 */
import { randomBytes } from "node:crypto";
import { contextOf, createOffsetMap, type Fragment } from "@concord/core";
import type { Database } from "../database/database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { PassageRow } from "./passage.queries.ts";
import { type Question, TextMode } from "./search-question.ts";
import { fromParserForm, fromPlainForm, parserForm, plainForm } from "./search-text.ts";
import type { Reading } from "./text-conditions.ts";

/** Matches of one passage at most. */
const MOST = 100;

/** Phrases of one question that are marked. */
const MOST_PHRASES = 10;

/** A match as the API shows it. */
export interface PassageMatch {
  start: number;
  end: number;
  quote: string;
  prefix: string;
  suffix: string;
}

/** The matches of each of these passages, in text order. */
export async function matchesOf(
  db: Database,
  question: Question,
  { byWords }: Reading,
  rows: readonly PassageRow[],
): Promise<PassageMatch[][]> {
  const plains = rows.map(({ text }) => plainForm(text));
  const isRead = rows.map(({ config }) => question.mode === TextMode.WORDS && byWords.includes(config));
  const marked = await markedWords(
    db,
    question,
    rows.flatMap(({ config }, index) =>
      isRead[index] ? [{ index, config, plain: plains[index] ?? "" }] : [],
    ),
  );
  return rows.map((row, index) => {
    const plain = plains[index] ?? "";
    const found = isRead[index]
      ? [...(marked.get(index) ?? []), ...question.strings.flatMap((part) => placesOf(plain, looseFor(part)))]
      : placesOf(plain, literally(question.plain));
    return merged(found).slice(0, MOST).map(showIn(row));
  });
}

/** Every place of a pattern in a plain form, in any case. */
function placesOf(plain: string, pattern: string): Fragment[] {
  return [...plain.matchAll(new RegExp(pattern, "giu"))].map(({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
  }));
}

/** A word of a script without spaces as PostgreSQL takes it: anything but letters may stand in it. */
function looseFor(part: string): string {
  return parserForm(part).trim().split(/ +/).map(literally).join(String.raw`[^\p{L}\p{N}]*`);
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

/** In order, what overlaps as one. */
function merged(places: readonly Fragment[]): Fragment[] {
  const result: Fragment[] = [];
  for (const place of places.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last && place.start < last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, place.end) };
    else result.push(place);
  }
  return result;
}

/** From a place in the plain form to the match in the document. */
function showIn({ text, start: offset }: PassageRow): (place: Fragment) => PassageMatch {
  const map = createOffsetMap(text);
  // Where the way back can't be told, the whole passage is what matches.
  const back = fromPlainForm(text) ?? (() => ({ start: 0, end: text.length }));
  return (place) => {
    const exact = back(place.start, place.end);
    const [start, end] = [map.toCodePoint(exact.start), map.toCodePoint(exact.end)];
    const quote = map.slice(start, end);
    return { start: offset + start, end: offset + end, quote, ...contextOf(map, [{ start, end }]) };
  };
}

/** A passage of which words are to be marked. */
interface Markable {
  index: number;
  config: string;
  plain: string;
}

/** The words and phrases of a question in each passage, as places in its plain form, by the passage's index. */
async function markedWords(
  db: Database,
  { words, phrases }: Question,
  passages: readonly Markable[],
): Promise<Map<number, Fragment[]>> {
  const terms = [words, ...phrases.slice(0, MOST_PHRASES)].filter((term) => term !== "");
  const places = new Map<number, Fragment[]>();
  if (terms.length === 0 || passages.length === 0) return places;
  const marker = randomBytes(8).toString("hex");
  const [open, close] = [`a${marker}`, `z${marker}`];
  const headlines = await db.sql.rows<{
    index: number;
    term: string;
    headline: string;
    query: string;
  }>(Prisma.sql`
    select p.index, t.term, websearch_to_tsquery(p.config::regconfig, t.term)::text as query,
      ts_headline(p.config::regconfig, p.text, websearch_to_tsquery(p.config::regconfig, t.term),
        ${`HighlightAll=true, StartSel=${open}, StopSel=${close}`}) as headline
    from unnest(${passages.map(({ index }) => index)}::int[], ${passages.map(({ config }) => config)}::text[],
        ${passages.map(({ plain }) => parserForm(plain))}::text[]) p(index, config, text),
      unnest(${terms}::text[]) t(term)`);
  const plains = new Map(passages.map(({ index, plain }) => [index, plain]));
  for (const { index, term, headline, query } of headlines) {
    const plain = plains.get(index) ?? "";
    const marks = marksIn(headline, parserForm(plain), open, close);
    const wanted = term === words ? marks : phrasesAmong(marks, parserForm(plain), query);
    const back = fromParserForm(plain);
    places.set(index, [...(places.get(index) ?? []), ...wanted.map(({ start, end }) => back(start, end))]);
  }
  return places;
}

/** Where the marked words of a headline stand in the text. */
function marksIn(headline: string, text: string, open: string, close: string): Fragment[] {
  const marks: Fragment[] = [];
  let at = 0;
  for (const [index, part] of headline.split(open).entries()) {
    const [word = "", rest = ""] = index === 0 ? ["", part] : part.split(close);
    if (word !== "") {
      // A headline leaves out words of more than 2 KB; the next ones stand further on then.
      const start = text.startsWith(word, at) ? at : text.indexOf(word, at);
      if (start < 0) break;
      marks.push({ start, end: start + word.length });
      at = start + word.length;
    }
    if (text.startsWith(rest, at)) at += rest.length;
  }
  return marks;
}

/** Of the marked words those that stand together as the phrase does, each time as one; all where that can't be told. */
function phrasesAmong(marks: readonly Fragment[], text: string, query: string): Fragment[] {
  const distances = [...query.matchAll(/ <(-|\d+)> /g)].map(([, gap]) => (gap === "-" ? 1 : Number(gap)));
  const span = distances.reduce((sum, distance) => sum + distance, 1);
  const found = marks.flatMap(({ start }, index) => {
    const last = marks[index + distances.length];
    if (!last) return [];
    const count = text.slice(start, last.end).match(/[\p{L}\p{M}\p{N}_]+/gu)?.length ?? 0;
    return count === span ? [{ start, end: last.end }] : [];
  });
  return found.length > 0 ? found : [...marks];
}
