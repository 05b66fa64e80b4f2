// What annotators agreed on, as Markdown text that a curator or an owner edits.
import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Skeleton, Textarea } from "@mantine/core";
import { type FormEvent, useCallback, useEffect, useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { useViewer } from "../../../frame/viewer.ts";
import { graphql } from "../../../gql/index.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorState, InlineError } from "../../../ui/ErrorState.tsx";
import { MarkdownText } from "../../../ui/MarkdownText.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { t } from "../../../words/words.ts";
import { createDraftStorage } from "../codebook/draft.ts";
import { Theirs } from "../codebook/Theirs.tsx";
import { useWordsField } from "../codebook/useField.ts";
import { mayManage, useProject } from "../project-head.ts";
import tab from "../tab.module.css";
import classes from "./GuidelinesTab.module.css";
import { unsavedGuidelines } from "./unsaved-guidelines.ts";

const LENGTH_MAX = 200_000;
const draftPlace = (projectId: string) => `guidelines:${projectId}`;

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
  usePageTitle(t("page.guidelines"), project.name);
  const { data, error, refetch } = useQuery(GuidelinesDocument, {
    variables: { id: project.id },
    fetchPolicy: "cache-and-network",
  });
  const viewer = useViewer();
  // What was begun before a reload is gone on with.
  const [isEditing, setEditing] = useState(
    () => createDraftStorage(localStorage, viewer.id, draftPlace(project.id)).load() !== null,
  );
  const stopEditing = useCallback(() => setEditing(false), []);
  const mayEdit = mayManage(project);
  const guidelines = data?.project?.guidelines;
  if (guidelines === undefined) {
    return (
      <div className={tab.page}>
        {error ? (
          <ErrorState
            {...describeError(error)}
            title={t("guidelines:unread")}
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
      {t(guidelines === "" ? "guidelines:write" : "guidelines:edit")}
    </Button>
  );
  if (isEditing && mayEdit) {
    return (
      <div className={tab.page}>
        <Editor projectId={project.id} guidelines={guidelines} onClose={stopEditing} />
      </div>
    );
  }
  if (guidelines.trim() === "") {
    return (
      <div className={tab.page}>
        <EmptyState title={t("guidelines:empty.title")} action={edit}>
          {t("guidelines:empty.words")}
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
  const [update] = useMutation(UpdateGuidelinesDocument);
  const [asksToClose, setAsksToClose] = useState(false);
  const field = useWordsField(draftPlace(projectId), {
    present: guidelines,
    async save(text) {
      const input = { clientMutationId: uuidv7(), id: projectId, guidelines: text };
      await update({ variables: { input } });
      setAsksToClose(true);
      return "saved";
    },
  });
  const { value, problem, theirs, isBusy } = field;
  const isChanged = value !== guidelines;
  const close = () => {
    unsavedGuidelines.delete(projectId);
    onClose();
  };
  // Closed once what was saved is what is shown: till then the field still belongs to its draft.
  useEffect(() => {
    if (!asksToClose || isBusy) return;
    unsavedGuidelines.delete(projectId);
    onClose();
  }, [asksToClose, isBusy, projectId, onClose]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    field.send();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <Textarea
        label={t("page.guidelines")}
        description={t("guidelines:markdown")}
        classNames={{ input: classes.source ?? "" }}
        autosize
        minRows={14}
        maxLength={LENGTH_MAX}
        autoFocus
        dir="auto"
        value={value}
        onChange={(event) => {
          field.write(event.currentTarget.value);
          unsavedGuidelines.set(projectId, event.currentTarget.value);
        }}
      />
      <Theirs field={field} show={(text) => text} />
      {problem && !theirs && <InlineError message={problem.message} requestId={problem.requestId} />}
      <div className={tab.buttons}>
        <Button type="submit" loading={isBusy} disabled={!isChanged || theirs !== null}>
          {t("action.save")}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            field.keepTheirs();
            close();
          }}
        >
          {isChanged ? t("guidelines:discard") : t("action.close")}
        </Button>
      </div>
    </form>
  );
}
