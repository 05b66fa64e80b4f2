// The relations that are drawn beside the text: the selected annotation's, each in the colour of its other end, or all of
// them, each in the colour of its source.
import { useMemo } from "react";
import type { Arc } from "../../text/arcs.ts";
import type { Label, Relation } from "./model/entities.ts";
import type { Workbench, WorkbenchSnapshot } from "./model/workbench.ts";
import type { OpenDocument } from "./read-document.ts";

export interface ArcsShown {
  readonly document: OpenDocument;
  readonly workbench: Workbench;
  /** A new one with each change. */
  readonly snapshot: WorkbenchSnapshot;
  readonly labels: ReadonlyMap<string, Label>;
  readonly selectedId: string | null;
  readonly showsAll: boolean;
}

const NONE: readonly Arc[] = [];

export function useArcs(shown: ArcsShown): readonly Arc[] {
  const { document, workbench, snapshot, labels, selectedId, showsAll } = shown;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the snapshot says when relations may have changed
  return useMemo(() => {
    const toArc = ({ id, typeId, sourceId, targetId }: Relation): Arc => {
      const colored = workbench.get(sourceId === selectedId ? targetId : sourceId);
      return {
        id,
        sourceId,
        targetId,
        name: document.relationTypes.find((type) => type.id === typeId)?.name ?? "unknown",
        color: labels.get(colored?.labelId ?? "")?.color ?? "STONE",
      };
    };
    if (showsAll) return workbench.relations().map(toArc);
    return selectedId === null ? NONE : workbench.relationsOf(selectedId).map(toArc);
  }, [document, workbench, snapshot, labels, selectedId, showsAll]);
}
