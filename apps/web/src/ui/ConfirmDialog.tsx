// Asks before what takes something away. Says what goes; the way back has the focus.
import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { t } from "../words/words.ts";
import classes from "./ConfirmDialog.module.css";
import { InlineError } from "./ErrorState.tsx";

export interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly busy?: boolean;
  readonly error?: { readonly message: string; readonly requestId: string | null } | null;
  /** When given, it must be typed before the button works. */
  readonly phrase?: string;
  /** More to fill in, below the phrase; `ready` says when it is. */
  readonly fields?: ReactNode;
  readonly ready?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirmLabel, busy = false, error, phrase, fields, ready = true } = props;
  const { onConfirm, onClose } = props;
  const [typed, setTyped] = useState("");
  const isAllowed = ready && (phrase === undefined || typed.trim() === phrase.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isAllowed && !busy) onConfirm();
  };
  return (
    <Modal opened onClose={onClose} title={title} size={440}>
      <form onSubmit={submit}>
        <div className={classes.words}>{children}</div>
        {phrase !== undefined && (
          <TextInput
            className={classes.phrase}
            label={t("ui:confirm.phrase", { phrase })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        {fields}
        {error && <InlineError message={error.message} requestId={error.requestId} />}
        <div className={classes.buttons}>
          <Button
            variant="default"
            onClick={onClose}
            {...(phrase === undefined && { "data-autofocus": true })}
          >
            {t("action.cancel")}
          </Button>
          <Button type="submit" color="danger" loading={busy} disabled={!isAllowed}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
