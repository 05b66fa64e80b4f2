// Every project one is a member of, the way to a new one, and what was put away or deleted.
import { useQuery } from "@apollo/client/react";
import { Button, Skeleton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { describeError } from "../../apollo/error-message.ts";
import { TopBar } from "../../frame/TopBar.tsx";
import { useOnReturn } from "../../frame/useOnReturn.ts";
import { useViewer } from "../../frame/viewer.ts";
import { graphql } from "../../gql/index.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState, InlineError } from "../../ui/ErrorState.tsx";
import { usePageTitle } from "../../ui/usePageTitle.ts";
import { t } from "../../words/words.ts";
import { CreateProjectDialog } from "./CreateProjectDialog.tsx";
import { DeletedProjects } from "./DeletedProjects.tsx";
import { ProjectCard } from "./ProjectCard.tsx";
import classes from "./ProjectsPage.module.css";

const PAGE = 50;

const ProjectsDocument = graphql(`
  query Projects($first: Int!, $after: String, $archived: Boolean!) {
    projects(first: $first, after: $after, archived: $archived) {
      totalCount
      nodes {
        id
        ...ProjectCard_project
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

function useProjects(archived: boolean) {
  return useQuery(ProjectsDocument, {
    variables: { first: PAGE, archived },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
}

export function ProjectsPage() {
  usePageTitle(t("page.projects"));
  const viewer = useViewer();
  const [isCreating, setCreating] = useState(false);
  const inUse = useProjects(false);
  const archived = useProjects(true);
  // Nothing tells of what was done in them meanwhile. Silent: the page stays as it is without an answer.
  useOnReturn(() => {
    // A reading anew is of the first page: who has gone on to more keeps what they have.
    if ((inUse.data?.projects.nodes.length ?? 0) <= PAGE) void inUse.refetch().catch(() => undefined);
  });
  const { data, error, refetch } = inUse;
  const projects = data?.projects.nodes ?? [];
  const archivedCount = archived.data?.projects.totalCount ?? 0;
  const create = viewer.createsProjects && (
    <Button leftSection={<IconPlus size={16} stroke={1.5} />} onClick={() => setCreating(true)}>
      {t("projects:create.title")}
    </Button>
  );
  return (
    <>
      <TopBar />
      <main id="main" className={classes.main}>
        <div className={classes.head}>
          <h1>{t("page.projects")}</h1>
          {projects.length > 0 && create}
        </div>
        {error && !data && (
          <ErrorState {...describeError(error)} title={t("projects:unread")} onRetry={() => void refetch()} />
        )}
        {!data && !error && <CardSkeletons />}
        {data && projects.length === 0 && (
          <EmptyState
            title={t(archivedCount > 0 ? "projects:none.inUse" : "projects:none.yet")}
            action={create}
          >
            {t(viewer.createsProjects ? "projects:none.mayCreate" : "projects:none.mayNot")}
          </EmptyState>
        )}
        <Cards list={inUse} />
        {archived.error && !archived.data && !error && <InlineError {...describeError(archived.error)} />}
        {archivedCount > 0 && (
          <Disclosure title={t("projects:archivedCount", { count: archivedCount })}>
            <Cards list={archived} />
          </Disclosure>
        )}
        <DeletedProjects
          frame={(count, list) => (
            <Disclosure title={t("projects:deletedCount", { count })}>{list}</Disclosure>
          )}
        />
      </main>
      {isCreating && <CreateProjectDialog onClose={() => setCreating(false)} />}
    </>
  );
}

/** A quiet heading that opens what is below it. */
function Disclosure({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className={classes.more}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

function Cards({ list }: { readonly list: ReturnType<typeof useProjects> }) {
  const projects = list.data?.projects.nodes ?? [];
  const page = list.data?.projects.pageInfo;
  return (
    <>
      {projects.length > 0 && (
        <ul className={classes.cards}>
          {projects.map((project) => (
            <ProjectCard key={project.id} project={project} />
          ))}
        </ul>
      )}
      {page?.hasNextPage && (
        <Button
          variant="default"
          loading={list.loading}
          onClick={() => void list.fetchMore({ variables: { after: page.endCursor } })}
        >
          {t("projects:more")}
        </Button>
      )}
    </>
  );
}

function CardSkeletons() {
  return (
    <ul className={classes.cards} aria-busy="true" aria-label={t("projects:reading")}>
      {["a", "b", "c"].map((key) => (
        <li key={key} className={classes.card}>
          <Skeleton height={20} width="62%" mt={5} />
          <Skeleton height={12} width="90%" mt={18} />
          <Skeleton height={12} width="46%" mt={30} />
        </li>
      ))}
    </ul>
  );
}
