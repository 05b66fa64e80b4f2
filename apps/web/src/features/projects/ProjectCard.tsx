// One project among others: what it is about, how much there is, and who has been at it.
import { Trans } from "react-i18next";
import { Link } from "react-router";
import { DoneBar, doneWords } from "../../frame/work-status/DoneBar.tsx";
import type { ProjectCard_ProjectFragment } from "../../gql/graphql.ts";
import { graphql } from "../../gql/index.ts";
import { Faces } from "../../ui/Face.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { t } from "../../words/words.ts";
import classes from "./ProjectsPage.module.css";

/** @public Read by the code generator. */
export const ProjectCardFragment = graphql(`
  fragment ProjectCard_project on Project {
    id
    name
    description
    annotationCount
    changedAt
    recentPeople {
      id
      name
    }
    documents(first: 0) {
      totalCount
    }
    progress {
      documentCount
      doneBy
    }
  }
`);

export function ProjectCard({ project }: { readonly project: ProjectCard_ProjectFragment }) {
  return (
    <li className={classes.card}>
      <h2 dir="auto">
        <Link to={`/projects/${project.id}`}>{project.name}</Link>
      </h2>
      <p className={classes.description} dir="auto">
        {project.description}
      </p>
      <div className={classes.facts}>
        {project.progress.documentCount > 0 && (
          <p className={classes.progress}>
            <span aria-hidden>
              <DoneBar doneBy={project.progress.doneBy} />
            </span>
            {doneWords(project.progress.doneBy)}
          </p>
        )}
        <span>{t("count.documents", { count: project.documents.totalCount })}</span>
        <span>{t("count.annotations", { count: project.annotationCount })}</span>
        <span className={classes.changed}>
          <Faces people={project.recentPeople} size="small" label={t("projects:active")} most={4} />
          <span>
            <Trans
              t={t}
              i18nKey="projects:changed"
              components={{ time: <RelativeTime at={project.changedAt} ago /> }}
            />
          </span>
        </span>
      </div>
    </li>
  );
}
