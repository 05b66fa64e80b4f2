// Shows the notice. It goes by itself unless it is pointed at, has the focus, or tells of a failure.
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { describeError } from "../apollo/error-message.ts";
import { t } from "../words/words.ts";
import classes from "./NoticeBar.module.css";
import { type Notice, showNotice, useNotice } from "./notice.ts";

/** Long enough to read it, change one's mind and get there by keyboard. */
const STAYS_MS = 20_000;

export function NoticeBar() {
  const notice = useNotice();
  return <div role="status">{notice && <NoticeCard key={notice.words} notice={notice} />}</div>;
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const [isHeld, setHeld] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const stays = isHeld || isBusy || problem !== null || notice.isProblem === true;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => showNotice(null), STAYS_MS);
    return () => clearTimeout(timer);
  }, [stays]);
  const undo = async () => {
    if (!notice.undo || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      showNotice({ words: await notice.undo() });
    } catch (error) {
      setProblem(describeError(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only makes it stay.
    <div
      className={classes.notice}
      data-problem={notice.isProblem || undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p dir="auto">
        {notice.words}
        {problem !== null && <span className={classes.problem}> {problem}</span>}
      </p>
      {notice.undo && (
        <button type="button" className={classes.undo} aria-disabled={isBusy} onClick={() => void undo()}>
          {t(problem === null ? "action.undo" : "action.tryAgain")}
        </button>
      )}
      {notice.link && (
        <Link className={classes.undo} to={notice.link.to} onClick={() => showNotice(null)}>
          {notice.link.label}
        </Link>
      )}
      <ActionIcon size="sm" aria-label={t("action.close")} onClick={() => showNotice(null)}>
        <IconX size={16} stroke={1.5} aria-hidden />
      </ActionIcon>
    </div>
  );
}
