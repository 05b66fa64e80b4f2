// One text, pasted or typed, with a title and language suggested from it until the person gives others.
import { Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../words/words.ts";
import { languageOptions } from "../documents/languages.ts";
import classes from "./AddDocumentsDialog.module.css";
import { type Draft, draftFromText } from "./draft.ts";

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
        label={t("import:paste.text")}
        description={isEmpty ? t("import:paste.hint") : t("documents:characters", { count: present.length })}
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
          label={t("documents:field.title")}
          placeholder={t("import:paste.titleHint")}
          maxLength={1000}
          dir="auto"
          value={present.title}
          onChange={(event) => {
            setTitleOwn(event.currentTarget.value !== "");
            onChange({ ...present, title: event.currentTarget.value });
          }}
        />
        <Select
          label={t("documents:field.language")}
          placeholder={t("documents:field.noLanguage")}
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
