// The files of an upload: as what each was read, and what came of it.
import { t } from "../../../words/words.ts";
import { useFileFormats } from "../file-formats.ts";
import preview from "./ImportPreview.module.css";
import { contentsOf, type JobFile } from "./job.ts";

/** Beyond this many nobody reads on. */
const MOST_SHOWN = 100;

export function FoundFiles({ files }: { readonly files: readonly JobFile[] }) {
  const { formats } = useFileFormats();
  const formatName = (id: string) => formats?.find((format) => format.id === id)?.name ?? id;
  // What has something wrong comes first: it is what needs a look.
  const ordered = [...files].sort((a, b) => Number(b.errorCount > 0) - Number(a.errorCount > 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <ul className={preview.rows} tabIndex={0} aria-label={t("import:found.files", { count: files.length })}>
      {ordered.slice(0, MOST_SHOWN).map((file) => (
        <li key={file.name}>
          <span className={preview.word} dir="auto">
            {file.name}
          </span>
          <span className={preview.quiet}>
            {t("contents", {
              counts: [
                file.format === null ? t("import:found.noFormat") : formatName(file.format),
                ...(file.encoding && file.encoding !== "utf-8" ? [file.encoding] : []),
                ...(file.documentCount > 0 ? [contentsOf(file)] : []),
              ],
            })}
          </span>
          {file.errorCount > 0 && (
            <span className={preview.bad}>{t("import:problems.errors", { count: file.errorCount })}</span>
          )}
        </li>
      ))}
      {files.length > MOST_SHOWN && (
        <li className={preview.quiet}>{t("import:files.more", { count: files.length - MOST_SHOWN })}</li>
      )}
    </ul>
  );
}
