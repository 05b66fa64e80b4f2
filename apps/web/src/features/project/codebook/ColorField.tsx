// One of the eight hues, each with the label's own letter on it, and its contrast as measured on this page.
import { LABEL_COLORS, type LabelColor } from "@concord/core";
import { useComputedColorScheme } from "@mantine/core";
import { useLayoutEffect, useState } from "react";
import { labelColorVar } from "../../../theme/label-color.ts";
import { t } from "../../../words/words.ts";
import classes from "./ColorField.module.css";
import codebook from "./codebook.module.css";
import { contrast } from "./contrast.ts";

export interface ColorFieldProps {
  readonly name: string;
  readonly value: LabelColor;
  readonly letter: string;
  readonly isReadOnly?: boolean;
  readonly onChange: (color: LabelColor) => void;
}

export const colorName = (color: LabelColor): string => {
  const names = {
    INDIGO: t("codebook:color.indigo"),
    RUST: t("codebook:color.rust"),
    GREEN: t("codebook:color.green"),
    PURPLE: t("codebook:color.purple"),
    ROSE: t("codebook:color.rose"),
    TEAL: t("codebook:color.teal"),
    OLIVE: t("codebook:color.olive"),
    STONE: t("codebook:color.stone"),
  } satisfies Record<LabelColor, string>;
  return names[color];
};

/** The lowest contrast of the hue's letter with the page and the sides, as they are now. */
function useContrast(color: LabelColor): string | null {
  const scheme = useComputedColorScheme();
  const [measured, setMeasured] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours
  useLayoutEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const tokenOf = (name: string) => style.getPropertyValue(name);
    const hue = tokenOf(labelColorVar(color).slice("var(".length, -1));
    const lowest = Math.min(...["--paper", "--panel", "--raise"].map((on) => contrast(hue, tokenOf(on))));
    setMeasured(Number.isFinite(lowest) ? lowest.toFixed(1) : null);
  }, [color, scheme]);
  return measured;
}

export function ColorField({ name, value, letter, isReadOnly = false, onChange }: ColorFieldProps) {
  const measured = useContrast(value);
  return (
    <fieldset className={classes.colors}>
      <legend>{t("codebook:color.title")}</legend>
      <div className={classes.swatches}>
        {LABEL_COLORS.map((color) => (
          <label key={color} title={colorName(color)} style={{ "--c": labelColorVar(color) }}>
            <input
              type="radio"
              name={name}
              aria-label={colorName(color)}
              checked={color === value}
              disabled={isReadOnly}
              onChange={() => onChange(color)}
            />
            <span aria-hidden>{letter}</span>
          </label>
        ))}
      </div>
      <p className={codebook.hint}>
        {t("codebook:color.hint")}{" "}
        {measured !== null && t("codebook:color.contrast", { name: colorName(value), ratio: measured })}
      </p>
    </fieldset>
  );
}
