// The project's end, which an owner can take back for 30 days.
import { useApolloClient, useMutation, useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { restoreProject } from "../../../frame/life.ts";
import { showNotice } from "../../../frame/notice.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { countOf } from "../../../ui/count.ts";
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

/** "5 documents and 41 annotations". */
const contentsOf = ({ allDocuments, annotationCount }: ProjectHead) =>
  `${countOf(allDocuments.totalCount, "document")} and ${countOf(annotationCount, "annotation")}`;

export function DeleteSection({ project }: { readonly project: ProjectHead }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <section className={tab.section} aria-labelledby="end">
      <h2 id="end">Delete the project</h2>
      <div className={tab.form}>
        <p className={tab.note}>
          It goes for everybody, with {contentsOf(project)}. An owner can restore it for 30 days; after that
          only an export made before keeps them.
        </p>
        <div className={tab.buttons}>
          <Button variant="default" color="danger" onClick={() => setAsking(true)}>
            Delete project
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
      words: `“${project.name}” is deleted. It can be restored for 30 days.`,
      undo: async () => {
        await restoreProject(client, project.id);
        return `“${project.name}” is back.`;
      },
    });
  };
  return (
    <ConfirmDialog
      title="Delete this project?"
      confirmLabel="Delete project"
      phrase={project.name}
      busy={loading}
      error={error ? describeError(error) : null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        <b>{contentsOf(project)}</b> go with it, with codebook, guidelines and comments.
        {others > 0 && (
          <>
            {" "}
            You and <b>{countOf(others, "other member")}</b> lose it.
          </>
        )}
      </p>
      <p>An owner can restore all of it for 30 days, on the page Projects under “Recently deleted”.</p>
    </ConfirmDialog>
  );
}
