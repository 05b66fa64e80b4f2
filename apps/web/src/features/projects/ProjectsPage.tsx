// Every project one is a member of, the way to a new one, and what was put away or deleted.
import { useQuery } from "@apollo/client/react";
import { Button, Skeleton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { describeError } from "../../apollo/error-message.ts";
import { TopBar } from "../../frame/TopBar.tsx";
import { useViewer } from "../../frame/viewer.ts";
import { graphql } from "../../gql/index.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState, InlineError } from "../../ui/ErrorState.tsx";
import { usePageTitle } from "../../ui/usePageTitle.ts";
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
  usePageTitle("Projects");
  const viewer = useViewer();
  const [isCreating, setCreating] = useState(false);
  const inUse = useProjects(false);
  const archived = useProjects(true);
  const { data, error, refetch } = inUse;
  const projects = data?.projects.nodes ?? [];
  const archivedCount = archived.data?.projects.totalCount ?? 0;
  const create = viewer.createsProjects && (
    <Button leftSection={<IconPlus size={16} stroke={1.5} />} onClick={() => setCreating(true)}>
      New project
    </Button>
  );
  return (
    <>
      <TopBar />
      <main id="main" className={classes.main}>
        <div className={classes.head}>
          <h1>Projects</h1>
          {projects.length > 0 && create}
        </div>
        {error && !data && (
          <ErrorState
            {...describeError(error)}
            title="The projects could not be read"
            onRetry={() => void refetch()}
          />
        )}
        {!data && !error && <CardSkeletons />}
        {data && projects.length === 0 && (
          <EmptyState title={archivedCount > 0 ? "No project in use" : "No project yet"} action={create}>
            {viewer.createsProjects
              ? "A project holds the texts, the labels to mark them with, and the people who do it."
              : "You see the projects you were invited to. Ask someone in your team for an invitation link."}
          </EmptyState>
        )}
        <Cards list={inUse} />
        {archived.error && !archived.data && !error && <InlineError {...describeError(archived.error)} />}
        {archivedCount > 0 && (
          <Disclosure title={`Archived (${archivedCount})`}>
            <Cards list={archived} />
          </Disclosure>
        )}
        <DeletedProjects
          frame={(count, list) => <Disclosure title={`Recently deleted (${count})`}>{list}</Disclosure>}
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
          Show more
        </Button>
      )}
    </>
  );
}

function CardSkeletons() {
  return (
    <ul className={classes.cards} aria-busy="true" aria-label="Reading the projects">
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
