// A relation drawn with the pointer from the selected annotation: what the codebook allows at the other end, what is said
// over each, and the kind to choose where several are allowed.
import { useMemo, useState } from "react";
import type { Point } from "../../text/drawn-line.ts";
import type { LinkRules } from "../../text/link-handle.ts";
import { LOCALE, t } from "../../words/words.ts";
import type { Label } from "./model/entities.ts";
import type { Entry } from "./model/entries.ts";
import {
  type End,
  endsOf,
  optionsBetween,
  type RelationOption,
  relationOptions,
} from "./model/relation-options.ts";
import type { Workbench } from "./model/workbench.ts";
import type { OpenDocument } from "./read-document.ts";

export interface DrawingContext {
  readonly document: OpenDocument;
  readonly workbench: Workbench;
  readonly labels: ReadonlyMap<string, Label>;
  /** What it is drawn from; undefined where nothing may be. */
  readonly from: Entry | undefined;
  readonly say: (words: string) => void;
}

/** A line that may become one of several relations. */
export interface DrawnChoice {
  readonly options: readonly RelationOption[];
  readonly at: Point;
  readonly choose: (option: RelationOption) => void;
}

const EITHER = new Intl.ListFormat(LOCALE, { type: "disjunction" });

export const arrowOf = ({ isOutgoing }: RelationOption) => (isOutgoing ? "→" : "←");

export function useDrawnRelation({ document, workbench, labels, from, say }: DrawingContext) {
  const [how, setHow] = useState<"key" | "pointer" | null>(null);
  const [choice, setChoice] = useState<DrawnChoice | null>(null);
  const allTypes = document.relationTypes;
  const [fromId, fromLabelId] = [from?.id, from?.labelId];

  const rules = useMemo((): LinkRules | null => {
    if (fromId === undefined || fromLabelId === undefined) return null;
    if (relationOptions(allTypes, fromLabelId).length === 0) return null;
    const nameOf = (labelId: string) => labels.get(labelId)?.name ?? t("unknownLabel");
    const between = (other: End) =>
      optionsBetween(allTypes, { id: fromId, labelId: fromLabelId }, other, workbench.relationsOf(fromId));
    return {
      name: t("relations:drawn.handle"),
      isPossible: (other) => between(other).why === null,
      describe(otherId) {
        const other = workbench.get(otherId);
        if (other === undefined) return "";
        const { options, why } = between(other);
        const label = nameOf(other.labelId);
        if (why === "itself") return t("relations:drawn.itself");
        if (why === "exists") return t("relations:drawn.exists");
        if (why === "codebook")
          return t("relations:drawn.codebook", { from: nameOf(fromLabelId), to: label });
        // either all of them lead there or all lead back
        const arrow = options.slice(0, 1).map(arrowOf).join("");
        const types = EITHER.format(options.map(({ type }) => type.name));
        return t("relations:drawn.possible", { arrow, types, label });
      },
    };
  }, [allTypes, labels, workbench, fromId, fromLabelId]);

  const link = (targetId: string, at: Point) => {
    const target = workbench.get(targetId);
    if (from === undefined || target === undefined) return;
    const { options } = optionsBetween(allTypes, from, target, workbench.relationsOf(from.id));
    const choose = (option: RelationOption) => {
      const ends = endsOf(option, from.id, targetId);
      workbench.link(option.type.id, ends.sourceId, ends.targetId);
      setChoice(null);
      say(t("relations:drawn.done", { arrow: arrowOf(option), type: option.type.name }));
    };
    const [first] = options;
    if (options.length === 1 && first !== undefined) choose(first);
    else if (options.length > 1) setChoice({ options, at, choose });
  };

  return {
    rules,
    link,
    choice,
    endChoice: () => setChoice(null),
    isByPointer: how === "pointer",
    onDrawing(next: typeof how) {
      setHow(next);
      if (next !== null) say(t(next === "key" ? "relations:drawn.hintByKey" : "relations:drawn.hint"));
    },
  };
}
