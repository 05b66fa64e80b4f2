// Labels that somebody is about to choose from: while they look, each keeps its place whatever others do to the codebook.
// Names and colours follow; what is no longer offered stays and can't be chosen; what is new comes last.
import { useState } from "react";
import type { Label } from "../model/entities.ts";

export interface SteadyLabel {
  readonly label: Label;
  readonly isGone: boolean;
}

export function holdSteady(shown: readonly SteadyLabel[], offered: readonly Label[]): readonly SteadyLabel[] {
  const now = new Map(offered.map((label) => [label.id, label]));
  const kept = shown.map(({ label }) => {
    const present = now.get(label.id);
    now.delete(label.id);
    return { label: present ?? label, isGone: present === undefined };
  });
  return [...kept, ...[...now.values()].map((label) => ({ label, isGone: false }))];
}

/** For a component that is there only while one chooses. */
export function useSteadyLabels(offered: readonly Label[]): readonly SteadyLabel[] {
  const [known, setKnown] = useState(offered);
  const [shown, setShown] = useState(() => holdSteady([], offered));
  if (known === offered) return shown;
  const next = holdSteady(shown, offered);
  setKnown(offered);
  setShown(next);
  return next;
}
