// A label's letter in its colour; grey and with a question mark where the label is not known.
import type { LabelColor } from "@concord/core";
import { labelColorVar } from "../../theme/label-color.ts";
import { LetterBadge } from "../../ui/LetterBadge.tsx";
import { t } from "../../words/words.ts";

export interface LabelBadgeProps {
  readonly label: { readonly letter: string; readonly color: LabelColor; readonly name: string } | undefined;
  readonly filled?: boolean;
  /** Where no name stands beside it. */
  readonly isNamed?: boolean;
}

export function LabelBadge({ label, filled = false, isNamed = false }: LabelBadgeProps) {
  return (
    <LetterBadge
      letter={label?.letter ?? "?"}
      color={labelColorVar(label?.color ?? "STONE")}
      filled={filled}
      {...(isNamed && { name: label?.name ?? t("unknownLabel") })}
    />
  );
}
