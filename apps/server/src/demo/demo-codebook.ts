/** The demo's codebook: the default one, with something of everything that a codebook can have. */
import type { AttributeDefinition } from "@concord/core";
import type { NewLabel, NewRelationType } from "../codebook/create-codebook.ts";
import { DEFAULT_LABELS, DEFAULT_RELATION_TYPES } from "../codebook/default-codebook.ts";

/** The keys that the reports may name. */
export type DemoLabel = "speaker" | "claim" | "initiative" | "agreement" | "forecast" | "rumour";
export type DemoRelationType = "states" | "proposes" | "party-to" | "same-as" | "answers";

function attribute(
  key: string,
  name: string,
  kind: AttributeDefinition["kind"],
  more: Partial<Pick<AttributeDefinition, "choices" | "required">> = {},
): AttributeDefinition {
  return { key, name, kind, choices: [], required: false, ...more };
}

const STANCE = attribute("stance", "Stance", "CHOICE", { choices: ["for", "against", "neutral"] });
const CERTAIN = attribute("certain", "Said as certain", "BOOLEAN");

/** What annotations of the default labels may carry. */
const ATTRIBUTES: Record<string, AttributeDefinition[]> = {
  speaker: [attribute("office", "Office", "TEXT")],
  claim: [STANCE, CERTAIN],
  initiative: [attribute("cost", "Cost in crowns", "NUMBER")],
  agreement: [attribute("signed", "Signed on", "DATE", { required: true })],
};

/** In codebook order; `now` is when the archived one is archived. */
export function demoLabels(now: Date): NewLabel[] {
  return [
    ...DEFAULT_LABELS.map((label) => ({ ...label, attributes: ATTRIBUTES[label.key] ?? [] })),
    {
      key: "forecast",
      name: "Forecast",
      color: "TEAL",
      shortcut: "f",
      description: "A claim about what is to come.",
      parent: "claim",
      attributes: [STANCE, CERTAIN],
    },
    {
      key: "rumour",
      name: "Rumour",
      color: "STONE",
      shortcut: null,
      description: "A claim that nobody is named for. Given up: take Claim, and leave “Said as certain” off.",
      archivedAt: now,
    },
  ];
}

/** In codebook order: a forecast may stand wherever a claim may. */
export const DEMO_RELATION_TYPES: readonly NewRelationType[] = [
  ...DEFAULT_RELATION_TYPES.map(({ key, name, source, target }) => ({
    key,
    name,
    sources: [source],
    targets: target === "claim" ? [target, "forecast"] : [target],
  })),
  {
    key: "answers",
    name: "answers",
    sources: ["claim", "forecast"],
    targets: ["claim", "initiative", "forecast"],
  },
];
