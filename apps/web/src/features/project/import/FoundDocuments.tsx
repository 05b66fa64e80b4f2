// The first documents of an upload, as they would be called.
import { t } from "../../../words/words.ts";
import preview from "./ImportPreview.module.css";
import type { Job, JobPreview } from "./job.ts";

const SHOWN = 5;

export interface FoundDocumentsProps {
  readonly job: Job;
  readonly documents: JobPreview["documents"];
}

export function FoundDocuments({ job, documents }: FoundDocumentsProps) {
  if (documents.length === 0) return null;
  const shown = documents.slice(0, SHOWN);
  const more = Math.max(job.documentCount, documents.length) - shown.length;
  return (
    <section aria-labelledby="found-documents">
      <h3 id="found-documents">{t("import:found.documents")}</h3>
      <ul>
        {[...shown.entries()].map(([number, { title, length, annotationCount }]) => (
          <li key={number} className={preview.document}>
            <span className={preview.documentTitle} dir="auto">
              {title}
            </span>
            <span className={preview.quiet}>
              {t("contents", {
                counts: [
                  t("documents:characters", { count: length }),
                  ...(annotationCount > 0 ? [t("count.annotations", { count: annotationCount })] : []),
                ],
              })}
            </span>
          </li>
        ))}
        {more > 0 && <li className={preview.quiet}>{t("import:found.more", { count: more })}</li>}
      </ul>
    </section>
  );
}
