// Label-first: the label that each selection gets at once. Others rename labels and put them away meanwhile.
import { useEffect, useState } from "react";
import { t } from "../../words/words.ts";
import type { Label } from "./model/entities.ts";

/** The armed label as it is now; when it is no longer offered, that is said, and nothing is armed. */
export function useArmedLabel(
  offered: readonly Label[],
  say: (words: string) => void,
): [armed: Label | null, arm: (label: Label | null) => void] {
  const [chosen, arm] = useState<Label | null>(null);
  const armed = offered.find(({ id }) => id === chosen?.id) ?? null;
  const gone = chosen !== null && armed === null ? chosen : null;
  useEffect(() => {
    if (gone === null) return;
    arm(null);
    say(t("marking:said.disarmed", { label: gone.name }));
  }, [gone, say]);
  return [armed, arm];
}
