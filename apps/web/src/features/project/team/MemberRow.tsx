// One member: who, in which role; owners may change the role and remove, everybody may leave.
import { useApolloClient, useMutation } from "@apollo/client/react";
import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { ROLES, roleName } from "../../../frame/role.ts";
import type { Members_ProjectFragment, Role } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { Face } from "../../../ui/Face.tsx";
import classes from "./TeamTab.module.css";

const SetMemberRoleDocument = graphql(`
  mutation SetMemberRole($input: SetMemberRoleInput!) {
    setMemberRole(input: $input) {
      project {
        ...Members_project
      }
    }
  }
`);

const RemoveMemberDocument = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input) {
      clientMutationId
    }
  }
`);

export interface MemberRowProps {
  readonly projectId: string;
  readonly member: Members_ProjectFragment["members"][number];
  readonly isViewer: boolean;
  /** The person at the screen is an owner. */
  readonly isOwner: boolean;
  /** The server refuses a project without owners; so its controls are not offered. */
  readonly isLastOwner: boolean;
}

const roleOptions = ROLES.map((value) => ({ value, label: roleName(value) }));

export function MemberRow({ projectId, member, isViewer, isOwner, isLastOwner }: MemberRowProps) {
  const { user, role, email } = member;
  const [isAsking, setAsking] = useState(false);
  const [setMemberRole, { loading, error }] = useMutation(SetMemberRoleDocument);
  const change = async (next: Role) => {
    try {
      await setMemberRole({
        variables: { input: { clientMutationId: uuidv7(), projectId, userId: user.id, role: next } },
        // One's own role decides which tabs and buttons there are.
        ...(isViewer && { refetchQueries: ["Project"] }),
      });
    } catch {
      // Shown below, from the mutation's own state.
    }
  };
  return (
    <li className={classes.member}>
      <Face person={user} decorative />
      <div className={classes.who}>
        <span className={classes.name} dir="auto">
          {user.name}
          {isViewer && <span className={classes.you}> (you)</span>}
        </span>
        {email && <span className={classes.email}>{email}</span>}
      </div>
      {isOwner && !isLastOwner ? (
        <Select
          className={classes.role}
          aria-label={`Role of ${user.name}`}
          data={roleOptions}
          value={role}
          allowDeselect={false}
          disabled={loading}
          onChange={(next) => next && void change(next)}
        />
      ) : (
        <span className={classes.role}>{roleName(role)}</span>
      )}
      <span className={classes.remove}>
        {(isOwner || isViewer) && !isLastOwner && (
          <Button variant="subtle" onClick={() => setAsking(true)}>
            {isViewer ? "Leave" : "Remove"}
          </Button>
        )}
      </span>
      {error && (
        <div className={classes.problem}>
          <InlineError {...describeError(error)} />
        </div>
      )}
      {isAsking && (
        <RemoveDialog
          projectId={projectId}
          user={user}
          isViewer={isViewer}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

interface RemoveDialogProps {
  readonly projectId: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly isViewer: boolean;
  readonly onClose: () => void;
}

function RemoveDialog({ projectId, user, isViewer, onClose }: RemoveDialogProps) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const [clientMutationId] = useState(() => uuidv7());
  const [removeMember, { loading, error }] = useMutation(RemoveMemberDocument);
  const confirm = async () => {
    try {
      await removeMember({ variables: { input: { clientMutationId, projectId, userId: user.id } } });
    } catch {
      return; // Shown in the dialog, from the mutation's own state.
    }
    if (isViewer) {
      await navigate("/", { replace: true });
      await client.clearStore();
      await client.refetchQueries({ include: "active" });
      return;
    }
    await client.refetchQueries({ include: ["Team"] });
    onClose();
  };
  return (
    <ConfirmDialog
      title={isViewer ? "Leave this project?" : `Remove ${user.name}?`}
      confirmLabel={isViewer ? "Leave" : "Remove"}
      busy={loading}
      error={error ? describeError(error) : null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        {isViewer
          ? "What you marked stays, under your name. To come back you need a new invitation."
          : "They lose access at once. What they marked stays, under their name."}
      </p>
    </ConfirmDialog>
  );
}
