// How far the team is with the project: a line and a sentence, and on demand the figures behind it and each person's part.
import { useQuery } from "@apollo/client/react";
import { Popover, Skeleton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { describeError } from "../../../apollo/error-message.ts";
import { DoneBar, doneWords, shadeOf } from "../../../frame/work-status/DoneBar.tsx";
import type { TeamProgressQuery } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { formatNumber } from "../../../ui/count.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { Face } from "../../../ui/Face.tsx";
import { t } from "../../../words/words.ts";
import classes from "./ProgressPicture.module.css";

const PROJECT_PROGRESS = graphql(`
  query ProjectProgress($projectId: ID!) {
    project(id: $projectId) {
      id
      progress {
        documentCount
        doneBy
      }
    }
  }
`);

const TEAM_PROGRESS = graphql(`
  query TeamProgress($projectId: ID!) {
    project(id: $projectId) {
      id
      progress {
        documentCount
        doneBy
        people {
          done
          inProgress
          user {
            id
            name
          }
        }
      }
    }
  }
`);

export function ProgressPicture({ projectId }: { readonly projectId: string }) {
  const [isOpen, setOpen] = useState(false);
  // Beside the list: without an answer the page does without it.
  const { data } = useQuery(PROJECT_PROGRESS, { variables: { projectId }, fetchPolicy: "cache-and-network" });
  const doneBy = data?.project?.progress.doneBy ?? [];
  if (doneBy.every((documents) => documents === 0)) return null;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={320} trapFocus withRoles>
      <Popover.Target>
        <button type="button" className={classes.button} onClick={() => setOpen(!isOpen)}>
          <span className={classes.line} aria-hidden>
            <DoneBar doneBy={doneBy} />
          </span>
          {doneWords(doneBy)}
          <IconChevronDown size={14} stroke={1.75} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown>{isOpen && <Figures projectId={projectId} doneBy={doneBy} />}</Popover.Dropdown>
    </Popover>
  );
}

interface FiguresProps {
  readonly projectId: string;
  readonly doneBy: readonly number[];
}

function Figures({ projectId, doneBy }: FiguresProps) {
  const { data, error } = useQuery(TEAM_PROGRESS, {
    variables: { projectId },
    fetchPolicy: "cache-and-network",
  });
  const progress = data?.project?.progress;
  return (
    <div className={classes.figures} tabIndex={-1} data-autofocus>
      <h2>{t("status:picture.byTeam")}</h2>
      <ByTeam doneBy={progress?.doneBy ?? doneBy} />
      <h2>{t("status:picture.byPerson")}</h2>
      {error && !progress && <InlineError {...describeError(error)} message={t("status:picture.failed")} />}
      {!error && !progress && <Skeleton height={14} width="70%" my={8} />}
      {progress && <ByPerson {...progress} />}
    </div>
  );
}

function ByTeam({ doneBy }: { readonly doneBy: readonly number[] }) {
  const most = Math.max(1, doneBy.length - 1);
  return (
    <ul>
      {doneBy
        .map((documents, people) => ({ documents, people }))
        .reverse()
        .map(({ documents, people }) => (
          <li key={people} className={classes.shade}>
            <i style={{ "--shade": `${shadeOf(people, most)}%` }} aria-hidden />
            {people === 0 ? t("status:picture.nobody") : t("status:picture.people", { count: people })}
            <span>{formatNumber(documents)}</span>
          </li>
        ))}
    </ul>
  );
}

type Progress = NonNullable<TeamProgressQuery["project"]>["progress"];

function ByPerson({ people, documentCount }: Pick<Progress, "people" | "documentCount">) {
  return (
    <ul>
      {people.map(({ user, done, inProgress }) => (
        <li key={user.id} className={classes.person}>
          <Face person={user} size="small" decorative />
          <bdi>{user.name}</bdi>
          <span className={classes.part}>
            {t("status:picture.person", { done: formatNumber(done), inProgress: formatNumber(inProgress) })}
          </span>
          <span className={classes.share} aria-hidden>
            <i style={{ flexGrow: done, "--shade": "100%" }} />
            <i style={{ flexGrow: inProgress, "--shade": "45%" }} />
            <i style={{ flexGrow: Math.max(0, documentCount - done - inProgress), "--shade": "12%" }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
