// Marks a text wherever else it stands: the places with what is around them, to take some out, and all of it one act.
import type { Fragment } from "@concord/core";
import { Button, Checkbox, Modal, Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { createFinder, type Finder, type FindOptions } from "../../../text/find-in-text.ts";
import { t } from "../../../words/words.ts";
import type { Label } from "../model/entities.ts";
import type { Entry } from "../model/entries.ts";
import css from "./find.module.css";
import { placesToMark } from "./places-to-mark.ts";

export interface WantedText {
  readonly text: string;
  readonly label: Label | null;
  readonly options: FindOptions;
}

export interface MarkAllDialogProps {
  readonly wanted: WantedText;
  readonly text: string;
  readonly inText: readonly Entry[];
  readonly labels: readonly Label[];
  readonly onMark: (label: Label, places: readonly { fragments: Fragment[]; quote: string }[]) => void;
  readonly onClose: () => void;
}

/** Each is a change of its own for everybody: more at once would keep the others' pages busy for long. */
const MOST_AT_ONCE = 1000;

function Place({
  place,
  finder,
  isTaken,
  onTake,
}: {
  place: Fragment;
  finder: Finder;
  isTaken: boolean;
  onTake: (isTaken: boolean) => void;
}) {
  const { before, quote, after } = finder.contextOf(place);
  const id = `place-${place.start}`;
  return (
    <li>
      <label className={css.place} htmlFor={id}>
        <Checkbox
          id={id}
          size="sm"
          checked={isTaken}
          onChange={(event) => onTake(event.currentTarget.checked)}
        />
        <p dir="auto">
          {before}
          <b>{quote}</b>
          {after}
        </p>
      </label>
    </li>
  );
}

export function MarkAllDialog({ wanted, text, inText, labels, onMark, onClose }: MarkAllDialogProps) {
  const [options, setOptions] = useState(wanted.options);
  const [label, setLabel] = useState(wanted.label ?? labels[0] ?? null);
  const [leftOut, setLeftOut] = useState<ReadonlySet<number>>(new Set());
  const finder = useMemo(() => createFinder(text), [text]);
  const { hits } = useMemo(() => finder.find(wanted.text, options), [finder, wanted.text, options]);
  const { free, marked } = useMemo(() => placesToMark(hits, inText, label?.id ?? ""), [hits, inText, label]);
  const offered = free.slice(0, MOST_AT_ONCE);
  const taken = offered.filter(({ start }) => !leftOut.has(start));

  const take = (start: number, isTaken: boolean) => {
    const next = new Set(leftOut);
    if (isTaken) next.delete(start);
    else next.add(start);
    setLeftOut(next);
  };
  const submit = () => {
    if (label === null) return;
    onMark(
      label,
      taken.map((place) => ({ fragments: [place], quote: finder.quoteOf(place) })),
    );
    onClose();
  };

  return (
    <Modal opened onClose={onClose} title={t("find:all.title")} size={560}>
      <div className={css.asked}>
        <p className={css.quote} dir="auto">
          {wanted.text}
        </p>
        <div className={css.options}>
          <Checkbox
            size="sm"
            label={t("find:wholeWords")}
            checked={options.wholeWords}
            onChange={(event) => setOptions({ ...options, wholeWords: event.currentTarget.checked })}
          />
          <Checkbox
            size="sm"
            label={t("find:matchCase")}
            checked={options.matchesCase}
            onChange={(event) => setOptions({ ...options, matchesCase: event.currentTarget.checked })}
          />
        </div>
        <Select
          size="xs"
          aria-label={t("find:all.label")}
          allowDeselect={false}
          data={labels.map(({ id, name }) => ({ value: id, label: name }))}
          value={label?.id ?? null}
          onChange={(id) => setLabel(labels.find((one) => one.id === id) ?? null)}
        />
      </div>
      <div className={css.head}>
        <span role="status">
          {t("find:all.places", { count: free.length })}
          {marked > 0 && `; ${t("find:all.marked", { count: marked, label: label?.name ?? "" })}`}
          {free.length > offered.length && `; ${t("find:all.first", { count: MOST_AT_ONCE })}`}
        </span>
        {offered.length > 1 && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() =>
              setLeftOut(taken.length === 0 ? new Set() : new Set(offered.map(({ start }) => start)))
            }
          >
            {t(taken.length === 0 ? "find:all.takeAll" : "find:all.takeNone")}
          </Button>
        )}
      </div>
      {offered.length === 0 ? (
        <p className={css.hint}>
          {hits.length === 0 ? t("find:all.nowhere") : t("find:all.everywhere", { label: label?.name ?? "" })}
        </p>
      ) : (
        <ul className={css.places} aria-label={t("find:all.list")}>
          {offered.map((place) => (
            <Place
              key={place.start}
              place={place}
              finder={finder}
              isTaken={!leftOut.has(place.start)}
              onTake={(isTaken) => take(place.start, isTaken)}
            />
          ))}
        </ul>
      )}
      <div className={css.foot}>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button disabled={taken.length === 0 || label === null} onClick={submit} data-autofocus>
          {t("find:all.do", { count: taken.length, label: label?.name ?? "…" })}
        </Button>
      </div>
    </Modal>
  );
}
