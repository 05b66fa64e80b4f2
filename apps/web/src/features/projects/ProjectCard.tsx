// One project among others: what it is about, how much there is, and who has been at it.
import { Link } from "react-router";
import type { ProjectCard_ProjectFragment } from "../../gql/graphql.ts";
import { graphql } from "../../gql/index.ts";
import { countOf } from "../../ui/count.ts";
import { Faces } from "../../ui/Face.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
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
        <span>{countOf(project.documents.totalCount, "document")}</span>
        <span>{countOf(project.annotationCount, "annotation")}</span>
        <span className={classes.changed}>
          <Faces people={project.recentPeople} size="small" label="Active in the last seven days" most={4} />
          <span>
            changed <RelativeTime at={project.changedAt} ago />
          </span>
        </span>
      </div>
    </li>
  );
}
