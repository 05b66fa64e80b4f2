// Who works on the project, in which role, and how others come in.
import { useQuery } from "@apollo/client/react";
import { Button, Skeleton } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { describeError } from "../../../apollo/error-message.ts";
import { ROLES, roleMeaning } from "../../../frame/role.ts";
import { useViewer } from "../../../frame/viewer.ts";
import { graphql } from "../../../gql/index.ts";
import { countOf } from "../../../ui/count.ts";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { useProject } from "../project-head.ts";
import tab from "../tab.module.css";
import { InviteDialog } from "./InviteDialog.tsx";
import { MemberRow } from "./MemberRow.tsx";
import classes from "./TeamTab.module.css";

export const MembersFragment = graphql(`
  fragment Members_project on Project {
    id
    viewerRole
    members {
      user {
        id
        name
      }
      role
      email
    }
  }
`);

const TeamDocument = graphql(`
  query Team($id: ID!) {
    project(id: $id) {
      ...Members_project
    }
  }
`);

export function TeamTab() {
  const project = useProject();
  usePageTitle("Team", project.name);
  const viewer = useViewer();
  const [isInviting, setInviting] = useState(false);
  const { data, error, refetch } = useQuery(TeamDocument, {
    variables: { id: project.id },
    fetchPolicy: "cache-and-network",
  });
  const members = data?.project?.members;
  if (!members) {
    return (
      <div className={tab.page}>
        {error ? (
          <ErrorState
            {...describeError(error)}
            title="The team could not be read"
            onRetry={() => void refetch()}
          />
        ) : (
          <Skeleton height={200} maw={820} />
        )}
      </div>
    );
  }
  const isOwner = project.viewerRole === "OWNER";
  const owners = members.filter(({ role }) => role === "OWNER").length;
  return (
    <div className={tab.page}>
      <section className={tab.section} aria-labelledby="members">
        <div className={tab.head}>
          <h2 id="members">{countOf(members.length, "member")}</h2>
          {isOwner && (
            <Button leftSection={<IconUserPlus size={16} stroke={1.5} />} onClick={() => setInviting(true)}>
              Invite
            </Button>
          )}
        </div>
        <ul className={classes.members}>
          {members.map((member) => (
            <MemberRow
              key={member.user.id}
              projectId={project.id}
              member={member}
              isViewer={member.user.id === viewer.id}
              isOwner={isOwner}
              isLastOwner={member.role === "OWNER" && owners === 1}
            />
          ))}
        </ul>
        <ul className={classes.roles} aria-label="What the roles may do">
          {ROLES.map((role) => (
            <li key={role}>{roleMeaning(role)}</li>
          ))}
        </ul>
      </section>
      {isInviting && <InviteDialog projectId={project.id} onClose={() => setInviting(false)} />}
    </div>
  );
}
