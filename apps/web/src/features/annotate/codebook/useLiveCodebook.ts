// The open document with its project's labels and relation types as they are now: read with the document, kept right by
// the project's changes.
import { useQuery } from "@apollo/client/react";
import { useLayoutEffect, useMemo, useState } from "react";
import { ProjectCodebookDocument } from "../../../frame/project-changes/operations.ts";
import type { Label } from "../model/entities.ts";
import { toLabel, toRelationType } from "../model/from-graphql.ts";
import type { OpenDocument } from "../read-document.ts";
import { createLabelSource, type LabelSource } from "./label-source.ts";

export interface LiveCodebook {
  readonly document: OpenDocument;
  readonly labels: ReadonlyMap<string, Label>;
  /** The same labels for what outlives renders. */
  readonly source: LabelSource;
}

export function useLiveCodebook(read: OpenDocument): LiveCodebook {
  const { data } = useQuery(ProjectCodebookDocument, { variables: { id: read.project.id } });
  const codebook = data?.project;
  const document = useMemo(
    () =>
      codebook == null
        ? read
        : {
            ...read,
            labels: codebook.labels.map(toLabel),
            relationTypes: codebook.relationTypes.map(toRelationType),
          },
    [read, codebook],
  );
  const labels = useMemo(() => new Map(document.labels.map((label) => [label.id, label])), [document]);
  const [{ source, show }] = useState(() => createLabelSource(labels));
  useLayoutEffect(() => show(labels), [show, labels]);
  return { document, labels, source };
}
