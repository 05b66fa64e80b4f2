// The theme's colours as canvas wants them, read from the CSS tokens once per theme.
import { LABEL_COLORS, type LabelColor } from "@concord/core";
import { labelColorVar } from "../theme/label-color.ts";

export interface Inks {
  readonly label: Readonly<Record<LabelColor, string>>;
  readonly ink: string;
  readonly paper: string;
  readonly muted: string;
  readonly warn: string;
  readonly danger: string;
  readonly select: string;
  /** The family of the interface's type. */
  readonly font: string;
  /** Any other colour, however CSS writes it. */
  readonly resolve: (color: string) => string;
  readonly tintFirst: number;
  readonly tintStep: number;
  readonly tintSelected: number;
}

/** The value a token has on an element: colours resolved to what canvas can parse, however the token is written. */
function colorOf(probe: HTMLElement, value: string): string {
  probe.style.color = value;
  return getComputedStyle(probe).color;
}

function shareOf(styles: CSSStyleDeclaration, token: string): number {
  return Number.parseFloat(styles.getPropertyValue(token)) / 100;
}

export function readInks(host: HTMLElement): Inks {
  const probe = document.createElement("span");
  probe.hidden = true;
  host.append(probe);
  const styles = getComputedStyle(host);
  const label = (color: LabelColor) => colorOf(probe, labelColorVar(color));
  const [INDIGO, RUST, GREEN, PURPLE, ROSE, TEAL, OLIVE, STONE] = LABEL_COLORS;
  const inks: Inks = {
    label: {
      [INDIGO]: label(INDIGO),
      [RUST]: label(RUST),
      [GREEN]: label(GREEN),
      [PURPLE]: label(PURPLE),
      [ROSE]: label(ROSE),
      [TEAL]: label(TEAL),
      [OLIVE]: label(OLIVE),
      [STONE]: label(STONE),
    },
    ink: colorOf(probe, "var(--ink)"),
    paper: colorOf(probe, "var(--paper)"),
    muted: colorOf(probe, "var(--ink3)"),
    warn: colorOf(probe, "var(--warn)"),
    danger: colorOf(probe, "var(--danger)"),
    select: colorOf(probe, "var(--select)"),
    font: styles.getPropertyValue("--ui"),
    resolve(color) {
      host.append(probe);
      const found = colorOf(probe, color);
      probe.remove();
      return found;
    },
    tintFirst: shareOf(styles, "--tint-first"),
    tintStep: shareOf(styles, "--tint-step"),
    tintSelected: shareOf(styles, "--tint-selected"),
  };
  probe.remove();
  return inks;
}
