/** Makes the annotation that a line asks for, against the document it names. */
import { createHash } from "node:crypto";
import { type ConcordClient, ConcordError, CreateAnnotation, ReadDocument } from "@concord/client";
import { createOffsetMap, type OffsetMap } from "@concord/core";
import { type AnnotationLine, LineProblem, parseLine, placeOf } from "./annotation-line.ts";
import { UUID } from "./find-project.ts";

/** What became of a line. */
export type LineOutcome =
  | { line: number; ok: true; annotation: string | null; revision: number | null; quote: string }
  | { line: number; ok: false; code: string; field: string | null; message: string };

export interface ApplyOptions {
  document?: string;
  label?: string;
  /** Only checks. */
  dryRun: boolean;
  /** Makes anew what an earlier run of the same lines has made. */
  again: boolean;
}

/** What a line is checked against. */
interface Target {
  map: OffsetMap;
  /** Label ids by key and by id; those that are put away are not among them. */
  labels: ReadonlyMap<string, string>;
}

/** Documents that are kept at a time: files are mostly ordered by them. */
const KEPT = 16;

/**
 * Applies lines in any order; what is wrong with one is its outcome.
 * @throws ConcordError for what is wrong with all of them: the server is away, the token is wrong
 */
export function createApply(
  client: ConcordClient,
  options: ApplyOptions,
): (json: string, line: number) => Promise<LineOutcome> {
  const targets = new Map<string, Promise<Target>>();
  const identify = createIdentify();

  function targetOf(id: string): Promise<Target> {
    const target = targets.get(id) ?? readTarget(client, id);
    // Last in is last out; a failure is asked for anew.
    targets.delete(id);
    targets.set(id, target);
    target.catch(() => targets.delete(id));
    const [oldest] = targets.keys();
    if (targets.size > KEPT && oldest !== undefined) targets.delete(oldest);
    return target;
  }

  async function apply(asked: AnnotationLine, line: number, clientMutationId: string): Promise<LineOutcome> {
    const { map, labels } = await targetOf(asked.document);
    const labelId = labels.get(asked.label);
    if (labelId === undefined)
      throw new LineProblem(
        "label",
        `The project's labels are ${[...labels.keys()].filter((key) => !UUID.test(key)).join(", ")}.`,
      );
    const fragments = placeOf(asked, map);
    const quote = fragments.map(({ start, end }) => map.slice(start, end)).join(" ");
    if (options.dryRun) return { line, ok: true, annotation: null, revision: null, quote };
    const { id, note, attributes } = asked;
    const { createAnnotation } = await client.mutate(CreateAnnotation, {
      ...(options.again ? {} : { clientMutationId }),
      documentId: asked.document,
      labelId,
      fragments,
      ...(id === undefined ? {} : { id }),
      ...(note === undefined ? {} : { note }),
      ...(attributes === undefined ? {} : { attributes }),
    });
    const { annotation, revision } = createAnnotation;
    return { line, ok: true, annotation: annotation.id, revision, quote };
  }

  return async (json, line) => {
    try {
      const asked = parseLine(json, options);
      return await apply(asked, line, identify(asked));
    } catch (error) {
      const { field } = Object(error);
      if (error instanceof LineProblem)
        return { line, ok: false, code: "BAD_LINE", field: error.field, message: error.message };
      if (!(error instanceof ConcordError) || ENDING.has(error.code)) throw error;
      return { line, ok: false, code: error.code, field: field ?? null, message: error.message };
    }
  };
}

const ENDING = new Set<string>(["UNREACHABLE", "NOT_CONCORD", "UNAUTHENTICATED", "INTERNAL_SERVER_ERROR"]);

async function readTarget(client: ConcordClient, id: string): Promise<Target> {
  if (!UUID.test(id)) throw new LineProblem("document", "It must be the id of a document.");
  const { document } = await client.query(ReadDocument, { id });
  if (document === null)
    throw new ConcordError("NOT_FOUND", `There is no document ${id}, or you have no access to it.`, {
      field: "document",
    });
  const usable = document.project.labels.filter(({ archivedAt }) => archivedAt === null);
  const labels = new Map(
    usable.flatMap(({ key, id: labelId }) => [[key, labelId] as const, [labelId, labelId] as const]),
  );
  return { map: createOffsetMap(document.text), labels };
}

/**
 * A line's clientMutationId comes from what it says, so that a file that was half applied can be applied again. A line that
 * stands twice in a file is meant twice.
 */
function createIdentify(): (asked: AnnotationLine) => string {
  const seen = new Map<string, number>();
  return (asked) => {
    const hash = createHash("sha256").update(JSON.stringify(asked)).digest("hex");
    const before = seen.get(hash) ?? 0;
    seen.set(hash, before + 1);
    return `annotate-${hash}-${before}`;
  };
}
