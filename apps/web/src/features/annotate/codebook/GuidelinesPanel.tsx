// The project's guidelines beside the text, as they are now.
import { useQuery } from "@apollo/client/react";
import { ActionIcon, Skeleton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Link } from "react-router";
import { describeError } from "../../../apollo/error-message.ts";
import { graphql } from "../../../gql/gql.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { MarkdownText } from "../../../ui/MarkdownText.tsx";
import { t } from "../../../words/words.ts";
import css from "./GuidelinesPanel.module.css";

const WorkbenchGuidelinesDocument = graphql(`
  query WorkbenchGuidelines($id: ID!) {
    project(id: $id) {
      id
      guidelines
    }
  }
`);

export interface GuidelinesPanelProps {
  readonly projectId: string;
  /** Absent where what is around it closes. */
  readonly onClose?: () => void;
}

export function GuidelinesPanel({ projectId, onClose }: GuidelinesPanelProps) {
  const { data, error } = useQuery(WorkbenchGuidelinesDocument, {
    variables: { id: projectId },
    fetchPolicy: "cache-and-network",
    nextFetchPolicy: "cache-first",
  });
  const guidelines = data?.project?.guidelines;
  return (
    <>
      <div className={css.head}>
        <h2>{t("guidelines:title")}</h2>
        {onClose && (
          <ActionIcon aria-label={t("guidelines:hide")} onClick={onClose}>
            <IconX size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css.words} aria-label={t("guidelines:title")} tabIndex={0}>
        {guidelines === undefined && error === undefined && <Skeleton height={80} />}
        {guidelines === undefined && error !== undefined && (
          <InlineError message={describeError(error).message} />
        )}
        {guidelines?.trim() === "" && (
          <p>
            {t("guidelines:none")}{" "}
            <Link to={`/projects/${projectId}/guidelines`}>{t("guidelines:toTab")}</Link>
          </p>
        )}
        {guidelines !== undefined && guidelines.trim() !== "" && <MarkdownText text={guidelines} />}
      </section>
    </>
  );
}
