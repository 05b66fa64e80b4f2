// The codebook: order and keys left, the meaning of one label or relation type in the middle, its consequence right. What is
// open stands in the address. Curators and owners change it, all others read; everybody sees changes as they are made.
import { useQuery } from "@apollo/client/react";
import { Button, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { describeError } from "../../../apollo/error-message.ts";
import { ProjectCodebookDocument } from "../../../frame/project-changes/operations.ts";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { t } from "../../../words/words.ts";
import { mayManage, useProject } from "../project-head.ts";
import tab from "../tab.module.css";
import classes from "./CodebookTab.module.css";
import codebook from "./codebook.module.css";
import type { Label, RelationType } from "./codebook-writes.ts";
import { LabelEditor } from "./LabelEditor.tsx";
import { LabelPreview } from "./LabelPreview.tsx";
import { LabelTree } from "./LabelTree.tsx";
import { LabelUse } from "./LabelUse.tsx";
import { NewLabelDialog } from "./NewLabelDialog.tsx";
import { NewRelationTypeDialog } from "./NewRelationTypeDialog.tsx";
import { OthersChanges } from "./OthersChanges.tsx";
import { RelationTypeEditor } from "./RelationTypeEditor.tsx";
import { RelationTypeList } from "./RelationTypeList.tsx";
import { useLabelUsages } from "./useLabelUsages.ts";

export function CodebookTab() {
  const project = useProject();
  usePageTitle(t("codebook:title"), project.name);
  const { data, error, refetch } = useQuery(ProjectCodebookDocument, {
    variables: { id: project.id },
    fetchPolicy: "cache-and-network",
    nextFetchPolicy: "cache-first",
  });
  const codebook = data?.project;
  if (!codebook) {
    return (
      <div className={tab.page}>
        {error ? (
          <ErrorState
            {...describeError(error)}
            title={t("codebook:unread")}
            onRetry={() => void refetch().catch(() => undefined)}
          />
        ) : (
          <Skeleton height={320} />
        )}
      </div>
    );
  }
  return (
    <Codebook
      projectId={project.id}
      mayEdit={mayManage(project)}
      labels={codebook.labels}
      types={codebook.relationTypes}
    />
  );
}

interface CodebookProps {
  readonly projectId: string;
  readonly mayEdit: boolean;
  readonly labels: readonly Label[];
  readonly types: readonly RelationType[];
}

function Codebook({ projectId, mayEdit, labels, types }: CodebookProps) {
  const isNarrow = useMediaQuery("(max-width: 899px)", false, { getInitialValueInEffect: false });
  const [address, setAddress] = useSearchParams();
  const [dialog, setDialog] = useState<"label" | "relation" | null>(null);
  const byId = useMemo(() => new Map(labels.map((label) => [label.id, label])), [labels]);
  const wantedLabel = address.get("label");
  const wantedType = address.get("relation");
  // Beside the list something is always open; on a narrow page only what was asked for.
  const first = isNarrow ? undefined : labels.find(({ archivedAt }) => archivedAt === null);
  const type = types.find(({ id }) => id === wantedType);
  const label =
    byId.get(wantedLabel ?? "") ?? (wantedLabel === null && type === undefined ? first : undefined);
  const isGone = (wantedLabel !== null && label === undefined) || (wantedType !== null && type === undefined);
  const open = (kind: "label" | "relation") => (id: string) => {
    setDialog(null);
    setAddress({ [kind]: id });
  };
  const usages = useLabelUsages(projectId, labels, label?.id ?? null);
  const isOpen = label !== undefined || type !== undefined || isGone;

  return (
    <div className={classes.codebook}>
      <OthersChanges projectId={projectId} />
      {(!isNarrow || !isOpen) && (
        <div className={classes.lists}>
          <LabelTree
            projectId={projectId}
            labels={labels}
            usages={usages}
            selectedId={label?.id ?? null}
            mayEdit={mayEdit}
            onSelect={open("label")}
            onNew={() => setDialog("label")}
          />
          <RelationTypeList
            types={types}
            labels={byId}
            selectedId={type?.id ?? null}
            mayEdit={mayEdit}
            onSelect={open("relation")}
            onNew={() => setDialog("relation")}
          />
        </div>
      )}
      {(!isNarrow || isOpen) && (
        <div className={classes.middle}>
          {isNarrow && (
            <Button
              variant="subtle"
              className={classes.back ?? ""}
              leftSection={<IconArrowLeft size={16} stroke={1.5} aria-hidden />}
              onClick={() => setAddress({})}
            >
              {t("codebook:back")}
            </Button>
          )}
          <div role="status">{isGone && <p className={codebook.note}>{t("codebook:gone")}</p>}</div>
          {label && (
            <LabelEditor
              key={label.id}
              projectId={projectId}
              label={label}
              labels={labels}
              mayManage={mayEdit}
            />
          )}
          {type && (
            <RelationTypeEditor
              key={type.id}
              projectId={projectId}
              type={type}
              labels={labels}
              mayEdit={mayEdit}
            />
          )}
        </div>
      )}
      {label && (
        <aside className={classes.consequence} aria-label={t("codebook:preview.name")}>
          <LabelPreview
            label={label}
            other={
              labels.find(
                ({ id, color, archivedAt }) =>
                  id !== label.id && color !== label.color && archivedAt === null,
              ) ?? null
            }
          />
          <LabelUse label={label} usage={usages.get(label.id)} />
        </aside>
      )}
      {dialog === "label" && (
        <NewLabelDialog
          projectId={projectId}
          labels={labels}
          onDone={open("label")}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === "relation" && (
        <NewRelationTypeDialog
          projectId={projectId}
          labels={labels}
          onDone={open("relation")}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}
