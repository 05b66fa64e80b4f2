// What the workbench puts into the command palette: its commands, the labels, and annotations by what they stand on.
import type { PaletteGroup, PaletteItem } from "../../../ui/PaletteDialog.tsx";
import { rankMatches } from "../../../ui/rank-matches.ts";
import { t } from "../../../words/words.ts";
import { COMMANDS } from "../commands.ts";
import { KEY } from "../key-names.ts";
import type { WorkbenchCommand } from "../keys.ts";
import { LabelBadge } from "../LabelBadge.tsx";
import type { Label } from "../model/entities.ts";
import type { Entry } from "../model/entries.ts";

export interface PaletteContext {
  readonly canAnnotate: boolean;
  readonly hasSelected: boolean;
  readonly hasPlace: boolean;
  /** The keys' switch: what is off is not shown. */
  readonly hasSingleKeys: boolean;
  readonly offered: readonly Label[];
  readonly labels: ReadonlyMap<string, Label>;
  readonly inText: readonly Entry[];
  readonly onCommand: (command: WorkbenchCommand) => void;
  readonly onLabel: (label: Label) => void;
  readonly onAnnotation: (id: string) => void;
}

const MOST_ANNOTATIONS = 20;
/** One letter is in every quote. */
const SHORTEST_QUOTE = 2;

function badgeOf(label: Label | undefined) {
  return <LabelBadge label={label} />;
}

function commandItems(context: PaletteContext): PaletteItem[] {
  return COMMANDS.filter(({ isKeyOnly, isWriting, needs }) => {
    if (isKeyOnly === true || (isWriting === true && !context.canAnnotate)) return false;
    if (needs === "annotation") return context.hasSelected;
    return needs !== "place" || context.hasPlace;
  }).map(({ command, name, keys }) => {
    const isShown = context.hasSingleKeys || keys.includes(KEY.ctrl) || keys.includes(KEY.delete);
    return {
      id: `command:${command}`,
      name,
      ...(isShown && { keys }),
      run: () => context.onCommand(command),
    };
  });
}

function labelItems({ canAnnotate, hasSingleKeys, offered, onLabel }: PaletteContext): PaletteItem[] {
  if (!canAnnotate) return [];
  return offered.map((label) => ({
    id: `label:${label.id}`,
    name: t("keys:palette.markAs", { label: label.name }),
    badge: badgeOf(label),
    ...(label.shortcut !== null && hasSingleKeys && { keys: [label.shortcut.toUpperCase()] }),
    run: () => onLabel(label),
  }));
}

function annotationItems({ inText, labels, onAnnotation }: PaletteContext, typed: string): PaletteItem[] {
  if (typed.length < SHORTEST_QUOTE) return [];
  const wanted = typed.toLowerCase();
  const found: PaletteItem[] = [];
  for (const { id, quote, labelId } of inText) {
    if (!quote.toLowerCase().includes(wanted)) continue;
    const badge = badgeOf(labels.get(labelId));
    found.push({
      id: `annotation:${id}`,
      name: quote,
      badge,
      isCorpus: true,
      run: () => onAnnotation(id),
    });
    if (found.length === MOST_ANNOTATIONS) break;
  }
  return found;
}

export function paletteGroups(context: PaletteContext, typed: string): readonly PaletteGroup[] {
  return [
    { name: t("keys:palette.commands"), items: rankMatches(commandItems(context), typed) },
    { name: t("keys:palette.labels"), items: rankMatches(labelItems(context), typed) },
    { name: t("keys:palette.annotations"), items: annotationItems(context, typed) },
  ];
}
