// One's role became another while the document was open: says what that means now, until it was read. What the new role
// may not send any more can be taken along.
import { Button } from "@mantine/core";
import { useState } from "react";
import { roleMeaning, roleWithArticle } from "../../frame/role.ts";
import type { Role } from "../../gql/graphql.ts";
import { saveFile } from "../../ui/save-file.ts";
import { t } from "../../words/words.ts";
import { draftsOf } from "./model/note-draft.ts";
import { unsentLines, unsentText } from "./model/unsent.ts";
import type { OpenedDocument } from "./useOpenDocument.ts";
import { useSnapshot } from "./useSnapshot.ts";
import css from "./workbench.module.css";

export interface RoleNoticeProps extends Pick<OpenedDocument, "document" | "workbench"> {
  readonly role: Role;
  readonly onSeen: () => void;
}

export function RoleNotice({ document, workbench, role, onSeen }: RoleNoticeProps) {
  const refused = useSnapshot(workbench).operations.filter(({ problem }) => problem?.code === "FORBIDDEN");
  const [begun] = useState(() =>
    draftsOf(localStorage, workbench.viewer.id, (id) => workbench.get(id) !== undefined),
  );
  // Every other role goes on writing its note.
  const notes = role === "VIEWER" ? begun : [];
  const lines = unsentLines(refused, notes, { ...document, annotation: workbench.get });
  return (
    <div className={css.roleNotice} role="status">
      <p>
        <strong>{t("workbench:role.now", { role: roleWithArticle(role) })}</strong> {roleMeaning(role)}
        {lines.length > 0 && ` ${t("decisions:notSent", { count: lines.length })}`}
      </p>
      <div className={css.roleActions}>
        {lines.length > 0 && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => saveFile([unsentText(document.title, lines)], "not-sent.txt")}
          >
            {t("ui:kept.download")}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onSeen}>
          {t("workbench:role.understood")}
        </Button>
      </div>
    </div>
  );
}
