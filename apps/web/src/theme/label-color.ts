// A label's hue as a CSS value. The eight hues are tokens, each measured as text and as a line in both schemes.
import type { LabelColor } from "@concord/core";

const tokens: Readonly<Record<LabelColor, string>> = {
  INDIGO: "var(--label-indigo)",
  RUST: "var(--label-rust)",
  GREEN: "var(--label-green)",
  PURPLE: "var(--label-purple)",
  ROSE: "var(--label-rose)",
  TEAL: "var(--label-teal)",
  OLIVE: "var(--label-olive)",
  STONE: "var(--label-stone)",
};

export function labelColorVar(color: LabelColor): string {
  return tokens[color];
}
