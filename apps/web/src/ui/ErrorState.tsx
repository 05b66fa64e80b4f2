// Something failed: what, in words, a way on, and the number under which the server's log knows it.
import { Button } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Trans } from "react-i18next";
import { t } from "../words/words.ts";
import classes from "./Notice.module.css";

export interface ErrorStateProps {
  readonly title?: string;
  readonly message: string;
  readonly requestId?: string | null;
  readonly onRetry?: (() => void) | undefined;
  /** Another way on beside or instead of the retry. */
  readonly action?: ReactNode;
}

export function ErrorState({
  title = t("ui:error.title"),
  message,
  requestId,
  onRetry,
  action,
}: ErrorStateProps) {
  return (
    <section className={classes.notice} role="alert">
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.words}>{message}</p>
      {requestId && (
        <p className={classes.request}>
          <Trans t={t} i18nKey="ui:error.request" components={{ id: <code>{requestId}</code> }} />
        </p>
      )}
      {(onRetry || action) && (
        <div className={classes.action}>
          {onRetry && (
            <Button variant="default" onClick={onRetry}>
              {t("action.tryAgain")}
            </Button>
          )}
          {action}
        </div>
      )}
    </section>
  );
}

/** The same beside a form or in a dialog, where the action was. */
export function InlineError({
  message,
  requestId,
}: {
  readonly message: string;
  readonly requestId?: string | null;
}) {
  return (
    <p className={classes.inline} role="alert">
      <IconAlertCircle size={16} stroke={1.5} aria-hidden />
      <span>
        {message}
        {requestId && (
          <>
            {" "}
            <code>{requestId}</code>
          </>
        )}
      </span>
    </p>
  );
}
