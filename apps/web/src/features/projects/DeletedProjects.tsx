// Projects that their owner can still bring back. Nothing is shown while there are none.
import { useApolloClient, useQuery } from "@apollo/client/react";
import type { ReactNode } from "react";
import { describeError } from "../../apollo/error-message.ts";
import { restoreProject } from "../../frame/life.ts";
import { showNotice } from "../../frame/notice.ts";
import { graphql } from "../../gql/index.ts";
import { DeletedList, type DeletedThing } from "../../ui/DeletedList.tsx";
import { InlineError } from "../../ui/ErrorState.tsx";
import { t } from "../../words/words.ts";

const DeletedProjectsDocument = graphql(`
  query DeletedProjects {
    deletedProjects {
      id
      name
      deletedAt
      deletedBy {
        id
        name
      }
      purgeAt
      documentCount
      annotationCount
    }
  }
`);

export interface DeletedProjectsProps {
  readonly frame: (count: number, list: ReactNode) => ReactNode;
}

export function DeletedProjects({ frame }: DeletedProjectsProps) {
  const client = useApolloClient();
  const { data, error } = useQuery(DeletedProjectsDocument, { fetchPolicy: "cache-and-network" });
  const things = (data?.deletedProjects ?? []).map(
    ({ deletedBy, documentCount, annotationCount, ...project }): DeletedThing => ({
      ...project,
      deletedBy: deletedBy?.name ?? null,
      contents: t("contents", {
        counts: [
          t("count.documents", { count: documentCount }),
          t("count.annotations", { count: annotationCount }),
        ],
      }),
    }),
  );
  const restore = async ({ id, name }: DeletedThing) => {
    try {
      await restoreProject(client, id);
      showNotice({ words: t("projects:isBack", { name }) });
      return null;
    } catch (error) {
      return describeError(error);
    }
  };
  if (error && !data) return <InlineError {...describeError(error)} />;
  if (things.length === 0) return null;
  return frame(
    things.length,
    <DeletedList label={t("projects:deleted")} things={things} onRestore={restore} />,
  );
}
