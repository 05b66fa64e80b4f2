// What people say about the annotation: one thread in order of time, settled and reopened as a whole.
import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { VisuallyHidden } from "../../../ui/VisuallyHidden.tsx";
import { t } from "../../../words/words.ts";
import type { AnnotationDetailProps } from "../AnnotationDetail.tsx";
import inspector from "../inspector.module.css";
import { isOpen } from "../model/discussions.ts";
import { CommentField } from "./CommentField.tsx";
import { CommentItem } from "./CommentItem.tsx";
import css from "./discussion.module.css";
import { useDraft } from "./useDraft.ts";

export function DiscussionSection(props: AnnotationDetailProps) {
  const { entry, workbench, discussions, rights, members, asksComment, onCommentAsked, onSay } = props;
  const comments = discussions.of(entry.id);
  const [known] = useState(() => new Set(comments.map(({ id }) => id)));
  const { viewer } = workbench;
  const draft = useDraft("comment", viewer.id, entry.id, "");
  const isUnsettled = isOpen(comments);
  const last = comments.at(-1);
  if (comments.length === 0 && !rights.canAnnotate && draft.text === null) return null;

  const say = () => {
    workbench.say(entry.id, (draft.text ?? "").trim());
    draft.sendOff(workbench.written());
  };
  const settle = () => {
    const open = comments.filter(({ resolvedAt }) => resolvedAt === null);
    workbench.asOneAct(() => {
      for (const { id } of open) workbench.changeComment(id, { resolved: true });
    });
    onSay(t("discussion:settled"));
  };
  const reopen = () => {
    if (last === undefined) return;
    workbench.changeComment(last.id, { resolved: false });
    onSay(t("discussion:reopened"));
  };
  const arrived = comments.findLast(({ id, author }) => author.id !== viewer.id && !known.has(id));
  const answers = last !== undefined && last.author.id !== viewer.id ? last.author.name : null;

  return (
    <section className={inspector.section} data-discussion>
      <h3 className={inspector.caption}>
        <span>
          {t("discussion:title")}
          {comments.length > 0 && ` · ${comments.length}`}
          {comments.length > 0 && !isUnsettled && (
            <span className={css.settled}>
              <IconCheck size={12} stroke={2} aria-hidden /> {t("discussion:isSettled")}
            </span>
          )}
        </span>
      </h3>
      {comments.length > 0 && (
        <ol className={css.thread} aria-label={t("discussion:title")}>
          {comments.map((comment) => (
            <CommentItem key={comment.id} {...props} comment={comment} />
          ))}
        </ol>
      )}
      <VisuallyHidden live>
        {arrived === undefined ? "" : t("discussion:arrived", { name: arrived.author.name })}
      </VisuallyHidden>
      {rights.canAnnotate ? (
        <CommentField
          label={t("discussion:write")}
          placeholder={
            answers === null ? t("discussion:placeholder") : t("discussion:answer", { name: answers })
          }
          submitLabel={t("discussion:send")}
          value={draft.text ?? ""}
          members={members}
          onChange={draft.write}
          onSubmit={say}
          takesFocus={asksComment}
          onFocused={onCommentAsked}
        />
      ) : (
        draft.text !== null && (
          <>
            <p className={inspector.hintInline}>{t("discussion:keptHere")}</p>
            <p className={inspector.note} dir="auto">
              {draft.text}
            </p>
          </>
        )
      )}
      {rights.canAnnotate && comments.length > 0 && (
        <Button
          size="xs"
          variant="subtle"
          className={css.settle ?? ""}
          onClick={isUnsettled ? settle : reopen}
        >
          {isUnsettled ? t("discussion:settle") : t("discussion:reopen")}
        </Button>
      )}
    </section>
  );
}
