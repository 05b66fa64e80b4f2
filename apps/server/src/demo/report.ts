/** What a report of the demo project is written down as: marks by their words, not by their places. */
import type { DemoLabel, DemoRelationType } from "./demo-codebook.ts";

/** The two who have annotated the demo; invented, and unable to sign in. */
export const ANNOTATORS = { yara: "Yara Quillon", tobin: "Tobin Hartwell" } as const;

/** One of the two. */
export type Annotator = keyof typeof ANNOTATORS;

/** A report with everything that was made in it. */
export interface Report {
  title: string;
  language: string;
  metadata: Record<"source" | "date" | "place", string>;
  text: string;
  /** How many days before the first start it came into the project. */
  daysAgo: number;
  /** Who read it first, and made what names nobody else. */
  by: Annotator;
  annotations: readonly ReportAnnotation[];
  relations: readonly ReportRelation[];
}

/** One mark, by the words it is on. */
export interface ReportAnnotation {
  /** What relations call it; unique in the report. */
  ref: string;
  label: DemoLabel;
  /** Several where the mark pauses; each is looked for after the one before. */
  quote: string | readonly string[];
  /** Which occurrence of the (first) quote is meant, from 1; 1 where nothing is said. */
  occurrence?: number;
  by?: Annotator;
  attributes?: Record<string, string | number | boolean>;
  note?: string;
  /** Who has changed it since. */
  changedBy?: Annotator;
  /** What was said about it, in order. */
  comments?: readonly ReportComment[];
}

/** One turn of a discussion. */
export interface ReportComment {
  by: Annotator;
  body: string;
  resolved?: true;
}

/** One link between two marks, by their refs; made by who made the later of the two. */
export interface ReportRelation {
  type: DemoRelationType;
  source: string;
  target: string;
}
