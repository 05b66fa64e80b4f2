// Says to who can't see it what others have just done to the codebook: the last thing of each batch.
import { useState } from "react";
import type { ProjectChange } from "../../../frame/project-changes/apply-changes.ts";
import { useProjectChange } from "../../../frame/project-changes/useProjectChanges.ts";
import { useViewer } from "../../../frame/viewer.ts";
import { VisuallyHidden } from "../../../ui/VisuallyHidden.tsx";
import { t } from "../../../words/words.ts";

function inWords(change: ProjectChange): string | null {
  const person = change.author.name;
  switch (change.__typename) {
    case "LabelSaved":
      return t("codebook:heard.changed", { person, name: change.label.name });
    case "RelationTypeSaved":
      return t("codebook:heard.changed", { person, name: change.relationType.name });
    case "LabelMerged":
      return t("codebook:heard.merged", { person, name: change.label.name });
    case "LabelDeleted":
    case "RelationTypeDeleted":
      return t("codebook:heard.deleted", { person, name: change.name });
    default:
      return null;
  }
}

export function OthersChanges({ projectId }: { readonly projectId: string }) {
  const viewer = useViewer();
  const [said, setSaid] = useState("");
  useProjectChange(projectId, (changes) => {
    const theirs = changes?.filter(({ author }) => author.id !== viewer.id) ?? [];
    const words = theirs.map(inWords).findLast((each) => each !== null);
    if (words != null) setSaid(words);
  });
  return <VisuallyHidden live>{said}</VisuallyHidden>;
}
