// What to do in the first minute, for whoever has just set the installation up; one click puts it away.
import { CloseButton } from "@mantine/core";
import { useState } from "react";
import { Trans } from "react-i18next";
import { Link } from "react-router";
import { firstStepsAreDue, putFirstStepsAway } from "../../../frame/first-steps.ts";
import { Kbd } from "../../../ui/Kbd.tsx";
import { t } from "../../../words/words.ts";
import { useProject } from "../project-head.ts";
import classes from "./FirstSteps.module.css";

export interface FirstStepsProps {
  readonly projectId: string;
  /** A document to try it on; null while there is none. */
  readonly document: { readonly id: string; readonly title: string } | null;
}

export function FirstSteps({ projectId, document }: FirstStepsProps) {
  const [isShown, setIsShown] = useState(firstStepsAreDue);
  const { viewerRole } = useProject();
  if (!isShown || document === null || viewerRole !== "OWNER") return null;
  const putAway = () => {
    putFirstStepsAway();
    setIsShown(false);
  };
  return (
    <section className={classes.steps} aria-label={t("documents:firstSteps.title")}>
      <ol>
        <li>
          <b>{t("documents:firstSteps.open")}</b>
          <span>
            <Trans
              t={t}
              i18nKey="documents:firstSteps.openWords"
              components={{ document: <Link to={`/documents/${document.id}`}>{document.title}</Link> }}
            />
          </span>
        </li>
        <li>
          <b>{t("documents:firstSteps.mark")}</b>
          <span>
            <Trans t={t} i18nKey="documents:firstSteps.markWords" components={{ key: <Kbd>{null}</Kbd> }} />
          </span>
        </li>
        <li>
          <b>{t("documents:firstSteps.invite")}</b>
          <span>
            <Trans
              t={t}
              i18nKey="documents:firstSteps.inviteWords"
              components={{ team: <Link to={`/projects/${projectId}/team`} /> }}
            />
          </span>
        </li>
      </ol>
      <CloseButton aria-label={t("documents:firstSteps.putAway")} onClick={putAway} />
    </section>
  );
}
