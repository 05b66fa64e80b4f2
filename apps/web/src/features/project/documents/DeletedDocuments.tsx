// Documents that a curator or an owner can still bring back.
import { useApolloClient, useQuery } from "@apollo/client/react";
import { describeError } from "../../../apollo/error-message.ts";
import { restoreDocument } from "../../../frame/life.ts";
import { showNotice } from "../../../frame/notice.ts";
import { graphql } from "../../../gql/index.ts";
import { DeletedList, type DeletedThing } from "../../../ui/DeletedList.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { t } from "../../../words/words.ts";
import { TableSkeleton } from "./DocumentTable.tsx";

const DeletedDocumentsDocument = graphql(`
  query DeletedDocuments($projectId: ID!) {
    project(id: $projectId) {
      id
      deletedDocuments {
        id
        title
        deletedAt
        deletedBy {
          id
          name
        }
        purgeAt
        annotationCount
      }
    }
  }
`);

export interface DeletedDocumentsProps {
  readonly projectId: string;
  /** Part of the title. */
  readonly search: string;
  readonly mayRestore: boolean;
}

export function DeletedDocuments({ projectId, search, mayRestore }: DeletedDocumentsProps) {
  const client = useApolloClient();
  const { data, error, refetch } = useQuery(DeletedDocumentsDocument, {
    variables: { projectId },
    fetchPolicy: "cache-and-network",
  });
  const deleted = data?.project?.deletedDocuments;
  if (deleted == null) {
    if (!error && !data) return <TableSkeleton />;
    return (
      <ErrorState
        {...(error ? describeError(error) : { message: t("documents:deleted.notYours") })}
        title={t("documents:deleted.unread")}
        onRetry={() => void refetch()}
      />
    );
  }
  const wanted = search.toLocaleLowerCase();
  const things = deleted
    .filter(({ title }) => title.toLocaleLowerCase().includes(wanted))
    .map(
      ({ title, deletedBy, annotationCount, ...document }): DeletedThing => ({
        ...document,
        name: title,
        deletedBy: deletedBy?.name ?? null,
        contents: t("count.annotations", { count: annotationCount }),
      }),
    );
  const restore = async ({ id, name }: DeletedThing) => {
    try {
      await restoreDocument(client, id);
      showNotice({ words: t("documents:deleted.isBack", { title: name }) });
      return null;
    } catch (problem) {
      return describeError(problem);
    }
  };
  if (things.length === 0) {
    return search === "" ? (
      <EmptyState title={t("documents:deleted.none")}>{t("documents:deleted.noneWords")}</EmptyState>
    ) : (
      <EmptyState title={t("documents:noMatch.title")}>
        {t("documents:deleted.noMatch", { search })}
      </EmptyState>
    );
  }
  return (
    <DeletedList
      label={t("documents:view.deleted")}
      things={things}
      {...(mayRestore && { onRestore: restore })}
    />
  );
}
