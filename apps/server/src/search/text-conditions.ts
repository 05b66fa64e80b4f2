/** What is asked of a passage's text, as an SQL condition. */
import type { Database } from "../database/database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { LIMITS, text } from "../graphql/input-checks.ts";
import { type Question, readQuestion, TextMode } from "./search-question.ts";

/**
 * A question as it was sent.
 * @throws BAD_USER_INPUT naming the field where it is blank or too long
 */
export function askedFor(value: string, mode: TextMode | null | undefined, field: string): Question {
  return readQuestion(text(value, field, { max: LIMITS.search }), mode ?? TextMode.WORDS);
}

/** Whether a passage `p` has it letter by letter. */
const hasSubstring = ({ plain }: Question) =>
  Prisma.sql`p.text ilike ${`%${plain.replace(/[\\%_]/g, "\\$&")}%`}`;

/** By which configurations words are compared, and by which nothing is left of the question but its letters. */
export interface Reading {
  byWords: string[];
  byLetters: string[];
}

/**
 * How passages of these configurations are compared with a question: one of which a language leaves nothing, since it
 * knows all of it for words without meaning, or that has no word at all, is looked for letter by letter.
 */
export async function readingOf(
  db: Database,
  question: Question,
  configs: readonly string[],
): Promise<Reading> {
  if (question.mode === TextMode.SUBSTRING || configs.length === 0)
    return { byWords: [], byLetters: [...configs] };
  const rows = await db.sql.rows<{ config: string; nodes: number }>(
    Prisma.sql`select config, numnode(websearch_to_tsquery(config::regconfig, ${question.web})) as nodes
      from unnest(${[...configs]}::text[]) config`,
  );
  const named = (wanted: boolean) =>
    rows.filter(({ nodes }) => nodes > 0 === wanted).map(({ config }) => config);
  return { byWords: named(true), byLetters: named(false) };
}

/** The condition on a passage `p`. Each language's part stands alone, so that each finds its index. */
export function textCondition(question: Question, { byWords, byLetters }: Reading): Prisma.Sql {
  if (question.mode === TextMode.SUBSTRING) return hasSubstring(question);
  const parts = byWords.map(
    (config) =>
      Prisma.sql`(p.words @@ websearch_to_tsquery(${config}::regconfig, ${question.web}) and p.config = ${config})`,
  );
  if (byLetters.length > 0)
    parts.push(Prisma.sql`(${hasSubstring(question)} and p.config = any(${byLetters}::text[]))`);
  return parts.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(parts, " or ")})`;
}
