// How much a label is used, which of its attributes are left empty, and who changed it last.
import { ShortDay } from "../../../ui/RelativeTime.tsx";
import { t } from "../../../words/words.ts";
import type { Label } from "./codebook-writes.ts";
import classes from "./LabelUse.module.css";
import type { LabelUsage } from "./useLabelUsages.ts";

export interface LabelUseProps {
  readonly label: Label;
  /** Undefined until it is known. */
  readonly usage: LabelUsage | undefined;
}

export function LabelUse({ label, usage }: LabelUseProps) {
  return (
    <section className={classes.use} aria-labelledby="use">
      <h3 id="use">{t("codebook:use.title")}</h3>
      <p>{usage === undefined ? "…" : wordsOf(usage)}</p>
      {usage?.emptyAttributes
        .filter(({ annotationCount }) => annotationCount > 0)
        .map(({ key, annotationCount: count }) => (
          <p key={key}>
            {t("codebook:use.empty", {
              count,
              name: label.attributes.find((attribute) => attribute.key === key)?.name ?? key,
            })}
          </p>
        ))}
      <p>
        {t("codebook:use.version", { version: label.version })}{" "}
        {label.updatedBy && label.updatedAt && (
          <>
            {t("codebook:use.changed", { name: label.updatedBy.name })} <ShortDay at={label.updatedAt} />.
          </>
        )}
      </p>
    </section>
  );
}

function wordsOf({ annotationCount, documentCount, annotatorCount }: LabelUsage): string {
  const annotations = t("codebook:use.annotations", { count: annotationCount });
  if (annotationCount === 0) return annotations;
  return t("codebook:use.where", {
    annotations,
    documents: t("codebook:use.documents", { count: documentCount }),
    people: t("codebook:use.people", { count: annotatorCount }),
  });
}
