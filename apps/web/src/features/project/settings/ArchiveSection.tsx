// Putting the project away without losing anything.
import { useApolloClient } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useState } from "react";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { setProjectArchived } from "../../../frame/life.ts";
import { showNotice } from "../../../frame/notice.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
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
          ? { words: "The project is in use again." }
          : {
              words: "The project is archived.",
              undo: async () => {
                await setProjectArchived(client, project.id, false);
                return "The project is in use again.";
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
      <h2 id="archive">{isArchived ? "Take the project out of the archive" : "Archive the project"}</h2>
      <div className={tab.form}>
        <p className={tab.note}>
          {isArchived
            ? "Everybody works in it again as their role allows."
            : "It stands still for everybody: no marking, no comments, no new documents. It can still be read and exported, and be taken out again at any time."}
        </p>
        {problem && <InlineError message={problem.message} requestId={problem.requestId} />}
        <div className={tab.buttons}>
          <Button variant="default" loading={isBusy} onClick={() => void change()}>
            {isArchived ? "Take out" : "Archive project"}
          </Button>
        </div>
      </div>
    </section>
  );
}
