// Why a change of one's own was refused, and the ways on: for a conflict both versions field by field, one press each; else
// the reason, and what else can be done.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { isAtLeast } from "../../frame/role.ts";
import { t } from "../../words/words.ts";
import { type FieldContext, fieldWords } from "./field-words.ts";
import css from "./inspector.module.css";
import { contested, type Question } from "./model/conflict.ts";
import type { Label, Person } from "./model/entities.ts";
import { annotationIdOf, type Operation } from "./model/operation.ts";
import type { Workbench } from "./model/workbench.ts";
import { OtherWays } from "./OtherWays.tsx";
import type { OpenDocument } from "./read-document.ts";

export interface ProblemNoticeProps {
  readonly operation: Operation;
  readonly document: OpenDocument;
  readonly labels: ReadonlyMap<string, Label>;
  readonly workbench: Workbench;
}

function Versions({
  question,
  context,
  isOwn,
}: {
  question: Question & { kind: "changed" };
  context: FieldContext;
  /** Whether both are this person's. */
  isOwn: boolean;
}) {
  const { mine, theirs, myFields, theirFields, isDeletion } = question;
  const names = [...new Set([...(isDeletion ? [] : myFields), ...theirFields])];
  const unchanged = <span className={css.muted}>{t("decisions:notChanged")}</span>;
  return (
    <table className={css.versions}>
      <thead>
        <tr>
          <td />
          <th scope="col">{isOwn ? t("decisions:youElsewhere") : theirs.updatedBy.name}</th>
          <th scope="col">{t(isOwn ? "decisions:youHere" : "decisions:you")}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const [title, theirWords] = fieldWords(name, theirs, context);
          const isTheirs = theirFields.includes(name) || question.base === null;
          return (
            <tr key={name}>
              <th scope="row">{title}</th>
              <td dir="auto">{isTheirs ? theirWords : unchanged}</td>
              <td dir="auto">
                {isDeletion
                  ? t("decisions:deleted")
                  : myFields.includes(name)
                    ? fieldWords(name, mine, context)[1]
                    : unchanged}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Box({ title, children, actions }: { title: ReactNode; children?: ReactNode; actions: ReactNode }) {
  return (
    <div className={css.problem} role="alert">
      <p>{title}</p>
      {children}
      <div className={css.problemActions}>{actions}</div>
    </div>
  );
}

export function ProblemNotice({ operation, document, labels, workbench }: ProblemNoticeProps) {
  const { decide } = workbench;
  const context = { document, labels };
  const question = decide.question(operation);
  const choice = (words: string, choose: () => void) => (
    <Button key={words} size="xs" variant="default" onClick={choose}>
      {words}
    </Button>
  );
  const isOwn = (person: { id: string }) => person.id === workbench.viewer.id;
  const changedWords = (person: Person) =>
    isOwn(person) ? t("decisions:youChangedIt") : t("decisions:changedIt", { name: person.name });
  const deletedWords = (person: Person) =>
    isOwn(person) ? t("decisions:youDeletedIt") : t("decisions:deletedIt", { name: person.name });

  if (question.kind === "changed") {
    const { theirs, isDeletion } = question;
    const isApart = !isDeletion && question.base !== null && contested(question).length === 0;
    const keepsTheirs =
      !isDeletion && !isApart && question.theirFields.some((name) => !question.myFields.includes(name));
    const words = isDeletion
      ? t("decisions:deleteAnyway")
      : t(isApart ? "decisions:keepBoth" : "decisions:keepMine");
    return (
      <Box
        title={
          <>
            <strong>{changedWords(theirs.updatedBy)}</strong>
            {isApart && ` ${t("decisions:different")}`}
          </>
        }
        actions={[
          choice(t(isApart ? "decisions:onlyTheirs" : "decisions:keepTheirs"), () =>
            decide.giveUp(operation),
          ),
          choice(words, () => decide.putOnTop(operation)),
        ]}
      >
        <Versions question={question} context={context} isOwn={isOwn(theirs.updatedBy)} />
        {keepsTheirs && <p className={css.hintInline}>{t("decisions:keepMineLeaves")}</p>}
      </Box>
    );
  }
  if (question.kind === "deleted") {
    const { mine, myFields, by } = question;
    return (
      <Box
        title={<strong>{deletedWords(by)}</strong>}
        actions={[
          choice(t("decisions:leaveDeleted"), () => decide.giveUp(operation)),
          choice(t("decisions:restoreMine"), () => decide.restoreWithMine(operation)),
        ]}
      >
        <dl className={css.mine}>
          {myFields.map((name) => {
            const [title, words] = fieldWords(name, mine, context);
            return (
              <div key={name}>
                <dt>{t("decisions:yours", { field: title.toLowerCase() })}</dt>
                <dd dir="auto">{words}</dd>
              </div>
            );
          })}
        </dl>
      </Box>
    );
  }
  if (question.kind === "unheard") {
    const { body, by, isAnnotationGone } = question;
    const annotation = workbench.formOf(annotationIdOf(operation.command) ?? "");
    const mayRestore =
      annotation?.createdBy.id === workbench.viewer.id || isAtLeast(document.project.viewerRole, "CURATOR");
    return (
      <Box
        title={
          <strong>
            {isAnnotationGone
              ? t("discussion:unheard.annotation", { name: by.name })
              : t("discussion:unheard.comment", { name: by.name })}
          </strong>
        }
        actions={[
          choice(t("discussion:unheard.drop"), () => decide.giveUp(operation)),
          !isAnnotationGone && choice(t("discussion:unheard.again"), () => decide.sayAnyway(operation)),
          isAnnotationGone &&
            mayRestore &&
            choice(t("discussion:unheard.restore"), () => decide.sayAnyway(operation)),
        ]}
      >
        <p className={css.note} dir="auto">
          {body}
        </p>
      </Box>
    );
  }
  const more = decide.lostWith(operation).length - 1;
  return (
    <Box
      title={
        <>
          <strong>{t("errors:refused")}</strong> {operation.problem?.message}
        </>
      }
      actions={[
        <OtherWays key="other" operation={operation} document={document} workbench={workbench} />,
        choice(t("action.tryAgain"), () => decide.tryAgain(operation)),
        <Button key="discard" size="xs" variant="subtle" onClick={() => decide.giveUp(operation)}>
          {more === 0 ? t("decisions:discard") : t("decisions:discardWith", { count: more })}
        </Button>,
      ]}
    />
  );
}
