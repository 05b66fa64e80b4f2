// What to do in the first minute, for whoever has just set the installation up; one click puts it away.
import { CloseButton } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { firstStepsAreDue, putFirstStepsAway } from "../../../frame/first-steps.ts";
import { Kbd } from "../../../ui/Kbd.tsx";
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
    <section className={classes.steps} aria-label="First steps">
      <ol>
        <li>
          <b>Open a report</b>
          <span>
            Start with <Link to={`/documents/${document.id}`}>{document.title}</Link>.
          </span>
        </li>
        <li>
          <b>Select a few words</b>
          <span>
            Then press a label’s key, <Kbd>c</Kbd> for a claim. <Kbd>?</Kbd> lists all keys.
          </span>
        </li>
        <li>
          <b>Invite the others</b>
          <span>
            <Link to={`/projects/${projectId}/team`}>Make a link</Link> for each; you will see them work.
          </span>
        </li>
      </ol>
      <CloseButton aria-label="Put the first steps away" onClick={putAway} />
    </section>
  );
}
