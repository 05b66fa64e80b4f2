// Above the text: where it comes from, when, in what language and how long it is; then its title.
import { type ReactNode, useMemo } from "react";
import { countWords, createSegmenters } from "../../text/words.ts";
import { LOCALE, t } from "../../words/words.ts";
import type { OpenDocument } from "./read-document.ts";
import { VersionLine } from "./VersionLine.tsx";
import css from "./workbench.module.css";

/** Counting words by a language's rules takes a second per million characters; beyond this, white space has to do. */
const COUNTED_EXACTLY = 60_000;

function languageName(language: string): string {
  try {
    return new Intl.DisplayNames(LOCALE, { type: "language" }).of(language) ?? language;
  } catch (error) {
    if (error instanceof RangeError) return language;
    throw error;
  }
}

function dateIn(metadata: OpenDocument["metadata"]): string | null {
  const value = metadata.date ?? metadata.published;
  if (typeof value !== "string" || value === "") return null;
  const date = new Date(value);
  return Number.isNaN(date.getTime())
    ? value
    : date.toLocaleDateString(LOCALE, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

export interface DocumentHeaderProps {
  readonly document: OpenDocument;
  /** How far people are with it. */
  readonly children?: ReactNode;
}

export function DocumentHeader({ document, children }: DocumentHeaderProps) {
  const { text, language, metadata, title } = document;
  const words = useMemo(() => {
    const count =
      text.length <= COUNTED_EXACTLY
        ? countWords(text, createSegmenters(language))
        : (text.match(/\S+/gu)?.length ?? 0);
    return t("workbench:words", { count });
  }, [text, language]);
  const source = metadata.source ?? metadata.publisher;
  const facts = [
    // Isolated: a source in Arabic must not take the date after it along.
    typeof source === "string" && source && `\u2068${source}\u2069`,
    dateIn(metadata),
    language !== null && languageName(language),
    words,
  ];
  return (
    <header className={css.header}>
      <div className={css.facts}>
        <p className={css.source}>{facts.filter(Boolean).join(" · ")}</p>
        {children}
      </div>
      <h1 dir="auto" lang={language ?? undefined}>
        {title}
      </h1>
      {document.previousVersion && <VersionLine document={document} previous={document.previousVersion} />}
    </header>
  );
}
