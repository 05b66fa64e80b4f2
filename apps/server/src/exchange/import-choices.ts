/** What the one who imports has decided about a file: what its labels and relation types are here, and which column is what. */
import { FORMAT_IDS, type FormatId, type TableColumns } from "@concord/formats";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { badInput } from "../errors.ts";

const words = z.record(z.string(), z.string().nullable());

const columns = z.strictObject({
  text: z.string().exactOptional(),
  title: z.string().nullable().exactOptional(),
  sourceId: z.string().nullable().exactOptional(),
  language: z.string().nullable().exactOptional(),
  metadata: z.array(z.string()).nullable().exactOptional(),
});

const choicesSchema = z.object({
  labels: words.default({}),
  relationTypes: words.default({}),
  columns: columns.nullable().default(null),
});

/** Keys of the file's labels and relation types with those of the codebook; what has null is left out. */
export type WordChoices = Readonly<Record<string, string | null>>;

/** All decisions; of columns, what is not decided is guessed. */
export interface Choices {
  labels: WordChoices;
  relationTypes: WordChoices;
  columns: Partial<TableColumns> | null;
}

/** @throws ZodError when the column holds something else, which only a hand in the database can cause */
export function parseChoices(json: unknown): Choices {
  return choicesSchema.parse(json);
}

/** What is accepted where a format is named. */
export const IMPORT_FORMATS: readonly string[] = ["auto", "json", "ndjson", ...FORMAT_IDS];

/** The format as the reader takes it; `json` and `ndjson` are Concord's own in one of its shapes. */
export function readerFormat(asked: string): { format: FormatId | "auto"; shape?: "json" | "ndjson" } {
  if (asked === "json" || asked === "ndjson") return { format: "concord", shape: asked };
  return { format: FORMAT_IDS.find((id) => id === asked) ?? "auto" };
}

/** UTF-16 units of JSON in an address, all parameters together. */
const MAX_IN_ADDRESS = 64 * 1024;

const CHOICES = {
  labels: { schema: words, accepted: 'an object of keys, as {"PER":"speaker","MISC":null}' },
  relationTypes: { schema: words, accepted: 'an object of keys, as {"says":"states","rel":null}' },
  columns: {
    schema: columns,
    accepted:
      'an object of headings, as {"text":"Body","title":"Headline","sourceId":null,"language":null,"metadata":["Date"]}',
  },
} as const;

type ChoiceName = keyof typeof CHOICES;
const NAMES: readonly ChoiceName[] = ["labels", "relationTypes", "columns"];

/**
 * The decisions in an address, each a parameter of JSON.
 * @throws BAD_USER_INPUT naming the parameter, TOO_LARGE
 */
export function choicesInAddress(query: Readonly<Record<string, unknown>>): Partial<Choices> {
  let length = 0;
  const given: Record<string, unknown> = {};
  for (const name of NAMES) {
    const text = query[name];
    if (text === undefined) continue;
    if (typeof text !== "string") throw notAccepted(name);
    length += text.length;
    if (length > MAX_IN_ADDRESS)
      throw badInput(name, `${NAMES.join(", ")} together are at most ${MAX_IN_ADDRESS} characters.`);
    try {
      given[name] = JSON.parse(text);
    } catch {
      throw notAccepted(name);
    }
  }
  return choicesIn(given);
}

/**
 * The decisions among an object's members.
 * @throws BAD_USER_INPUT naming the member
 */
export function choicesIn(of: Readonly<Record<string, unknown>>): Partial<Choices> {
  const choices: Partial<Choices> = {};
  for (const name of NAMES) {
    if (of[name] === undefined) continue;
    const parsed = CHOICES[name].schema.safeParse(of[name]);
    if (!parsed.success) throw notAccepted(name);
    Object.assign(choices, { [name]: parsed.data });
  }
  return choices;
}

function notAccepted(name: ChoiceName) {
  return badInput(name, `${name} must be JSON, ${CHOICES[name].accepted}.`);
}

/**
 * Checks that the codebook has what the file's words are to become.
 * @throws BAD_USER_INPUT naming the word
 */
export async function requireTargets(
  { prisma }: Database,
  projectId: string,
  { labels = {}, relationTypes = {} }: Partial<Choices>,
): Promise<void> {
  const select = { key: true } as const;
  const keysOf = (choices: WordChoices) => Object.values(choices).filter((key) => key !== null);
  const [knownLabels, knownTypes] = await Promise.all([
    prisma.label.findMany({ where: { projectId, key: { in: keysOf(labels) } }, select }),
    prisma.relationType.findMany({ where: { projectId, key: { in: keysOf(relationTypes) } }, select }),
  ]);
  requireAll("labels", "label", labels, knownLabels);
  requireAll("relationTypes", "relation type", relationTypes, knownTypes);
}

function requireAll(
  field: string,
  what: string,
  choices: WordChoices,
  known: readonly { key: string }[],
): void {
  const keys = new Set(known.map(({ key }) => key));
  for (const [theirs, ours] of Object.entries(choices))
    if (ours !== null && !keys.has(ours))
      throw badInput(
        `${field}.${theirs}`,
        `${field}.${theirs} must be the key of a ${what} in the codebook, or null; there is no ${JSON.stringify(ours)}.`,
      );
}
