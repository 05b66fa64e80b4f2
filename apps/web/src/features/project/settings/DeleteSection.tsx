// The project's end, which an owner can take back for 30 days.
import { useApolloClient, useMutation, useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useState } from "react";
import { Trans } from "react-i18next";
import { useNavigate } from "react-router";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { restoreProject } from "../../../frame/life.ts";
import { showNotice } from "../../../frame/notice.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { t } from "../../../words/words.ts";
import type { ProjectHead } from "../project-head.ts";
import tab from "../tab.module.css";

const DeleteProjectDocument = graphql(`
  mutation DeleteProject($input: DeleteProjectInput!) {
    deleteProject(input: $input) {
      projectId
    }
  }
`);

const WhoLosesItDocument = graphql(`
  query WhoLosesIt($id: ID!) {
    project(id: $id) {
      id
      members {
        user {
          id
        }
      }
    }
  }
`);

const contentsOf = ({ allDocuments, annotationCount }: ProjectHead) => [
  t("count.documents", { count: allDocuments.totalCount }),
  t("count.annotations", { count: annotationCount }),
];

export function DeleteSection({ project }: { readonly project: ProjectHead }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <section className={tab.section} aria-labelledby="end">
      <h2 id="end">{t("settings:delete.title")}</h2>
      <div className={tab.form}>
        <p className={tab.note}>{t("settings:delete.words", { contents: contentsOf(project) })}</p>
        <div className={tab.buttons}>
          <Button variant="default" color="danger" onClick={() => setAsking(true)}>
            {t("settings:delete.delete")}
          </Button>
        </div>
      </div>
      {isAsking && <DeleteProjectDialog project={project} onClose={() => setAsking(false)} />}
    </section>
  );
}

interface DeleteProjectDialogProps {
  readonly project: ProjectHead;
  readonly onClose: () => void;
}

function DeleteProjectDialog({ project, onClose }: DeleteProjectDialogProps) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const [clientMutationId] = useState(() => uuidv7());
  const [deleteProject, { loading, error }] = useMutation(DeleteProjectDocument);
  // The number of people is an addition: without it the question is asked all the same.
  const { data } = useQuery(WhoLosesItDocument, { variables: { id: project.id } });
  const others = (data?.project?.members.length ?? 1) - 1;
  const confirm = async () => {
    try {
      await deleteProject({ variables: { input: { clientMutationId, id: project.id } } });
    } catch {
      return; // Shown in the dialog, from the mutation's own state.
    }
    await navigate("/", { replace: true });
    const id = client.cache.identify({ __typename: "Project", id: project.id });
    if (id) client.cache.evict({ id });
    client.cache.gc();
    showNotice({
      words: t("settings:delete.deleted", { name: project.name }),
      undo: async () => {
        await restoreProject(client, project.id);
        return t("settings:delete.restored", { name: project.name });
      },
    });
  };
  return (
    <ConfirmDialog
      title={t("settings:delete.askTitle")}
      confirmLabel={t("settings:delete.delete")}
      phrase={project.name}
      busy={loading}
      error={error ? describeError(error) : null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        <Trans
          t={t}
          i18nKey="settings:delete.goes"
          values={{ contents: contentsOf(project) }}
          components={{ b: <b /> }}
        />{" "}
        {others > 0 && (
          <Trans t={t} i18nKey="settings:delete.others" count={others} components={{ b: <b /> }} />
        )}
      </p>
      <p>{t("settings:delete.restorable")}</p>
    </ConfirmDialog>
  );
}
