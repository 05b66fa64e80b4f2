// Everything that can be done or gone to, found by typing: a field and a list, by keyboard alone or by pointer. Knows
// nothing of what the items are.
import { Modal } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { t } from "../words/words.ts";
import { Kbd } from "./Kbd.tsx";
import css from "./PaletteDialog.module.css";
import { VisuallyHidden } from "./VisuallyHidden.tsx";

export interface PaletteItem {
  /** The same whenever the palette is opened. */
  readonly id: string;
  readonly name: string;
  readonly keys?: readonly string[];
  readonly badge?: ReactNode;
  /** Words of the corpus, in the reading face. */
  readonly isCorpus?: boolean;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly name: string;
  readonly items: readonly PaletteItem[];
}

export interface PaletteDialogProps {
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  readonly groups: readonly PaletteGroup[];
  /** More may still come. */
  readonly isSearching: boolean;
  readonly onRun: (item: PaletteItem) => void;
  readonly onClose: () => void;
}

const PAGE = 8;

export function PaletteDialog({ typed, onTyped, groups, isSearching, onRun, onClose }: PaletteDialogProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  const [active, setActive] = useState(0);
  const items = groups.flatMap((group) => group.items);
  const at = Math.min(active, items.length - 1);
  const optionId = (index: number) => `${id}-${index}`;

  useEffect(() => {
    if (at >= 0) list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);

  /** Nothing that was run has taken the focus: it goes back where it was. */
  const giveBackFocus = () => {
    requestAnimationFrame(() => {
      if (document.activeElement === document.body && before instanceof HTMLElement)
        before.focus({ preventScroll: true });
    });
  };
  const close = () => {
    onClose();
    giveBackFocus();
  };
  const run = (item: PaletteItem | undefined) => {
    if (item === undefined) return;
    onClose();
    onRun(item);
    giveBackFocus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || items.length === 0) return;
    const count = items.length;
    if (event.key === "ArrowDown") setActive((at + 1) % count);
    else if (event.key === "ArrowUp") setActive((at - 1 + count) % count);
    else if (event.key === "PageDown") setActive(Math.min(count - 1, at + PAGE));
    else if (event.key === "PageUp") setActive(Math.max(0, at - PAGE));
    else if (event.key === "Enter") run(items[at]);
    else return;
    event.preventDefault();
  };

  let index = -1;
  return (
    <Modal.Root opened onClose={close} size={560} yOffset="12vh" returnFocus={false}>
      <Modal.Overlay color="var(--scrim)" backgroundOpacity={1} />
      <Modal.Content aria-label={t("ui:palette.title")} classNames={{ content: css.content ?? "" }}>
        <Modal.Body p={0}>
          <input
            className={css.field}
            role="combobox"
            aria-label={t("ui:palette.field")}
            aria-expanded
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={at >= 0 ? optionId(at) : undefined}
            placeholder={t("ui:palette.placeholder")}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            data-autofocus
            // biome-ignore lint/a11y/noAutofocus: the trap around it does so a moment later, when the first letters have gone to the page and marked something
            autoFocus
            value={typed}
            onChange={(event) => {
              setActive(0);
              onTyped(event.currentTarget.value);
            }}
            onKeyDown={press}
          />
          <div
            ref={list}
            id={`${id}-list`}
            className={css.list}
            role="listbox"
            aria-label={t("ui:palette.list")}
          >
            {groups.map((group) => (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
              <div key={group.name} role="group" aria-label={group.name}>
                <p className={css.heading} aria-hidden>
                  {group.name}
                </p>
                {group.items.map((item) => {
                  index++;
                  const own = index;
                  return (
                    // the field keeps the focus and its keys choose; the pointer does the same
                    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
                    // biome-ignore lint/a11y/useFocusableInteractive: see above
                    <div
                      key={item.id}
                      id={optionId(own)}
                      role="option"
                      aria-selected={own === at}
                      className={css.item}
                      onPointerMove={() => setActive(own)}
                      onMouseDown={(event) => event.preventDefault()}
                      onClick={() => run(item)}
                    >
                      {item.badge}
                      <span className={item.isCorpus === true ? css.corpus : css.name} dir="auto">
                        {item.name}
                      </span>
                      {item.keys !== undefined && (
                        <span className={css.keys}>
                          {item.keys.map((key) => (
                            <Kbd key={key}>{key}</Kbd>
                          ))}
                        </span>
                      )}
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
          {items.length === 0 && (
            <p className={css.hint}>{t(isSearching ? "ui:palette.searching" : "ui:palette.nothing")}</p>
          )}
          <VisuallyHidden live>
            {items.length === 0 && !isSearching
              ? t("ui:palette.announceNothing")
              : t("ui:palette.announceFound", { count: items.length })}
          </VisuallyHidden>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
