// How a label looks on a text, before anybody marks one: alone, with another one inside, selected, and with patterns.
import { labelColorVar } from "../../../theme/label-color.ts";
import { LetterBadge } from "../../../ui/LetterBadge.tsx";
import { t } from "../../../words/words.ts";
import type { Label } from "./codebook-writes.ts";
import classes from "./LabelPreview.module.css";

type Look = Pick<Label, "color" | "letter" | "name">;

function Mark({ label, children, depth = 1 }: { label: Look; children: React.ReactNode; depth?: 1 | 2 }) {
  return (
    <span
      className={classes.mark}
      data-depth={depth}
      data-color={label.color}
      style={{ "--c": labelColorVar(label.color) }}
    >
      {children}
    </span>
  );
}

export interface LabelPreviewProps {
  readonly label: Look;
  /** Another label of the codebook, to stand inside. */
  readonly other: Look | null;
}

export function LabelPreview({ label, other }: LabelPreviewProps) {
  const few = t("codebook:preview.few");
  return (
    <>
      <h2 className={classes.caption}>{t("codebook:preview.title")}</h2>
      <div className={classes.sample} data-testid="preview">
        <span className={classes.letters} aria-hidden>
          <LetterBadge letter={label.letter} color={labelColorVar(label.color)} />
          {other && <LetterBadge letter={other.letter} color={labelColorVar(other.color)} />}
        </span>
        <p>
          {t("codebook:preview.before")} <Mark label={label}>{t("codebook:preview.outer")}</Mark>
          {other ? (
            <Mark label={label}>
              <Mark label={other} depth={2}>
                {t("codebook:preview.inner")}
              </Mark>
            </Mark>
          ) : (
            <Mark label={label}>{t("codebook:preview.inner")}</Mark>
          )}
          {t("codebook:preview.after")}
        </p>
      </div>
      <div className={classes.pair}>
        <div>
          <h3 className={classes.caption}>{t("codebook:preview.selected")}</h3>
          <p className={classes.sample} data-selected>
            <Mark label={label}>{few}</Mark>
          </p>
        </div>
        <div>
          <h3 className={classes.caption}>{t("codebook:preview.patterns")}</h3>
          <p className={classes.sample} data-patterns>
            <Mark label={label}>{few}</Mark>
          </p>
        </div>
      </div>
    </>
  );
}
