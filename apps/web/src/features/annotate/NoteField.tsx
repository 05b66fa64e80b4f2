// The note. Saved on leaving the field or with Ctrl+Enter; a half-written one survives everything, and where somebody
// else has changed the note meanwhile both stand side by side until the writer chooses.
import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, useMemo, useState } from "react";
import css from "./inspector.module.css";
import type { Entry } from "./model/entries.ts";
import { createDraftStorage, isContested, type NoteDraft } from "./model/note-draft.ts";

export interface NoteFieldProps {
  readonly entry: Entry;
  readonly viewerId: string;
  readonly canChange: boolean;
  readonly onSave: (note: string) => void;
}

export function NoteField({ entry, viewerId, canChange, onSave }: NoteFieldProps) {
  const storage = useMemo(() => createDraftStorage(localStorage, viewerId, entry.id), [viewerId, entry.id]);
  const [draft, setDraft] = useState<NoteDraft | null>(() => storage.load());
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
    onSave(draft.text);
    drop();
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
        <h3 className={css.caption}>Note</h3>
        <p className={css.note} dir="auto">
          {entry.note}
        </p>
        {isHalfWritten && (
          <>
            <p className={css.hintInline}>What you were writing is kept on this device:</p>
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
      <h3 className={css.caption}>Note</h3>
      <Textarea
        aria-label="Note"
        placeholder="Write a note"
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
            <strong>{entry.updatedBy.name} changed the note</strong> while you were writing:
          </p>
          <p className={css.note} dir="auto">
            {entry.note === "" ? "(empty)" : entry.note}
          </p>
          <div className={css.problemActions}>
            <Button size="xs" variant="default" onClick={drop}>
              Keep theirs
            </Button>
            <Button size="xs" variant="default" onClick={save}>
              Save mine
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}
