// Files on their way in: a place to drop or choose them, and what each would become.
import { ActionIcon, FileButton, NativeSelect, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type Dispatch, memo, type ReactNode, type SetStateAction, useCallback, useState } from "react";
import { Trans } from "react-i18next";
import { t } from "../../../words/words.ts";
import { languageOptions } from "../documents/languages.ts";
import classes from "./AddDocumentsDialog.module.css";
import { chosenFiles, droppedFiles } from "./chosen-files.ts";
import type { Draft } from "./draft.ts";

/** Each row has fields of its own; beyond this many, only the first are drawn. All are sent. */
const MOST_ROWS = 100;

export interface FileDraftsProps {
  readonly drafts: readonly Draft[];
  /** Files still being read. */
  readonly reading: number;
  readonly onFiles: (files: readonly File[] | Promise<readonly File[]>) => void;
  readonly onChange: Dispatch<SetStateAction<readonly Draft[]>>;
}

export function FileDrafts({ drafts, reading, onFiles, onChange }: FileDraftsProps) {
  const replace = useCallback(
    (id: string, change: Partial<Draft>) =>
      onChange((present) => present.map((draft) => (draft.id === id ? { ...draft, ...change } : draft))),
    [onChange],
  );
  const remove = useCallback(
    (id: string) => onChange((present) => present.filter((draft) => draft.id !== id)),
    [onChange],
  );
  const bad = drafts.filter(({ problem }) => problem !== null).length;
  // What can't be added comes first: it is what needs a look.
  const ordered =
    bad === 0 ? drafts : [...drafts].sort((a, b) => Number(b.problem !== null) - Number(a.problem !== null));
  return (
    <>
      <DropArea onFiles={onFiles} isSmall={drafts.length > 0} />
      {(drafts.length > 0 || reading > 0) && (
        <p className={classes.summary} role="status">
          {reading > 0
            ? t("import:files.reading", { count: reading })
            : t("import:files.count", { count: drafts.length })}
          {bad > 0 && <span className={classes.bad}>, {t("import:files.bad", { count: bad })}</span>}
        </p>
      )}
      {drafts.length > 0 && (
        <ul className={classes.drafts}>
          {ordered.slice(0, MOST_ROWS).map((draft) => (
            <DraftRow key={draft.id} draft={draft} onChange={replace} onRemove={remove} />
          ))}
        </ul>
      )}
      {drafts.length > MOST_ROWS && (
        <p className={classes.summary}>{t("import:files.more", { count: drafts.length - MOST_ROWS })}</p>
      )}
    </>
  );
}

interface ChooseProps extends Pick<FileDraftsProps, "onFiles"> {
  /** Browsers let people choose files or a folder, never both in one window. */
  readonly isFolder: boolean;
  /** Its words come from the sentence that it stands in. */
  readonly children?: ReactNode;
}

function Choose({ onFiles, isFolder, children }: ChooseProps) {
  const setKind = (input: HTMLInputElement | null) => {
    if (input) input.webkitdirectory = isFolder;
  };
  return (
    <FileButton ref={setKind} multiple onChange={(files) => onFiles(chosenFiles(files))}>
      {(props) => (
        <button type="button" className={classes.choose} {...props}>
          {children}
        </button>
      )}
    </FileButton>
  );
}

interface DropAreaProps {
  readonly onFiles: FileDraftsProps["onFiles"];
  readonly isSmall: boolean;
}

function DropArea({ onFiles, isSmall }: DropAreaProps) {
  const [isOver, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the second way; the button inside is the first.
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      data-small={isSmall || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles(droppedFiles(event.nativeEvent));
      }}
    >
      <p>
        <Trans
          t={t}
          i18nKey="import:files.drop"
          components={{
            files: <Choose onFiles={onFiles} isFolder={false} />,
            folder: <Choose onFiles={onFiles} isFolder />,
          }}
        />
      </p>
      <p className={classes.kinds}>{t("import:files.kinds")}</p>
    </div>
  );
}

interface DraftRowProps {
  readonly draft: Draft;
  readonly onChange: (id: string, change: Partial<Draft>) => void;
  readonly onRemove: (id: string) => void;
}

// Memoised: there may be a hundred, and typing into one must not draw the others.
const DraftRow = memo(function DraftRow({ draft, onChange, onRemove }: DraftRowProps) {
  const { id, fileName, title, language, length, problem, warning } = draft;
  return (
    <li className={classes.draft}>
      {problem === null ? (
        <>
          <TextInput
            className={classes.draftTitle}
            aria-label={t("import:files.titleOf", { file: fileName })}
            maxLength={1000}
            dir="auto"
            value={title}
            error={title.trim() === "" ? t("import:files.needsTitle") : undefined}
            onChange={(event) => onChange(id, { title: event.currentTarget.value })}
          />
          <NativeSelect
            className={classes.draftLanguage}
            aria-label={t("import:files.languageOf", { file: fileName })}
            data={[{ value: "", label: t("documents:field.noLanguage") }, ...languageOptions(language)]}
            value={language ?? ""}
            onChange={(event) => onChange(id, { language: event.currentTarget.value || null })}
          />
        </>
      ) : (
        <b className={classes.draftTitle} dir="auto">
          {fileName}
        </b>
      )}
      <ActionIcon
        className={classes.remove}
        aria-label={t("import:files.leaveOut", { file: fileName })}
        onClick={() => onRemove(id)}
      >
        <IconX size={16} stroke={1.5} />
      </ActionIcon>
      <p className={classes.draftNote}>
        {problem === null && (
          <span>
            {fileName} · {t("documents:characters", { count: length })}
          </span>
        )}
        {(problem ?? warning) && <span className={classes.bad}>{problem ?? warning}</span>}
      </p>
    </li>
  );
});
