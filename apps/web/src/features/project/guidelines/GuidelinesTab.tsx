// What annotators agreed on, as Markdown text that a curator or an owner edits.
import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Skeleton, Textarea } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { graphql } from "../../../gql/index.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorState, InlineError } from "../../../ui/ErrorState.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { mayManage, useProject } from "../project-head.ts";
import tab from "../tab.module.css";
import classes from "./GuidelinesTab.module.css";
import { MarkdownText } from "./MarkdownText.tsx";
import { unsavedGuidelines } from "./unsaved-guidelines.ts";

const LENGTH_MAX = 200_000;

const GuidelinesDocument = graphql(`
  query Guidelines($id: ID!) {
    project(id: $id) {
      id
      guidelines
    }
  }
`);

const UpdateGuidelinesDocument = graphql(`
  mutation UpdateGuidelines($input: UpdateProjectInput!) {
    updateProject(input: $input) {
      project {
        id
        guidelines
      }
    }
  }
`);

export function GuidelinesTab() {
  const project = useProject();
  usePageTitle("Guidelines", project.name);
  const { data, error, refetch } = useQuery(GuidelinesDocument, {
    variables: { id: project.id },
    fetchPolicy: "cache-and-network",
  });
  const [isEditing, setEditing] = useState(false);
  const mayEdit = mayManage(project);
  const guidelines = data?.project?.guidelines;
  if (guidelines === undefined) {
    return (
      <div className={tab.page}>
        {error ? (
          <ErrorState
            {...describeError(error)}
            title="The guidelines could not be read"
            onRetry={() => void refetch()}
          />
        ) : (
          <Skeleton height={240} maw={620} />
        )}
      </div>
    );
  }
  const edit = mayEdit && (
    <Button variant="default" onClick={() => setEditing(true)}>
      {guidelines === "" ? "Write guidelines" : "Edit"}
    </Button>
  );
  if (isEditing) {
    return (
      <div className={tab.page}>
        <Editor projectId={project.id} guidelines={guidelines} onClose={() => setEditing(false)} />
      </div>
    );
  }
  if (guidelines.trim() === "") {
    return (
      <div className={tab.page}>
        <EmptyState title="No guidelines yet" action={edit}>
          They say what each label means, with examples and the hard cases, so that two people mark the same
          text alike.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={tab.page}>
      {edit && <div className={classes.tools}>{edit}</div>}
      <MarkdownText text={guidelines} />
    </div>
  );
}

interface EditorProps {
  readonly projectId: string;
  readonly guidelines: string;
  readonly onClose: () => void;
}

function Editor({ projectId, guidelines, onClose }: EditorProps) {
  const [text, setText] = useState(guidelines);
  const [update, { loading, error }] = useMutation(UpdateGuidelinesDocument);
  const isChanged = text !== guidelines;
  const write = (next: string) => {
    setText(next);
    unsavedGuidelines.set(projectId, next);
  };
  const close = () => {
    unsavedGuidelines.delete(projectId);
    onClose();
  };
  useEffect(() => {
    if (!isChanged) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isChanged]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await update({ variables: { input: { clientMutationId: uuidv7(), id: projectId, guidelines: text } } });
    } catch {
      return; // Shown below, from the mutation's own state.
    }
    close();
  };
  const shown = error ? describeError(error) : null;
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <Textarea
        label="Guidelines"
        description="Markdown: # headings, lists with -, > quotations, **strong**, *emphasis*, `marks`."
        classNames={{ input: classes.source ?? "" }}
        autosize
        minRows={14}
        maxLength={LENGTH_MAX}
        autoFocus
        dir="auto"
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
      />
      {shown && <InlineError message={shown.message} requestId={shown.requestId} />}
      <div className={tab.buttons}>
        <Button type="submit" loading={loading} disabled={!isChanged}>
          Save
        </Button>
        <Button variant="default" onClick={close}>
          {isChanged ? "Discard changes" : "Close"}
        </Button>
      </div>
    </form>
  );
}
