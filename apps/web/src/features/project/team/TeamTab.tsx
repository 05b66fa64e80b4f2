// Who works on the project, in which role, and how others come in.
import { useQuery } from "@apollo/client/react";
import { Button, Skeleton } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { describeError } from "../../../apollo/error-message.ts";
import { ROLES, roleMeaning } from "../../../frame/role.ts";
import { useOnReturn } from "../../../frame/useOnReturn.ts";
import { graphql } from "../../../gql/index.ts";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { t } from "../../../words/words.ts";
import { useProject } from "../project-head.ts";
import tab from "../tab.module.css";
import { InvitationList } from "./InvitationList.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { MemberRow } from "./MemberRow.tsx";
import classes from "./TeamTab.module.css";

export const TeamFragment = graphql(`
  fragment Team_project on Project {
    id
    viewerRole
    members {
      user {
        id
        name
        imported
      }
      role
      email
      mayResetPassword
    }
    invitations {
      id
      role
      createdBy {
        id
        name
      }
      createdAt
      expiresAt
    }
  }
`);

export const TeamDocument = graphql(`
  query Team($id: ID!) {
    project(id: $id) {
      ...Team_project
    }
  }
`);

export function TeamTab() {
  const project = useProject();
  usePageTitle(t("page.team"), project.name);
  const [isInviting, setInviting] = useState(false);
  const { data, error, refetch } = useQuery(TeamDocument, {
    variables: { id: project.id },
    fetchPolicy: "cache-and-network",
  });
  // Silent: a list that could not be brought up to date is still the list.
  const reload = () => void refetch().catch(() => undefined);
  useOnReturn(reload);
  const team = data?.project;
  if (!team) {
    return (
      <div className={tab.page}>
        {error ? (
          <ErrorState {...describeError(error)} title={t("team:unread")} onRetry={reload} />
        ) : (
          <Skeleton height={200} maw={820} />
        )}
      </div>
    );
  }
  return (
    <div className={tab.page}>
      <section className={tab.section} aria-labelledby="members">
        <div className={tab.head}>
          <h2 id="members">{t("team:members", { count: team.members.length })}</h2>
          {team.viewerRole === "OWNER" && (
            <Button leftSection={<IconUserPlus size={16} stroke={1.5} />} onClick={() => setInviting(true)}>
              {t("team:invite.button")}
            </Button>
          )}
        </div>
        <ul>
          {team.members.map((member) => (
            <MemberRow key={member.user.id} team={team} member={member} />
          ))}
        </ul>
        <ul className={classes.roles} aria-label={t("team:roles")}>
          {ROLES.map((role) => (
            <li key={role}>{roleMeaning(role)}</li>
          ))}
        </ul>
      </section>
      {team.invitations && <InvitationList invitations={team.invitations} />}
      {isInviting && (
        <InviteDialog projectId={project.id} onMade={reload} onClose={() => setInviting(false)} />
      )}
    </div>
  );
}
