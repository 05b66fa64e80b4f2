/** Operation texts of sockets, parsed and validated once: a thousand watchers send the same one. */
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  validate,
  visit,
} from "graphql";
import { MAX_TOKENS } from "./limits.ts";

/** Characters of text that are kept at most, the longest unused going first. */
const MAX_KEPT = 4_000_000;

/** A text as a document, and what was learned about it. */
export interface PreparedDocument {
  text: string;
  document: DocumentNode;
  /** Why it can't run; empty when it can. */
  errors: readonly GraphQLError[];
  /** The variable that only says from where to resume: watchers who differ in nothing else get the same messages. */
  resumesFrom: string | null;
  /** Its answer depends on who asks, as an execution has shown. */
  isPersonal: boolean;
}

/** The variable given as `afterRevision`, unless it is used elsewhere too. */
function findResumeVariable(document: DocumentNode): string | null {
  let found: string | null = null;
  const uses = new Map<string, number>();
  visit(document, {
    enter(node) {
      // Its own variable is no use of it.
      if (node.kind === Kind.VARIABLE_DEFINITION) return false;
      if (node.kind === Kind.VARIABLE) uses.set(node.name.value, (uses.get(node.name.value) ?? 0) + 1);
      if (node.kind === Kind.ARGUMENT && node.name.value === "afterRevision")
        found = node.value.kind === Kind.VARIABLE ? node.value.name.value : null;
      return undefined;
    },
  });
  return found !== null && uses.get(found) === 1 ? found : null;
}

/** Prepares texts; throws what parsing throws. */
export function createDocuments(schema: GraphQLSchema): (text: string) => PreparedDocument {
  const kept = new Map<string, PreparedDocument>();
  let size = 0;

  function keep(prepared: PreparedDocument): void {
    kept.set(prepared.text, prepared);
    size += prepared.text.length;
    for (const [text] of kept) {
      if (size <= MAX_KEPT) break;
      kept.delete(text);
      size -= text.length;
    }
  }

  return (text) => {
    const known = kept.get(text);
    if (known) {
      // To the end of the line.
      kept.delete(text);
      kept.set(text, known);
      return known;
    }
    const document = parse(text, { maxTokens: MAX_TOKENS });
    const errors = validate(schema, document);
    const prepared = { text, document, errors, resumesFrom: findResumeVariable(document), isPersonal: false };
    keep(prepared);
    return prepared;
  };
}
