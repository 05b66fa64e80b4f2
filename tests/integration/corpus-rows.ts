// Rows written by hand, and the corpus they must become.
import { createHash } from "node:crypto";
import type pg from "pg";

/** A readable UUID: the same letters and number, the same id. */
export function uuid(kind: string, number: number): string {
  return `${kind.repeat(8)}-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
}

export const PROJECT = uuid("a", 1);
const NOBODY = uuid("b", 1);
export const ILSE = uuid("b", 2);
export const DOV = uuid("b", 3);
const TIME = "2026-03-12T09:30:00.120Z";
const LATER = "2026-03-13T00:00:00.000Z";

async function insert(pool: pg.Pool, table: string, ...rows: Record<string, unknown>[]): Promise<void> {
  for (const row of rows) {
    const columns = Object.keys(row).map((column) => `"${column}"`);
    const marks = columns.map((_, index) => `$${index + 1}`);
    await pool.query(
      `insert into "${table}" (${columns.join(", ")}) values (${marks.join(", ")})`,
      Object.values(row),
    );
  }
}

const sha256 = (text: string) => createHash("sha256").update(text).digest();

const document = (number: number, position: number, text: string, more: Record<string, unknown> = {}) => ({
  id: uuid("d", number),
  project_id: PROJECT,
  position,
  title: `Document ${number}`,
  text,
  length: [...text].length,
  sha256: sha256(text),
  created_at: TIME,
  ...more,
});

const layer = (number: number, more: Record<string, unknown> = {}) => ({
  id: uuid("e", number),
  document_id: uuid("d", number),
  project_id: PROJECT,
  kind: "SHARED",
  ...more,
});

const span = (number: number, fragments: number[], quote: string) => ({
  id: uuid("5", number),
  document_id: uuid("d", 1),
  start: fragments[0],
  end: fragments.at(-1),
  fragments,
  quote,
  prefix: "",
  suffix: "",
});

const annotation = (
  number: number,
  spanNumber: number,
  start: number,
  end: number,
  more: Record<string, unknown> = {},
) => ({
  id: uuid("f", number),
  project_id: PROJECT,
  document_id: uuid("d", 1),
  layer_id: uuid("e", 1),
  span_id: uuid("5", spanNumber),
  start,
  end,
  label_id: uuid("c", 1),
  created_by: ILSE,
  created_at: TIME,
  updated_by: ILSE,
  updated_at: TIME,
  ...more,
});

const relation = (number: number, source: number, target: number, more: Record<string, unknown> = {}) => ({
  id: uuid("6", number),
  project_id: PROJECT,
  document_id: uuid("d", 1),
  layer_id: uuid("e", 1),
  type_id: uuid("c", 8),
  source_id: uuid("f", source),
  target_id: uuid("f", target),
  created_by: ILSE,
  created_at: TIME,
  ...more,
});

const comment = (number: number, body: string, more: Record<string, unknown> = {}) => ({
  id: uuid("7", number),
  project_id: PROJECT,
  document_id: uuid("d", 1),
  layer_id: uuid("e", 1),
  annotation_id: uuid("f", 1),
  body,
  author_id: ILSE,
  created_at: TIME,
  updated_at: LATER,
  ...more,
});

/** Everything JSON has to escape, and some that it must not. */
export const AWKWARD = `"\\/${Array.from({ length: 31 }, (_, index) => String.fromCharCode(index + 1)).join("")}\u007f\u2028é😀`;

/** The project with its people and its codebook. */
export async function insertProject(pool: pg.Pool): Promise<void> {
  await insert(
    pool,
    "person",
    { id: NOBODY, name: "Nobody" },
    { id: DOV, name: "Dov" },
    { id: ILSE, name: AWKWARD },
  );
  await insert(pool, "project", { id: PROJECT, name: "Sarn", description: AWKWARD, guidelines: "# Rules" });
  const definition = {
    key: "stance",
    name: "Stance",
    kind: "CHOICE",
    choices: ["for", "against"],
    required: false,
  };
  await insert(
    pool,
    "label",
    {
      id: uuid("c", 2),
      project_id: PROJECT,
      key: "claim",
      name: "Claim",
      color: "RUST",
      shortcut: "c",
      position: 2,
      attributes: JSON.stringify([definition]),
    },
    {
      id: uuid("c", 1),
      project_id: PROJECT,
      key: "speaker",
      name: "Speaker",
      color: "INDIGO",
      position: 1,
      description: "Who",
    },
  );
  await insert(pool, "label", {
    id: uuid("c", 3),
    project_id: PROJECT,
    key: "assertion",
    name: "Assertion",
    color: "STONE",
    position: 0,
    parent_id: uuid("c", 2),
    archived_at: TIME,
  });
  await insert(pool, "relation_type", {
    id: uuid("c", 8),
    project_id: PROJECT,
    key: "states",
    name: "states",
    position: 1,
  });
  await insert(pool, "relation_type", {
    id: uuid("c", 9),
    project_id: PROJECT,
    key: "same-as",
    name: "same as",
    position: 0,
  });
  for (const [end, label] of [
    ["SOURCE", 1],
    ["TARGET", 2],
    ["TARGET", 3],
  ] as const) {
    await insert(pool, "relation_type_end", {
      relation_type_id: uuid("c", 8),
      end,
      label_id: uuid("c", label),
    });
  }
}

/** Its documents with what hangs on them, and with all that must not be exported. */
export async function insertDocuments(pool: pg.Pool): Promise<void> {
  const metadata = JSON.stringify({ "😀": 1, "～": { b: [1.0, 1e21, 1e-7], a: null }, long: true, z: "" });
  await insert(
    pool,
    "document",
    document(2, 1, ""),
    document(3, 2, "gone", { deleted_at: TIME }),
    document(1, 9, `😀 ${AWKWARD} said so`, { source_id: "wire-1", language: "en", metadata }),
  );
  await insert(pool, "layer", layer(1), layer(2), layer(3));
  await insert(pool, "layer", layer(1, { id: uuid("e", 9), kind: "PERSONAL", owner_id: NOBODY }));
  await insert(
    pool,
    "span",
    span(1, [0, 1], "😀"),
    span(2, [0, 1, 3, 5, 9, 10], "😀 a b"),
    span(3, [2, 4], AWKWARD),
  );
  const attributes = JSON.stringify({ stance: "for", "～": 1e21, "😀": 2, a: true });
  await insert(
    pool,
    "annotation",
    annotation(4, 3, 2, 4, {
      note: AWKWARD,
      origin: "SUGGESTION",
      label_id: uuid("c", 2),
      attributes,
      version: 3,
      updated_by: DOV,
      updated_at: LATER,
    }),
    annotation(3, 2, 0, 10),
    annotation(2, 1, 0, 1),
    annotation(1, 1, 0, 1),
    annotation(5, 1, 0, 1, { deleted_at: TIME, created_by: NOBODY }),
    annotation(6, 1, 0, 1, { layer_id: uuid("e", 9), created_by: NOBODY }),
    annotation(7, 1, 0, 1, { document_id: uuid("d", 3), layer_id: uuid("e", 3), created_by: NOBODY }),
  );
  await insert(
    pool,
    "relation",
    relation(2, 1, 4),
    relation(1, 2, 4),
    relation(3, 3, 4, { deleted_at: TIME, created_by: NOBODY }),
  );
  await insert(
    pool,
    "comment",
    comment(2, AWKWARD, { resolved_at: LATER }),
    comment(1, "Really?"),
    comment(3, "gone", { deleted_at: TIME, author_id: NOBODY }),
  );
}

/** What the project must become, keys in the contract's order. */
export function expectedHeader(users: { id: string; name: string }[]) {
  return {
    format: "concord-corpus",
    version: 1,
    offsets: "code-points",
    project: {
      name: "Sarn",
      description: AWKWARD,
      guidelines: "# Rules",
      labels: [
        {
          id: uuid("c", 3),
          key: "assertion",
          name: "Assertion",
          color: "STONE",
          shortcut: null,
          description: "",
          parent: "claim",
          archivedAt: TIME,
          attributes: [],
        },
        {
          id: uuid("c", 1),
          key: "speaker",
          name: "Speaker",
          color: "INDIGO",
          shortcut: null,
          description: "Who",
          parent: null,
          archivedAt: null,
          attributes: [],
        },
        {
          id: uuid("c", 2),
          key: "claim",
          name: "Claim",
          color: "RUST",
          shortcut: "c",
          description: "",
          parent: null,
          archivedAt: null,
          attributes: [
            { key: "stance", name: "Stance", kind: "CHOICE", choices: ["for", "against"], required: false },
          ],
        },
      ],
      relationTypes: [
        { id: uuid("c", 9), key: "same-as", name: "same as", sourceLabels: [], targetLabels: [] },
        {
          id: uuid("c", 8),
          key: "states",
          name: "states",
          sourceLabels: ["speaker"],
          targetLabels: ["assertion", "claim"],
        },
      ],
    },
    users,
  };
}

/** What the documents must become. */
export function expectedDocuments() {
  const made = { createdBy: ILSE, createdAt: TIME };
  const plain = {
    attributes: {},
    note: "",
    origin: "HUMAN",
    ...made,
    updatedBy: ILSE,
    updatedAt: TIME,
    version: 1,
  };
  const text = `😀 ${AWKWARD} said so`;
  return [
    {
      id: uuid("d", 2),
      sourceId: null,
      title: "Document 2",
      language: null,
      metadata: {},
      createdAt: TIME,
      text: "",
      sha256: sha256("").toString("hex"),
      annotations: [],
      relations: [],
      comments: [],
    },
    {
      id: uuid("d", 1),
      sourceId: "wire-1",
      title: "Document 1",
      language: "en",
      metadata: { long: true, z: "", "～": { a: null, b: [1, 1e21, 1e-7] }, "😀": 1 },
      createdAt: TIME,
      text,
      sha256: sha256(text).toString("hex"),
      annotations: [
        { id: uuid("f", 1), label: "speaker", fragments: [[0, 1]], quote: "😀", ...plain },
        { id: uuid("f", 2), label: "speaker", fragments: [[0, 1]], quote: "😀", ...plain },
        {
          id: uuid("f", 3),
          label: "speaker",
          fragments: [
            [0, 1],
            [3, 5],
            [9, 10],
          ],
          quote: "😀 a b",
          ...plain,
        },
        {
          id: uuid("f", 4),
          label: "claim",
          fragments: [[2, 4]],
          quote: AWKWARD,
          attributes: { a: true, stance: "for", "～": 1e21, "😀": 2 },
          note: AWKWARD,
          origin: "SUGGESTION",
          ...made,
          updatedBy: DOV,
          updatedAt: LATER,
          version: 3,
        },
      ],
      relations: [
        { id: uuid("6", 1), type: "states", source: uuid("f", 2), target: uuid("f", 4), ...made },
        { id: uuid("6", 2), type: "states", source: uuid("f", 1), target: uuid("f", 4), ...made },
      ],
      comments: [
        {
          id: uuid("7", 1),
          annotation: uuid("f", 1),
          body: "Really?",
          ...made,
          updatedAt: LATER,
          resolvedAt: null,
        },
        {
          id: uuid("7", 2),
          annotation: uuid("f", 1),
          body: AWKWARD,
          ...made,
          updatedAt: LATER,
          resolvedAt: LATER,
        },
      ],
    },
  ];
}
