// One text, pasted or typed, with a title and language suggested from it until the person gives others.
import { Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { countOf } from "../../../ui/count.ts";
import classes from "./AddDocumentsDialog.module.css";
import { type Draft, draftFromText } from "./draft.ts";
import { languageOptions } from "./languages.ts";

export interface PasteDraftProps {
  readonly draft: Draft | null;
  readonly onChange: (draft: Draft) => void;
}

export function PasteDraft({ draft, onChange }: PasteDraftProps) {
  const [isTitleOwn, setTitleOwn] = useState(false);
  const [isLanguageOwn, setLanguageOwn] = useState(false);
  const setText = (text: string) => {
    const fresh = draftFromText(text, null);
    onChange({
      ...fresh,
      id: draft?.id ?? fresh.id,
      title: isTitleOwn && draft ? draft.title : fresh.title,
      language: isLanguageOwn && draft ? draft.language : fresh.language,
    });
  };
  const present = draft ?? draftFromText("", null);
  const isEmpty = present.text === "";
  return (
    <>
      <Textarea
        label="Text"
        description={
          isEmpty ? "Stored as it is, and never changed afterwards." : countOf(present.length, "character")
        }
        error={isEmpty ? undefined : (present.problem ?? present.warning)}
        classNames={{ input: classes.text ?? "" }}
        autosize
        minRows={9}
        maxRows={14}
        dir="auto"
        data-autofocus
        value={present.text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.pair}>
        <TextInput
          label="Title"
          placeholder="From the first line"
          maxLength={1000}
          dir="auto"
          value={present.title}
          onChange={(event) => {
            setTitleOwn(event.currentTarget.value !== "");
            onChange({ ...present, title: event.currentTarget.value });
          }}
        />
        <Select
          label="Language"
          placeholder="Not given"
          searchable
          clearable
          data={languageOptions(present.language)}
          value={present.language}
          onChange={(language) => {
            setLanguageOwn(true);
            onChange({ ...present, language });
          }}
        />
      </div>
    </>
  );
}
