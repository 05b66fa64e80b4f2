// One comment: who, when, what, and for its author the ways to change it.
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { Face } from "../../../ui/Face.tsx";
import { RelativeTime } from "../../../ui/RelativeTime.tsx";
import { t } from "../../../words/words.ts";
import type { AnnotationDetailProps } from "../AnnotationDetail.tsx";
import type { ShownComment } from "../model/discussions.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { CommentBody } from "./CommentBody.tsx";
import { CommentField } from "./CommentField.tsx";
import css from "./discussion.module.css";
import { useDraft } from "./useDraft.ts";

export interface CommentItemProps
  extends Pick<AnnotationDetailProps, "document" | "labels" | "workbench" | "rights" | "members" | "onSay"> {
  readonly comment: ShownComment;
}

const ICON = { size: 14, stroke: 1.5, "aria-hidden": true } as const;

export function CommentItem(props: CommentItemProps) {
  const { comment, document, labels, workbench, rights, members, onSay } = props;
  const { id, author, body, createdAt, operation } = comment;
  const { viewer } = workbench;
  const isOwn = author.id === viewer.id;
  const canDelete = rights.canChange({ createdBy: author });
  const canReword = isOwn && rights.canAnnotate;
  const draft = useDraft("wording", viewer.id, id, body);
  const [asks, setAsks] = useState(false);
  const [takesFocus, setTakesFocus] = useState(false);

  const reword = () => {
    if (draft.text !== null && draft.text.trim() !== body)
      workbench.changeComment(id, { body: draft.text.trim() });
    draft.sendOff(workbench.written());
  };
  const remove = () => {
    workbench.unsay(id);
    draft.drop();
    onSay(t("discussion:deleted"));
  };

  return (
    <li className={css.comment} data-settled={comment.resolvedAt !== null || undefined}>
      <Face person={author} size="small" decorative />
      <div>
        <div className={css.head}>
          <b className={css.name}>{isOwn ? t("discussion:you") : author.name}</b>
          <RelativeTime at={createdAt} />
          {comment.state === "waiting" && <span className={css.waiting}>{t("discussion:waiting")}</span>}
          {draft.text === null && (canReword || canDelete) && (
            <span className={css.tools}>
              {canReword && (
                <Tooltip label={t("discussion:edit")}>
                  <ActionIcon
                    size={24}
                    aria-label={t("discussion:editComment")}
                    onClick={() => {
                      setTakesFocus(true);
                      draft.write(body);
                    }}
                  >
                    <IconPencil {...ICON} />
                  </ActionIcon>
                </Tooltip>
              )}
              {canDelete && (
                <Tooltip label={t("discussion:delete")}>
                  <ActionIcon
                    size={24}
                    aria-label={t("discussion:deleteComment", { name: author.name })}
                    onClick={() => (isOwn ? remove() : setAsks(true))}
                  >
                    <IconTrash {...ICON} />
                  </ActionIcon>
                </Tooltip>
              )}
            </span>
          )}
        </div>
        {draft.text === null || !canReword ? (
          <CommentBody body={body} people={members.people} viewerId={viewer.id} />
        ) : (
          <CommentField
            label={t("discussion:editComment")}
            placeholder=""
            submitLabel={t("discussion:save")}
            value={draft.text}
            members={members}
            onChange={draft.write}
            onSubmit={reword}
            onCancel={draft.drop}
            takesFocus={takesFocus}
          />
        )}
        {operation?.state === "refused" && (
          <ProblemNotice
            key={operation.clientMutationId}
            operation={operation}
            document={document}
            labels={labels}
            workbench={workbench}
          />
        )}
      </div>
      {asks && (
        <ConfirmDialog
          title={t("discussion:deleteTitle", { name: author.name })}
          confirmLabel={t("discussion:delete")}
          onConfirm={() => {
            setAsks(false);
            remove();
          }}
          onClose={() => setAsks(false)}
        >
          <p>{t("discussion:deleteWords")}</p>
        </ConfirmDialog>
      )}
    </li>
  );
}
