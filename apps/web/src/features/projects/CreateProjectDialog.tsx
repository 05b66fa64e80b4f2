// A new project: a name, and a line on what it is about. It opens at once.
import { useMutation } from "@apollo/client/react";
import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../apollo/error-message.ts";
import { graphql } from "../../gql/index.ts";
import { InlineError } from "../../ui/ErrorState.tsx";
import { fieldError } from "../../ui/form-error.ts";
import { t } from "../../words/words.ts";
import classes from "./ProjectsPage.module.css";

const CreateProjectDocument = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      project {
        id
        ...ProjectCard_project
      }
    }
  }
`);

const FIELDS = ["name", "description"] as const;

export function CreateProjectDialog({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [createProject, { loading }] = useMutation(CreateProjectDocument);
  const [clientMutationId] = useState(() => uuidv7());
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [problem, setProblem] = useState<ShownError | null>(null);
  const refused = fieldError(problem, FIELDS);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      // A refused try is not remembered by the server, so the same id serves the corrected one.
      const input = { clientMutationId, name: name.trim(), description: description.trim() };
      const { data } = await createProject({ variables: { input } });
      if (data) await navigate(`/projects/${data.createProject.project.id}`);
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("projects:create.title")} size={440}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t("projects:create.name")}
          data-autofocus
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          error={refused === "name" ? problem?.message : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label={t("projects:create.about")}
          description={t("projects:create.aboutHint")}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={4000}
          value={description}
          error={refused === "description" ? problem?.message : undefined}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        {problem && refused === null && (
          <InlineError message={problem.message} requestId={problem.requestId} />
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={loading} disabled={name.trim() === ""}>
            {t("projects:create.do")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
