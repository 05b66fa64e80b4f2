// What was deleted and can still be brought back: what it is, who deleted it when, and until when there is time.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Trans } from "react-i18next";
import { t } from "../words/words.ts";
import classes from "./DeletedList.module.css";
import { InlineError } from "./ErrorState.tsx";
import { RelativeTime, ShortDay } from "./RelativeTime.tsx";

export interface DeletedThing {
  readonly id: string;
  readonly name: string;
  /** "3 documents, 41 annotations". */
  readonly contents: string;
  readonly deletedAt: string;
  /** Null when that person's account is gone. */
  readonly deletedBy: string | null;
  readonly purgeAt: string;
}

export interface DeletedListProps {
  readonly label: string;
  readonly things: readonly DeletedThing[];
  /** Absent where nothing may be restored. */
  readonly onRestore?: Restore;
}

/** Answers why it could not be restored; null when it was. */
type Restore = (thing: DeletedThing) => Promise<{ message: string; requestId: string | null } | null>;

export function DeletedList({ label, things, onRestore }: DeletedListProps) {
  return (
    <ul className={classes.list} aria-label={label}>
      {things.map((thing) => (
        <DeletedRow key={thing.id} thing={thing} {...(onRestore && { onRestore })} />
      ))}
    </ul>
  );
}

function DeletedRow({ thing, onRestore }: { readonly thing: DeletedThing; readonly onRestore?: Restore }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Awaited<ReturnType<Restore>>>(null);
  const restore = async () => {
    if (!onRestore) return;
    setBusy(true);
    setProblem(await onRestore(thing));
    setBusy(false);
  };
  return (
    <li className={classes.row}>
      <b className={classes.name} dir="auto">
        {thing.name}
      </b>
      <span className={classes.contents}>{thing.contents}</span>
      <span className={classes.when}>
        <Trans
          t={t}
          i18nKey={thing.deletedBy === null ? "ui:deleted.facts" : "ui:deleted.factsWithName"}
          components={{
            when: <RelativeTime at={thing.deletedAt} ago />,
            name: <>{thing.deletedBy}</>,
            until: <ShortDay at={thing.purgeAt} />,
          }}
        />
      </span>
      {onRestore && (
        <Button
          className={classes.restore}
          variant="default"
          size="xs"
          loading={isBusy}
          aria-label={t("ui:deleted.restoreNamed", { name: thing.name })}
          onClick={() => void restore()}
        >
          {t("ui:deleted.restore")}
        </Button>
      )}
      {problem && (
        <div className={classes.problem}>
          <InlineError message={problem.message} requestId={problem.requestId} />
        </div>
      )}
    </li>
  );
}
