// The project's documents beside the text: title and number of annotations, the open one marked.
import { useQuery } from "@apollo/client/react";
import { ActionIcon, Button, Skeleton, Tooltip } from "@mantine/core";
import { IconLayoutSidebarLeftCollapse } from "@tabler/icons-react";
import { Link } from "react-router";
import { describeError } from "../../apollo/error-message.ts";
import { StatusMark } from "../../frame/work-status/StatusMark.tsx";
import { statusName } from "../../frame/work-status/work-status.ts";
import type { WorkStatus } from "../../gql/graphql.ts";
import { formatNumber } from "../../ui/count.ts";
import { InlineError } from "../../ui/ErrorState.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { t } from "../../words/words.ts";
import { DOCUMENT_LIST } from "./operations.ts";
import css from "./workbench.module.css";

export interface DocumentListProps {
  readonly projectId: string;
  readonly documentId: string;
  /** Annotations of the open document as this page knows them: the list's own number is older. */
  readonly openCount: number;
  /** How far one is with the open document, also newer. */
  readonly openStatus: WorkStatus | null;
  readonly onClose: () => void;
}

export function DocumentList({ projectId, documentId, openCount, openStatus, onClose }: DocumentListProps) {
  const { data, loading, error, refetch, fetchMore } = useQuery(DOCUMENT_LIST, {
    variables: { projectId, after: null },
    // Others archive and add documents meanwhile.
    fetchPolicy: "cache-and-network",
    nextFetchPolicy: "cache-first",
  });
  const documents = data?.project?.documents;

  const readMore = () =>
    fetchMore({
      variables: { after: documents?.pageInfo.endCursor ?? null },
      updateQuery(previous, { fetchMoreResult }) {
        if (previous.project == null || fetchMoreResult.project == null) return previous;
        const nodes = [...previous.project.documents.nodes, ...fetchMoreResult.project.documents.nodes];
        return {
          ...fetchMoreResult,
          project: { ...fetchMoreResult.project, documents: { ...fetchMoreResult.project.documents, nodes } },
        };
      },
    });

  return (
    <>
      <h2 className={css.listHeading}>
        {t("page.documents")}
        {documents !== undefined && <span>{formatNumber(documents.totalCount)}</span>}
        <Tooltip label={t("workbench:documents.hide")}>
          <ActionIcon aria-label={t("workbench:documents.hide")} className={css.tool} onClick={onClose}>
            <IconLayoutSidebarLeftCollapse size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </h2>
      {error !== undefined && (
        <>
          <InlineError message={describeError(error).message} />
          <Button size="xs" variant="default" onClick={() => void refetch()}>
            {t("action.tryAgain")}
          </Button>
        </>
      )}
      {loading &&
        documents === undefined &&
        [70, 85, 60, 78].map((width) => <Skeleton key={width} height={12} width={`${width}%`} m={10} />)}
      <ul>
        {documents?.nodes.map(({ id, title, annotationCount, myStatus }) => {
          const status = id === documentId ? (openStatus ?? myStatus) : myStatus;
          const count = id === documentId ? openCount : annotationCount;
          return (
            <li key={id}>
              <Link
                to={`/documents/${id}`}
                className={css.documentLink}
                aria-current={id === documentId ? "page" : undefined}
              >
                <StatusMark status={status} />
                <span className={css.documentTitle} dir="auto">
                  {title}
                </span>
                <VisuallyHidden>{statusName(status)}</VisuallyHidden>
                {count > 0 && <span className={css.number}>{formatNumber(count)}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
      {documents?.pageInfo.hasNextPage === true && (
        <Button size="xs" variant="subtle" onClick={() => void readMore()}>
          {t("workbench:documents.more")}
        </Button>
      )}
    </>
  );
}
