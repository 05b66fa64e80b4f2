// Putting the project away without losing anything.
import { useApolloClient } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useState } from "react";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { setProjectArchived } from "../../../frame/life.ts";
import { showNotice } from "../../../frame/notice.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { t } from "../../../words/words.ts";
import type { ProjectHead } from "../project-head.ts";
import tab from "../tab.module.css";

export function ArchiveSection({ project }: { readonly project: ProjectHead }) {
  const client = useApolloClient();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ShownError | null>(null);
  const isArchived = project.archivedAt !== null;
  const change = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await setProjectArchived(client, project.id, !isArchived);
      showNotice(
        isArchived
          ? { words: t("project:archived.inUseAgain") }
          : {
              words: t("settings:archive.archived"),
              undo: async () => {
                await setProjectArchived(client, project.id, false);
                return t("project:archived.inUseAgain");
              },
            },
      );
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={tab.section} aria-labelledby="archive">
      <h2 id="archive">{t(isArchived ? "settings:archive.takeOutTitle" : "settings:archive.title")}</h2>
      <div className={tab.form}>
        <p className={tab.note}>
          {t(isArchived ? "settings:archive.takeOutWords" : "settings:archive.words")}
        </p>
        {problem && <InlineError message={problem.message} requestId={problem.requestId} />}
        <div className={tab.buttons}>
          <Button variant="default" loading={isBusy} onClick={() => void change()}>
            {t(isArchived ? "project:archived.takeOut" : "settings:archive.archive")}
          </Button>
        </div>
      </div>
    </section>
  );
}
