// The document was taken away while it was open: deleted, or one's access to it ended. What could not be sent is not
// dropped silently: it can be taken along, and stays on this device.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { NotFound } from "../../frame/NotFound.tsx";
import { countOf } from "../../ui/count.ts";
import { KeptText } from "../../ui/KeptText.tsx";
import { draftsOf } from "./model/note-draft.ts";
import { unsentLines, unsentText } from "./model/unsent.ts";
import type { OpenedDocument } from "./useOpenDocument.ts";
import { useSnapshot } from "./useSnapshot.ts";
import css from "./workbench.module.css";

export interface EndedNoticeProps extends OpenedDocument {
  /** Whether the server still said why; who comes back after it happened hears the same of both. */
  readonly isAccessLost: boolean;
}

export function EndedNotice({ document, workbench, isAccessLost }: EndedNoticeProps) {
  const { operations } = useSnapshot(workbench);
  const [notes] = useState(() =>
    draftsOf(localStorage, workbench.viewer.id, (id) => workbench.get(id) !== undefined),
  );
  const lines = unsentLines(operations, notes, { ...document, annotation: workbench.get });
  const unsent = countOf(lines.length, "change");
  return (
    <div role="alert">
      <NotFound
        title={isAccessLost ? "You no longer have access" : "This document is no longer here"}
        action={
          <>
            {lines.length > 0 && (
              <KeptText
                label={`${unsent} that could not be sent`}
                text={unsentText(document.title, lines)}
                fileName="not-sent.txt"
              />
            )}
            <Button component={Link} to="/" variant="default">
              Projects
            </Button>
          </>
        }
      >
        {isAccessLost
          ? `Your access to ${document.project.name} ended while the document was open. `
          : `It was deleted while it was open here, or your access to ${document.project.name} ended. `}
        {lines.length === 0 ? (
          "Everything you did had reached the server."
        ) : (
          <span className={css.unsent}>
            {unsent} of yours could not be sent. What is not sent stays on this device, and you can take it
            along as text.
          </span>
        )}
      </NotFound>
    </div>
  );
}
