// The document was taken away while it was open: deleted, or one's access to it ended. What could not be sent is not
// dropped silently: it can be taken along, and stays on this device.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { NotFound } from "../../frame/NotFound.tsx";
import { KeptText } from "../../ui/KeptText.tsx";
import { t } from "../../words/words.ts";
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
  return (
    <div role="alert">
      <NotFound
        title={t(isAccessLost ? "workbench:ended.noAccess" : "workbench:ended.notHere")}
        action={
          <>
            {lines.length > 0 && (
              <KeptText
                label={t("workbench:ended.unsent", { count: lines.length })}
                text={unsentText(document.title, lines)}
                fileName="not-sent.txt"
              />
            )}
            <Button component={Link} to="/" variant="default">
              {t("page.projects")}
            </Button>
          </>
        }
      >
        {t(isAccessLost ? "workbench:ended.access" : "workbench:ended.deletedOrAccess", {
          project: document.project.name,
        })}{" "}
        {lines.length === 0 ? (
          t("workbench:ended.allSent")
        ) : (
          <span className={css.unsent}>
            {t("decisions:notSent", { count: lines.length })} {t("workbench:ended.stays")}
          </span>
        )}
      </NotFound>
    </div>
  );
}
