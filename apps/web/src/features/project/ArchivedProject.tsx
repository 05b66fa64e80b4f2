// Says that the project is archived, and takes it out again.
import { useApolloClient } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useState } from "react";
import { Trans } from "react-i18next";
import { describeError, type ShownError } from "../../apollo/error-message.ts";
import { setProjectArchived } from "../../frame/life.ts";
import { showNotice } from "../../frame/notice.ts";
import { isAtLeast } from "../../frame/role.ts";
import { ArchiveBanner } from "../../ui/Banner.tsx";
import { ShortDay } from "../../ui/RelativeTime.tsx";
import { t } from "../../words/words.ts";
import classes from "./ProjectPage.module.css";
import type { ProjectHead } from "./project-head.ts";

export function ArchivedProject({ project }: { readonly project: ProjectHead }) {
  const client = useApolloClient();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ShownError | null>(null);
  const takeOut = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await setProjectArchived(client, project.id, false);
      showNotice({ words: t("project:archived.inUseAgain") });
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.archived}>
      <ArchiveBanner
        action={
          isAtLeast(project.viewerRole, "CURATOR") && (
            <Button variant="default" size="xs" loading={isBusy} onClick={() => void takeOut()}>
              {t("project:archived.takeOut")}
            </Button>
          )
        }
      >
        <Trans
          t={t}
          i18nKey="project:archived.words"
          components={{ day: <>{project.archivedAt !== null && <ShortDay at={project.archivedAt} />}</> }}
        />
        {problem && <b className={classes.problem}> {problem.message}</b>}
      </ArchiveBanner>
    </div>
  );
}
