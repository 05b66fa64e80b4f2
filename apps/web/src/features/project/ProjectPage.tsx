// A project: its head and tabs; the tab's content comes from the route below.
import { useQuery } from "@apollo/client/react";
import { Button, Skeleton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Link, NavLink, Outlet, useLocation, useParams } from "react-router";
import { describeError } from "../../apollo/error-message.ts";
import { BlankPage } from "../../frame/BlankPage.tsx";
import { NotFound } from "../../frame/NotFound.tsx";
import { CommandPalette } from "../../frame/palette/CommandPalette.tsx";
import { useProjectChanges } from "../../frame/project-changes/useProjectChanges.ts";
import { isAtLeast } from "../../frame/role.ts";
import { TopBar } from "../../frame/TopBar.tsx";
import { useAccessWatch } from "../../frame/useAccessWatch.ts";
import { graphql } from "../../gql/index.ts";
import { formatNumber } from "../../ui/count.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { t } from "../../words/words.ts";
import { ArchivedProject } from "./ArchivedProject.tsx";
import { GoneProject } from "./GoneProject.tsx";
import { ImportPanel } from "./import/ImportPanel.tsx";
import classes from "./ProjectPage.module.css";
import type { ProjectHead } from "./project-head.ts";

const ProjectDocument = graphql(`
  query Project($id: ID!) {
    project(id: $id) {
      revision
      ...ProjectHead_project
    }
  }
`);

export const ProjectHeadFragment = graphql(`
  fragment ProjectHead_project on Project {
    id
    name
    description
    viewerRole
    archivedAt
    annotationCount
    allDocuments: documents(first: 0) {
      totalCount
    }
    archivedDocuments: documents(first: 0, archived: true) {
      totalCount
    }
    deletedDocuments {
      id
    }
  }
`);

export function ProjectPage() {
  const { projectId = "" } = useParams();
  const { data, error, refetch } = useQuery(ProjectDocument, {
    variables: { id: projectId },
    fetchPolicy: "cache-and-network",
  });
  // Silent: what can't be asked now is asked again soon.
  const look = () => void refetch().catch(() => undefined);
  useAccessWatch(look);
  const project = data?.project;
  useProjectChanges(projectId, project?.revision ?? null, look);
  const [seenId, setSeenId] = useState<string | null>(null);
  if (project && seenId !== project.id) setSeenId(project.id);
  const shown = error && !project ? describeError(error) : null;
  if (data?.project === null && seenId === projectId) return <GoneProject projectId={projectId} />;
  if (data?.project === null || shown?.code === "BAD_USER_INPUT") return <NoProject />;
  if (shown) {
    return (
      <BlankPage>
        <ErrorState {...shown} title={t("project:unread")} onRetry={() => void refetch()} />
      </BlankPage>
    );
  }
  return (
    <>
      <TopBar
        crumbs={[{ label: project?.name ?? "…" }]}
        palette={<CommandPalette projectId={projectId} role={project?.viewerRole ?? null} />}
      />
      <main id="main" className={classes.main}>
        <header className={classes.head}>
          {project ? (
            <>
              <h1 dir="auto">{project.name}</h1>
              <p dir="auto">{project.description}</p>
            </>
          ) : (
            <>
              <Skeleton height={28} width={280} my={4} />
              <Skeleton height={13} width={420} maw="100%" my={4} />
            </>
          )}
        </header>
        {/* There before there is anything to say, so that it is announced when somebody archives the project. */}
        <div role="status">{project?.archivedAt != null && <ArchivedProject project={project} />}</div>
        <Tabs project={project ?? null} projectId={projectId} />
        {project && <Outlet key={project.id} context={project satisfies ProjectHead} />}
      </main>
      <ImportPanel projectId={projectId} />
    </>
  );
}

function Tabs({ project, projectId }: { readonly project: ProjectHead | null; readonly projectId: string }) {
  const base = `/projects/${projectId}`;
  const tabs = [
    {
      to: base,
      label: t("page.documents"),
      count: project ? project.allDocuments.totalCount - project.archivedDocuments.totalCount : undefined,
    },
    { to: `${base}/codebook`, label: t("page.codebook") },
    { to: `${base}/guidelines`, label: t("page.guidelines") },
    { to: `${base}/team`, label: t("page.team") },
    { to: `${base}/activity`, label: t("activity:title") },
    { to: `${base}/download`, label: t("page.export") },
    ...(project && isAtLeast(project.viewerRole, "CURATOR")
      ? [{ to: `${base}/settings`, label: t("page.settings") }]
      : []),
  ];
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const isKnown = project !== null;
  useEffect(() => {
    // On a phone the row scrolls; the present tab must not be outside of it.
    if (pathname && isKnown)
      nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname, isKnown]);
  return (
    <nav className={classes.tabs} aria-label={t("project:tabs")} ref={nav}>
      {tabs.map(({ to, label, count }) => (
        <NavLink key={to} to={to} end>
          {label}
          {count !== undefined && <span>{formatNumber(count)}</span>}
        </NavLink>
      ))}
    </nav>
  );
}

function NoProject() {
  return (
    <BlankPage>
      <NotFound
        title={t("project:none.title")}
        action={
          <Button component={Link} to="/" variant="default">
            {t("page.projects")}
          </Button>
        }
      >
        {t("project:none.words")}
      </NotFound>
    </BlankPage>
  );
}
