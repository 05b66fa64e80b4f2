// A project's name and description, and its end.
import { useApolloClient, useMutation } from "@apollo/client/react";
import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { isAtLeast } from "../../../frame/role.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { countOf } from "../../../ui/count.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { fieldError } from "../../../ui/form-error.ts";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { type ProjectHead, useProject } from "../project-head.ts";
import tab from "../tab.module.css";

const UpdateProjectDocument = graphql(`
  mutation UpdateProject($input: UpdateProjectInput!) {
    updateProject(input: $input) {
      project {
        id
        name
        description
      }
    }
  }
`);

const DeleteProjectDocument = graphql(`
  mutation DeleteProject($input: DeleteProjectInput!) {
    deleteProject(input: $input) {
      projectId
    }
  }
`);

const FIELDS = ["name", "description"] as const;

export function SettingsTab() {
  const project = useProject();
  usePageTitle("Settings", project.name);
  if (!isAtLeast(project.viewerRole, "CURATOR")) {
    return (
      <div className={tab.page}>
        <p className={tab.note}>Only curators and owners change a project’s settings.</p>
      </div>
    );
  }
  return (
    <div className={tab.page}>
      <Header project={project} />
      {project.viewerRole === "OWNER" && <End project={project} />}
    </div>
  );
}

function Header({ project }: { readonly project: ProjectHead }) {
  const [updateProject, { loading }] = useMutation(UpdateProjectDocument);
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description);
  const [problem, setProblem] = useState<ShownError | null>(null);
  const [isSaved, setSaved] = useState(false);
  const refused = fieldError(problem, FIELDS);
  const isChanged = name.trim() !== project.name || description.trim() !== project.description;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      const input = {
        clientMutationId: uuidv7(),
        id: project.id,
        name: name.trim(),
        description: description.trim(),
      };
      await updateProject({ variables: { input } });
      setSaved(true);
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  return (
    <section className={tab.section} aria-labelledby="header">
      <h2 id="header">Name and description</h2>
      <form className={tab.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          label="Name"
          maxLength={200}
          dir="auto"
          value={name}
          error={refused === "name" ? problem?.message : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="What it is about"
          autosize
          minRows={2}
          maxRows={10}
          maxLength={4000}
          dir="auto"
          value={description}
          error={refused === "description" ? problem?.message : undefined}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        {problem && refused === null && (
          <InlineError message={problem.message} requestId={problem.requestId} />
        )}
        <div className={tab.buttons}>
          <Button type="submit" loading={loading} disabled={!isChanged || name.trim() === ""}>
            Save
          </Button>
          <span className={tab.quiet} role="status">
            {isSaved && !isChanged && "Saved"}
          </span>
        </div>
      </form>
    </section>
  );
}

function End({ project }: { readonly project: ProjectHead }) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const [clientMutationId] = useState(() => uuidv7());
  const [deleteProject, { loading, error }] = useMutation(DeleteProjectDocument);
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
  };
  const contents = `${countOf(project.allDocuments.totalCount, "document")} and ${countOf(project.annotationCount, "annotation")}`;
  return (
    <section className={tab.section} aria-labelledby="end">
      <h2 id="end">Delete the project</h2>
      <div className={tab.form}>
        <p className={tab.note}>
          It goes for everybody, with {contents}. An export made before keeps them; nothing else does.
        </p>
        <div className={tab.buttons}>
          <Button variant="default" color="danger" onClick={() => setAsking(true)}>
            Delete project
          </Button>
        </div>
      </div>
      {isAsking && (
        <ConfirmDialog
          title="Delete this project?"
          confirmLabel="Delete project"
          phrase={project.name}
          busy={loading}
          error={error ? describeError(error) : null}
          onConfirm={() => void confirm()}
          onClose={() => setAsking(false)}
        >
          <p>
            <b>{contents}</b> go with it, for everybody. This can’t be undone.
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}
