// The way to what was deleted from the document, by anybody and at any time, and back.
import { useQuery } from "@apollo/client/react";
import { Button, Modal, Skeleton } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { describeError } from "../../../apollo/error-message.ts";
import { graphql } from "../../../gql/gql.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { RelativeTime } from "../../../ui/RelativeTime.tsx";
import { t } from "../../../words/words.ts";
import type { AnnotationsPanelProps } from "../AnnotationsPanel.tsx";
import { LabelBadge } from "../LabelBadge.tsx";
import list from "../list/list.module.css";
import { toAnnotation } from "../model/from-graphql.ts";
import css from "./history.module.css";

const DELETED = graphql(`
  query WorkbenchDeleted($id: ID!) {
    document(id: $id) {
      id
      deletedAnnotations { deletedAt deletedBy { id name } annotation { ...AnnotationFields } }
    }
  }
`);

function DeletedList({
  document,
  inText,
  workbench,
  labels,
  rights,
  onSay,
  onSelect,
}: AnnotationsPanelProps) {
  const { data, error, refetch } = useQuery(DELETED, {
    variables: { id: document.id },
    fetchPolicy: "no-cache",
  });
  const { revision } = workbench;
  const shown = useRef(revision);
  useEffect(() => {
    if (shown.current === revision) return;
    shown.current = revision;
    refetch().catch(() => undefined);
  }, [revision, refetch]);
  const there = new Set(inText.map(({ id }) => id));
  const deleted = data?.document?.deletedAnnotations.filter(({ annotation }) => !there.has(annotation.id));
  if (deleted === undefined)
    return error === undefined ? (
      <Skeleton height={13} width="70%" my={10} aria-label={t("history:reading")} />
    ) : (
      <InlineError {...describeError(error)} />
    );
  if (deleted.length === 0) return <p className={css.nothing}>{t("history:nothingDeleted")}</p>;
  return (
    <ul aria-label={t("history:recentlyDeleted")}>
      {deleted.map(({ annotation: answer, deletedAt, deletedBy }) => {
        const annotation = toAnnotation(answer);
        const label = labels.get(annotation.labelId);
        const isOwn = deletedBy.id === workbench.viewer.id;
        return (
          <li key={annotation.id} className={css.gone}>
            <LabelBadge label={label} isNamed />
            <div>
              <p className={css.quote} dir="auto">
                {annotation.quote}
              </p>
              <p className={css.by}>
                {t("history:deleted", { name: isOwn ? t("history:you") : deletedBy.name })} ·{" "}
                <RelativeTime at={deletedAt} ago />
              </p>
            </div>
            {rights.canChange(annotation) && (
              <Button
                size="xs"
                variant="default"
                aria-label={t("history:bringBackOf", { quote: annotation.quote })}
                onClick={() => {
                  workbench.restore(annotation);
                  onSelect(annotation.id);
                  onSay(t("history:isBack"));
                }}
              >
                {t("history:bringBack")}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

export function DeletedAnnotations(props: AnnotationsPanelProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={list.deleted}>
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconTrash size={14} stroke={1.5} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t("history:recentlyDeleted")}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t("history:recentlyDeleted")} size={520}>
        <DeletedList {...props} />
      </Modal>
    </div>
  );
}
