// Who made the annotation and who changed it last; on demand all of it, with before and after.
import { Button } from "@mantine/core";
import { useState } from "react";
import { RelativeTime } from "../../../ui/RelativeTime.tsx";
import { t } from "../../../words/words.ts";
import type { AnnotationDetailProps } from "../AnnotationDetail.tsx";
import inspector from "../inspector.module.css";
import { HistoryList } from "./HistoryList.tsx";
import css from "./history.module.css";

export function HistorySection(props: AnnotationDetailProps) {
  const { entry, workbench } = props;
  const [isOpen, setOpen] = useState(false);
  const nameOf = (person: { readonly id: string; readonly name: string }) =>
    person.id === workbench.viewer.id ? t("history:you") : person.name;
  return (
    <section className={inspector.section}>
      <h3 className={inspector.caption}>{t("history:title")}</h3>
      {isOpen ? (
        <HistoryList {...props} />
      ) : (
        <>
          <p className={inspector.line}>
            <span>{t("history:made", { name: nameOf(entry.createdBy) })}</span>
            <RelativeTime at={entry.createdAt} />
          </p>
          {entry.version > 1 && (
            <p className={inspector.line}>
              <span>{t("history:changedLast", { name: nameOf(entry.updatedBy) })}</span>
              <RelativeTime at={entry.updatedAt} />
            </p>
          )}
        </>
      )}
      <Button
        size="xs"
        variant="subtle"
        className={css.toggle ?? ""}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? t("history:less") : t("history:all")}
      </Button>
    </section>
  );
}
