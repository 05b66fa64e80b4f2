// Find in the text: what was typed, how many hits there are and at which one is, the ways onward, and marking hits.
// Stands above the text, which doesn't move for it.
import type { Fragment } from "@concord/core";
import { Button, Menu, TextInput } from "@mantine/core";
import {
  IconAbc,
  IconChevronDown,
  IconChevronUp,
  IconLetterCase,
  IconSearch,
  IconX,
} from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { createFinder, hitFrom } from "../../../text/find-in-text.ts";
import type { ReadingPaneHandle } from "../../../text/ReadingPane.tsx";
import { labelColorVar } from "../../../theme/label-color.ts";
import { Kbd } from "../../../ui/Kbd.tsx";
import { LetterBadge } from "../../../ui/LetterBadge.tsx";
import { ToolButton } from "../../../ui/ToolButton.tsx";
import { useLatest } from "../../../ui/useLatest.ts";
import { t } from "../../../words/words.ts";
import { labelFor } from "../keys.ts";
import type { Annotation, Label } from "../model/entities.ts";
import css from "./find.module.css";
import type { Find } from "./useFind.ts";

export interface FindBarProps {
  readonly find: Find;
  readonly text: string;
  readonly pane: () => ReadingPaneHandle | null;
  /** What the person has under the hand, which the bar must not cover. */
  readonly held: readonly Fragment[];
  /** To mark hits with; none for who may not. */
  readonly labels: readonly Label[];
  readonly hasSingleKeys: boolean;
  readonly onMark: (label: Label, place: Pick<Annotation, "fragments" | "quote">) => void;
  readonly onMarkAll: (text: string) => void;
}

const ICON = { size: 16, stroke: 1.5, "aria-hidden": true } as const;

function countWords(typed: string, current: number, count: number, isCut: boolean): string {
  if (typed.trim() === "") return "";
  if (count === 0) return t("find:noHits");
  return t(isCut ? "find:placeOfMore" : "find:place", { place: current + 1, all: count });
}

export function FindBar(props: FindBarProps) {
  const { find, text, pane, labels, hasSingleKeys, onMark, onMarkAll } = props;
  const { asked, typed, options, from, change } = find;
  const bar = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const finder = useMemo(() => createFinder(text), [text]);
  const { hits, isCut } = useMemo(() => finder.find(typed, options), [finder, typed, options]);
  const current = hitFrom(hits, from);
  const hit = hits[current];

  const makeRoom = useLatest((height: number) => {
    pane()?.scrollBy(height);
    const edge = bar.current?.getBoundingClientRect().bottom ?? 0;
    const isCovered = pane()
      ?.rectsOf(props.held)
      .some((rect) => rect.bottom > edge - height && rect.top < edge + 8);
    if (isCovered === true) pane()?.scrollBy(-height);
  });
  useLayoutEffect(() => {
    const height = bar.current?.offsetHeight ?? 0;
    makeRoom(height);
    return () => {
      pane()?.scrollBy(-height);
      pane()?.showFound([], -1);
    };
  }, [makeRoom, pane]);
  useEffect(() => {
    if (asked > 0) field.current?.select();
  }, [asked]);
  // opening the bar again with what was searched before moves nothing yet
  const isFirst = useRef(true);
  useEffect(() => {
    pane()?.showFound(hits, current);
    if (hit !== undefined && !isFirst.current) pane()?.reveal([hit], false);
    isFirst.current = false;
  }, [hits, current, hit, pane]);

  const go = (by: 1 | -1) => {
    const next = hits[(current + by + hits.length) % Math.max(1, hits.length)];
    if (next !== undefined) change({ from: next.start });
  };
  const close = () => {
    find.close();
    if (hit === undefined) pane()?.focus();
    else pane()?.placeCaret(hit.start);
  };
  const mark = (label: Label) => {
    if (hit !== undefined) onMark(label, { fragments: [hit], quote: finder.quoteOf(hit) });
  };

  const press = (event: KeyboardEvent) => {
    const isInField = event.target === field.current;
    const isElsewhere = !(event.target instanceof Node && bar.current?.contains(event.target) === true);
    // a menu's own keys pass through here too, as React has it
    if (isElsewhere || event.nativeEvent.isComposing) return;
    const label = isInField || !hasSingleKeys ? null : labelFor(event, labels);
    if (event.key === "Enter" && isInField) go(event.shiftKey ? -1 : 1);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") go(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") close();
    else if (label !== null && hit !== undefined) mark(label);
    else return;
    event.preventDefault();
  };

  const words = countWords(typed, current, hits.length, isCut);
  return (
    <search ref={bar} className={css.bar} aria-label={t("find:title")} onKeyDown={press}>
      <TextInput
        ref={field}
        className={css.field ?? ""}
        size="xs"
        aria-label={t("find:title")}
        placeholder={t("find:title")}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        leftSection={<IconSearch {...ICON} size={14} />}
        value={typed}
        onChange={(event) => change({ typed: event.currentTarget.value })}
      />
      <span className={css.count} role="status">
        {words}
      </span>
      <ToolButton label={t("find:next")} isDisabled={hits.length === 0} onClick={() => go(1)}>
        <IconChevronDown {...ICON} />
      </ToolButton>
      <ToolButton label={t("find:previous")} isDisabled={hits.length === 0} onClick={() => go(-1)}>
        <IconChevronUp {...ICON} />
      </ToolButton>
      <span className={css.part}>
        <ToolButton
          label={t("find:matchCase")}
          isPressed={options.matchesCase}
          onClick={() => change({ options: { ...options, matchesCase: !options.matchesCase } })}
        >
          <IconLetterCase {...ICON} />
        </ToolButton>
        <ToolButton
          label={t("find:wholeWords")}
          isPressed={options.wholeWords}
          onClick={() => change({ options: { ...options, wholeWords: !options.wholeWords } })}
        >
          <IconAbc {...ICON} />
        </ToolButton>
      </span>
      {labels.length > 0 && (
        <span className={css.part}>
          <Menu position="bottom-end" width={220}>
            <Menu.Target>
              <Button size="xs" variant="subtle" disabled={hit === undefined}>
                {t("find:mark")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {labels.map((label) => (
                <Menu.Item
                  key={label.id}
                  leftSection={<LetterBadge letter={label.letter} color={labelColorVar(label.color)} />}
                  rightSection={
                    label.shortcut !== null &&
                    hasSingleKeys && <Kbd>{label.shortcut.toLocaleUpperCase()}</Kbd>
                  }
                  onClick={() => mark(label)}
                >
                  {label.name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <Button
            size="xs"
            variant="subtle"
            disabled={hit === undefined}
            onClick={() => onMarkAll(hit === undefined ? typed : finder.quoteOf(hit))}
          >
            {t("find:markAll")}
          </Button>
        </span>
      )}
      <span className={css.space} />
      <ToolButton label={t("find:close")} onClick={close}>
        <IconX {...ICON} />
      </ToolButton>
    </search>
  );
}
