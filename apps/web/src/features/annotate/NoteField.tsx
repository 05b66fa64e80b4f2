// The note. Saved on leaving the field or with Ctrl+Enter; a half-written one survives everything, and where somebody
// else has changed the note meanwhile both stand side by side until the writer chooses.
import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, useMemo, useState } from "react";
import { Trans } from "react-i18next";
import { t } from "../../words/words.ts";
import css from "./inspector.module.css";
import type { Entry } from "./model/entries.ts";
import { createDraftStorage, type Draft, isContested } from "./model/note-draft.ts";

export interface NoteFieldProps {
  readonly entry: Entry;
  readonly viewerId: string;
  readonly canChange: boolean;
  /** Ends when the note is kept on this device, or with the server. */
  readonly onSave: (note: string) => Promise<void>;
}

export function NoteField({ entry, viewerId, canChange, onSave }: NoteFieldProps) {
  const storage = useMemo(
    () => createDraftStorage(localStorage, "note", viewerId, entry.id),
    [viewerId, entry.id],
  );
  const [draft, setDraft] = useState<Draft | null>(() => storage.load());
  const isDisputed = isContested(draft, entry.note);

  const write = (text: string) => {
    const next = { text, base: draft?.base ?? entry.note };
    setDraft(next);
    storage.save(next);
  };
  const drop = () => {
    setDraft(null);
    storage.clear();
  };
  const save = () => {
    if (draft === null) return;
    // what is written is kept as a draft until it is kept as a change
    void onSave(draft.text).then(() => {
      if (storage.load()?.text === draft.text) storage.clear();
    });
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!isDisputed) save();
  };

  if (!canChange) {
    const isHalfWritten = draft !== null && draft.text !== entry.note;
    return entry.note === "" && !isHalfWritten ? null : (
      <section className={css.section}>
        <h3 className={css.caption}>{t("inspector:note.title")}</h3>
        <p className={css.note} dir="auto">
          {entry.note}
        </p>
        {isHalfWritten && (
          <>
            <p className={css.hintInline}>{t("inspector:note.kept")}</p>
            <p className={css.note} dir="auto">
              {draft.text}
            </p>
          </>
        )}
      </section>
    );
  }
  return (
    <section className={css.section}>
      <h3 className={css.caption}>{t("inspector:note.title")}</h3>
      <Textarea
        aria-label={t("inspector:note.title")}
        placeholder={t("inspector:note.write")}
        autosize
        minRows={1}
        maxRows={14}
        dir="auto"
        className={css.noteField ?? ""}
        value={draft?.text ?? entry.note}
        onChange={(event) => write(event.currentTarget.value)}
        onBlur={() => {
          if (!isDisputed) save();
        }}
        onKeyDown={onKeyDown}
      />
      {isDisputed && (
        <div className={css.problem} role="status">
          <p>
            <Trans
              t={t}
              i18nKey="inspector:note.changed"
              components={{ strong: <strong />, name: <>{entry.updatedBy.name}</> }}
            />
          </p>
          <p className={css.note} dir="auto">
            {entry.note === "" ? t("inspector:note.empty") : entry.note}
          </p>
          <div className={css.problemActions}>
            <Button size="xs" variant="default" onClick={drop}>
              {t("inspector:note.keepTheirs")}
            </Button>
            <Button size="xs" variant="default" onClick={save}>
              {t("inspector:note.saveMine")}
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}
