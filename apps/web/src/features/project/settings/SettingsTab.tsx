// A project's name and description, putting it away, and its end.
import { useMutation } from "@apollo/client/react";
import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { isAtLeast } from "../../../frame/role.ts";
import { graphql } from "../../../gql/index.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { fieldError } from "../../../ui/form-error.ts";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { t } from "../../../words/words.ts";
import { mayManage, type ProjectHead, useProject } from "../project-head.ts";
import tab from "../tab.module.css";
import { ArchiveSection } from "./ArchiveSection.tsx";
import { DeleteSection } from "./DeleteSection.tsx";

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

const FIELDS = ["name", "description"] as const;

export function SettingsTab() {
  const project = useProject();
  usePageTitle(t("page.settings"), project.name);
  if (!isAtLeast(project.viewerRole, "CURATOR")) {
    return (
      <div className={tab.page}>
        <p className={tab.note}>{t("settings:notYours")}</p>
      </div>
    );
  }
  return (
    <div className={tab.page}>
      <Header project={project} />
      <ArchiveSection project={project} />
      {project.viewerRole === "OWNER" && <DeleteSection project={project} />}
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
  const mayEdit = mayManage(project);
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
      <h2 id="header">{t("settings:header.title")}</h2>
      <form className={tab.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t("field.name")}
          maxLength={200}
          dir="auto"
          readOnly={!mayEdit}
          value={name}
          error={refused === "name" ? problem?.message : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label={t("settings:header.description")}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={4000}
          dir="auto"
          readOnly={!mayEdit}
          value={description}
          error={refused === "description" ? problem?.message : undefined}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        {problem && refused === null && (
          <InlineError message={problem.message} requestId={problem.requestId} />
        )}
        <div className={tab.buttons}>
          <Button type="submit" loading={loading} disabled={!mayEdit || !isChanged || name.trim() === ""}>
            {t("action.save")}
          </Button>
          <span className={tab.quiet} role="status">
            {isSaved && !isChanged && t("saved")}
          </span>
        </div>
      </form>
    </section>
  );
}
