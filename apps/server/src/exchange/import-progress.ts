/** What a server that goes on with an import job must know, as the job's row keeps it. */
import { z } from "zod";

const wordsSchema = z.object({ name: z.string(), description: z.string(), guidelines: z.string() });

/** What was decided when the header came in. */
const headerSchema = z.object({
  /** The project was empty: it takes over the file's name, description and guidelines when the job is done. */
  takesOver: z.boolean(),
  /** The untouched default codebook made room for the file's. */
  replacedDefault: z.boolean(),
  /** Whether work comes in under its authors' names; else it is the maker's. */
  namesAuthors: z.boolean(),
  /** Persons by the ids that the file has for them. */
  people: z.array(z.tuple([z.string(), z.string()])),
  /** What the job made, for undoing it. */
  madeLabels: z.array(z.string()),
  madeRelationTypes: z.array(z.string()),
  madePeople: z.array(z.string()),
  /** The place of the project's last document before the import; 0 where there was none. */
  lastPosition: z.number().default(0),
  /** What the project's own words were before it took over the file's, and those. */
  tookOver: z.object({ before: wordsSchema, after: wordsSchema }).nullable().default(null),
});

const progressSchema = z.object({
  /** A job that is still being uploaded is nobody's business. */
  phase: z.enum(["upload", "read", "undo"]),
  /** How often it was taken since it last came forward. */
  attempts: z.number().int(),
  /** The document to go on with, from 0; in the undoing, how many are left to undo. */
  next: z.number().int(),
  /** All problems, also those that were not kept. */
  problemCount: z.number().int(),
  header: headerSchema.nullable(),
  /** What the job ends as when it is undone. */
  outcome: z.enum(["FAILED", "CANCELLED"]).nullable(),
  /** Who takes a done job back; null while it is its maker's. */
  undoneBy: z.string().nullable().default(null),
});

/** How far a job has come. */
export type Progress = z.infer<typeof progressSchema>;

/** Of a job that nothing was done for yet. */
export function freshProgress(phase: Progress["phase"]): Progress {
  return { phase, attempts: 0, next: 0, problemCount: 0, header: null, outcome: null, undoneBy: null };
}

/** @throws ZodError when the column holds something else, which only a hand in the database can cause */
export function parseProgress(json: unknown): Progress {
  return progressSchema.parse(json);
}
