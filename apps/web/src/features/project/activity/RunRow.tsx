// A run in one sentence; each act in it on demand, with the way to where it was done.
import { Tooltip } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { Trans } from "react-i18next";
import { Link } from "react-router";
import { roleWithArticle } from "../../../frame/role.ts";
import { labelColorVar } from "../../../theme/label-color.ts";
import { Face } from "../../../ui/Face.tsx";
import { LetterBadge } from "../../../ui/LetterBadge.tsx";
import { exactTime } from "../../../ui/relative-time.ts";
import { LOCALE, t } from "../../../words/words.ts";
import classes from "./ActivityTab.module.css";
import { type Act, placeOf } from "./act.ts";
import { countOfRun, type Run } from "./activity-runs.ts";
import { DEED_WORDS } from "./run-words.ts";

/** So many at a time: a run may be a thousand. */
const SHOWN = 20;

const clockTime = (at: string) =>
  new Date(at).toLocaleTimeString(LOCALE, { hour: "2-digit", minute: "2-digit" });

/** Names come as props: what stands between tags is the catalogue's. */
function Name({ name }: { readonly name: string }) {
  return <bdi className={classes.name}>{name}</bdi>;
}

function Title({ act, to }: { readonly act: Act; readonly to: string | null }) {
  const title = act.document?.title ?? act.subject ?? t("activity:document.gone");
  return to === null || act.document === null ? (
    <bdi>{title}</bdi>
  ) : (
    <Link className={classes.title} to={to} dir="auto">
      {title}
    </Link>
  );
}

function Subject({ act, to }: { readonly act: Act; readonly to: string | null }) {
  return (
    <>
      {act.label && <LetterBadge letter={act.label.letter} color={labelColorVar(act.label.color)} />}{" "}
      {to === null ? <bdi>{act.subject}</bdi> : <ToPlace to={to}>{act.subject}</ToPlace>}
    </>
  );
}

function ToPlace({ to, children }: { readonly to: string | null; readonly children?: ReactNode }) {
  return to === null ? children : <Link to={to}>{children}</Link>;
}

function Sentence({ run, projectId }: RunRowProps) {
  const [latest] = run.acts;
  if (!latest) return null;
  const only = run.acts.length === 1 ? latest : { ...latest, annotationId: "" };
  const to = placeOf(only, projectId);
  return (
    <Trans
      t={t}
      i18nKey={DEED_WORDS[latest.deed]}
      count={countOfRun(run)}
      values={{ role: latest.role && roleWithArticle(latest.role) }}
      components={{
        who: <Name name={latest.author.name} />,
        where: <Title act={latest} to={to} />,
        subject: <Subject act={latest} to={null} />,
        link: <Subject act={latest} to={to} />,
        project: <ToPlace to={to} />,
      }}
    />
  );
}

function Time({ run: { acts } }: { readonly run: Run }) {
  const latest = acts[0]?.at ?? "";
  const first = clockTime(acts.at(-1)?.at ?? latest);
  const last = clockTime(latest);
  return (
    <Tooltip label={exactTime(new Date(latest))}>
      <time className={classes.time} dateTime={latest}>
        {first === last ? last : `${first}–${last}`}
      </time>
    </Tooltip>
  );
}

/** What was marked or said, and where. */
function Detail({ act, projectId }: { readonly act: Act; readonly projectId: string }) {
  const to = placeOf(act, projectId);
  const words = (
    <>
      {act.label && (
        <span className={classes.label}>
          <LetterBadge letter={act.label.letter} color={labelColorVar(act.label.color)} />
          <bdi>{act.label.name}</bdi>
        </span>
      )}
      {act.label === undefined && act.subject && <bdi className={classes.label}>{act.subject}</bdi>}
      {act.quote && (
        <q className={classes.quote} dir="auto">
          {act.quote}
        </q>
      )}
    </>
  );
  return to === null ? (
    <span className={classes.detail}>{words}</span>
  ) : (
    <Link className={classes.detail} to={to}>
      {words}
    </Link>
  );
}

const hasDetail = ({ quote, label, subject }: Act) =>
  quote !== undefined || label !== undefined || subject !== undefined;

function Each({ run, projectId }: RunRowProps) {
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState(SHOWN);
  const id = useId();
  const count = run.acts.length;
  const sample = run.acts
    .slice(0, 3)
    .map(({ quote, subject }) => quote ?? subject ?? "")
    .join(" · ");
  return (
    <>
      <button
        type="button"
        className={classes.disclose}
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={t("activity:each.show", { what: sample })}
        onClick={() => setOpen(!isOpen)}
      >
        <span dir="auto">{sample}</span>
      </button>
      <ul id={id} className={classes.each} hidden={!isOpen}>
        {isOpen &&
          run.acts.slice(0, shown).map((act) => (
            <li key={act.cursor}>
              <Detail act={act} projectId={projectId} />
              <time className={classes.time} dateTime={act.at}>
                {clockTime(act.at)}
              </time>
            </li>
          ))}
        {isOpen && shown < count && (
          <li>
            <button type="button" className={classes.rest} onClick={() => setShown(shown + 10 * SHOWN)}>
              {t("activity:each.someRest", { count: count - shown })}
            </button>
          </li>
        )}
      </ul>
    </>
  );
}

export interface RunRowProps {
  readonly run: Run;
  readonly projectId: string;
}

export function RunRow({ run, projectId }: RunRowProps) {
  const [latest] = run.acts;
  if (!latest) return null;
  const isOne = run.acts.length === 1;
  return (
    <li className={classes.run}>
      <Face person={latest.author} decorative />
      <div className={classes.told}>
        <p>
          <Sentence run={run} projectId={projectId} />
        </p>
        {isOne && latest.quote !== undefined && <Detail act={latest} projectId={projectId} />}
        {!isOne && hasDetail(latest) && <Each run={run} projectId={projectId} />}
      </div>
      <Time run={run} />
    </li>
  );
}
