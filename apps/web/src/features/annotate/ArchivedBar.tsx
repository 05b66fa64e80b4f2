// Above an archived text: that nothing changes here, where the newer version is, and the way out of the archive.
import { useApolloClient } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useState } from "react";
import { Trans } from "react-i18next";
import { Link } from "react-router";
import { describeError, type ShownError } from "../../apollo/error-message.ts";
import { setDocumentArchived, setProjectArchived } from "../../frame/life.ts";
import { ArchiveBanner } from "../../ui/Banner.tsx";
import { t } from "../../words/words.ts";
import type { OpenDocument } from "./read-document.ts";
import type { OpenStanding } from "./useStanding.ts";
import css from "./workbench.module.css";

export interface ArchivedBarProps {
  readonly document: OpenDocument;
  readonly standing: OpenStanding;
  readonly mayTakeOut: boolean;
}

export function ArchivedBar({ document, standing, mayTakeOut }: ArchivedBarProps) {
  const { isProjectArchived, nextVersionId } = standing;
  const client = useApolloClient();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ShownError | null>(null);
  const takeOut = async () => {
    setBusy(true);
    setProblem(null);
    try {
      if (isProjectArchived) await setProjectArchived(client, document.project.id, false);
      else await setDocumentArchived(client, document.id, false);
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <ArchiveBanner
      action={
        mayTakeOut && (
          <Button variant="default" size="xs" loading={isBusy} onClick={() => void takeOut()}>
            {t(isProjectArchived ? "workbench:archived.takeProjectOut" : "workbench:archived.takeOut")}
          </Button>
        )
      }
    >
      {t(isProjectArchived ? "workbench:archived.project" : "workbench:archived.document")}
      {nextVersionId !== null && (
        <>
          {" "}
          <Trans
            t={t}
            i18nKey="workbench:archived.newer"
            components={{ newer: <Link to={`/documents/${nextVersionId}`} /> }}
          />
        </>
      )}
      {problem && <b className={css.problemWords}> {problem.message}</b>}
    </ArchiveBanner>
  );
}
