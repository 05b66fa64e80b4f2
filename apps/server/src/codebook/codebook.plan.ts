/** Labels and relation types as lists that are written without the executor show them. */
import { letterOf } from "@concord/core";
import type { LookedUpType } from "../graphql/planned-fields.ts";
import type { LabelRow, RelationTypeRow } from "./codebook.queries.ts";

export const LABEL: LookedUpType<LabelRow> = {
  name: "Label",
  fields: {
    key: ({ key }) => key,
    name: ({ name }) => name,
    color: ({ color }) => color,
    letter: letterOf,
    shortcut: ({ shortcut }) => shortcut,
    description: ({ description }) => description,
  },
  load: ({ loaders }, ids) => Promise.all(ids.map((id) => loaders.label.load(id))),
};

export const RELATION_TYPE: LookedUpType<RelationTypeRow> = {
  name: "RelationType",
  fields: { key: ({ key }) => key, name: ({ name }) => name },
  load: ({ loaders }, ids) => Promise.all(ids.map((id) => loaders.relationType.load(id))),
};
