// The browsers that are signed in; each can be ended, or all at once.
import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { Trans } from "react-i18next";
import { type AuthFailure, endAllSessions, endSession, type Session } from "../../apollo/auth.ts";
import { useApollo } from "../../frame/apollo-context.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState, InlineError } from "../../ui/ErrorState.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { t } from "../../words/words.ts";
import classes from "./AccountPage.module.css";
import { useSessions } from "./sessions.ts";
import { browserWords } from "./user-agent.ts";

export function SessionsSection() {
  const { list, failure, reload } = useSessions();
  const [isAsking, setAsking] = useState(false);
  return (
    <section className={classes.section} aria-labelledby="sessions">
      <div className={classes.head}>
        <h2 id="sessions">{t("account:sessions.title")}</h2>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t("account:sessions.everywhere")}
        </Button>
      </div>
      {failure && (
        <ErrorState title={t("account:sessions.unread")} message={failure.message} onRetry={reload} />
      )}
      {!list && !failure && <Skeleton height={56} my={8} />}
      <ul>
        {list?.map((session) => (
          <SessionRow key={session.id} session={session} onEnded={reload} />
        ))}
      </ul>
      {isAsking && <EverywhereDialog onClose={() => setAsking(false)} />}
    </section>
  );
}

interface SessionRowProps {
  readonly session: Session;
  readonly onEnded: () => void;
}

function SessionRow({ session, onEnded }: SessionRowProps) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const words = browserWords(session.userAgent);
  const end = async () => {
    setBusy(true);
    const result = await endSession(session.token);
    setBusy(false);
    if (result.ok) onEnded();
    else setFailure(result);
  };
  return (
    <li className={classes.row}>
      <div>
        <p>{words}</p>
        <p className={classes.facts}>
          <span>
            <Trans
              t={t}
              i18nKey="account:sessions.since"
              components={{ time: <RelativeTime at={session.startedAt} ago /> }}
            />
          </span>
        </p>
      </div>
      {session.isThisOne ? (
        <span className={classes.quiet}>{t("account:sessions.thisBrowser")}</span>
      ) : (
        <Button
          variant="subtle"
          loading={isBusy}
          aria-label={t("account:sessions.signOutNamed", { browser: words })}
          onClick={() => void end()}
        >
          {t("account:sessions.signOut")}
        </Button>
      )}
      {failure && (
        <div className={classes.problem}>
          <InlineError message={failure.message} />
        </div>
      )}
    </li>
  );
}

function EverywhereDialog({ onClose }: { readonly onClose: () => void }) {
  const apollo = useApollo();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const confirm = async () => {
    setBusy(true);
    const result = await endAllSessions();
    if (!result.ok) {
      setBusy(false);
      setFailure(result);
      return;
    }
    apollo.dispose();
    // A fresh page: nothing of this person stays in memory.
    location.assign("/sign-in");
  };
  return (
    <ConfirmDialog
      title={t("account:sessions.everywhereTitle")}
      confirmLabel={t("account:sessions.everywhere")}
      busy={isBusy}
      error={failure && { message: failure.message, requestId: null }}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{t("account:sessions.everywhereWords")}</p>
    </ConfirmDialog>
  );
}
