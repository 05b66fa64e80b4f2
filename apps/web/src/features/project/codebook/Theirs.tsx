// Another's value that waits beside the one being written, with one click for each. There before there is anything to say,
// so that it is announced when it comes.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../../../words/words.ts";
import classes from "./Theirs.module.css";
import type { Field } from "./useField.ts";

export interface TheirsProps<T> {
  readonly field: Field<T>;
  /** How another's value reads. */
  readonly show: (value: T) => ReactNode;
  readonly by?: string | null | undefined;
}

export function Theirs<T>({ field, show, by }: TheirsProps<T>) {
  return (
    <div role="status">
      {field.theirs && (
        <div className={classes.theirs}>
          <p>{t("codebook:theirs.title", { name: by ?? t("codebook:theirs.somebody") })}</p>
          <blockquote dir="auto">{show(field.theirs.value) || t("codebook:theirs.empty")}</blockquote>
          <div className={classes.buttons}>
            <Button size="xs" variant="default" onClick={field.keepTheirs}>
              {t("codebook:theirs.keep")}
            </Button>
            <Button size="xs" variant="default" loading={field.isBusy} onClick={field.keepMine}>
              {t("codebook:theirs.mine")}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
