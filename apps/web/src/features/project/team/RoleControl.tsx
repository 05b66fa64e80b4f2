// A member's role: a choice for owners, a word for everybody else and for the last owner.
import { useMutation } from "@apollo/client/react";
import { Select } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { ROLES, roleMeaning, roleName, roleWithArticle } from "../../../frame/role.ts";
import { useViewer } from "../../../frame/viewer.ts";
import type { Role } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { t } from "../../../words/words.ts";
import type { MemberProps } from "./MemberRow.tsx";
import classes from "./TeamTab.module.css";
import { isLastOwner } from "./team.ts";

const SetMemberRoleDocument = graphql(`
  mutation SetMemberRole($input: SetMemberRoleInput!) {
    setMemberRole(input: $input) {
      project {
        ...Team_project
      }
    }
  }
`);

const roles = ROLES.map((value) => ({ value, label: roleName(value) }));

export function RoleControl({ team, member }: MemberProps) {
  const viewer = useViewer();
  const { user, role } = member;
  // What an owner is about to become by their own hand: they can't take that back.
  const [giveUpFor, setGiveUpFor] = useState<Role | null>(null);
  const [setMemberRole, { loading, error, reset }] = useMutation(SetMemberRoleDocument);
  const isViewer = user.id === viewer.id;
  const change = async (next: Role) => {
    try {
      await setMemberRole({
        variables: { input: { clientMutationId: uuidv7(), projectId: team.id, userId: user.id, role: next } },
        // One's own role decides which tabs and buttons there are.
        ...(isViewer && { refetchQueries: ["Project"] }),
      });
      setGiveUpFor(null);
    } catch {
      // Shown below or in the dialog, from the mutation's own state.
    }
  };
  const choose = (value: string | null) => {
    const next = ROLES.find((each) => each === value);
    if (next === undefined || next === role) return;
    reset();
    if (isViewer) setGiveUpFor(next);
    else void change(next);
  };
  if (team.viewerRole !== "OWNER" || isLastOwner(team, user.id))
    return <span className={classes.role}>{roleName(role)}</span>;
  const shown = error ? describeError(error) : null;
  return (
    <>
      <Select
        className={classes.role ?? ""}
        aria-label={t("team:member.role", { name: user.name })}
        data={user.imported ? roles.filter(({ value }) => value !== "OWNER") : roles}
        value={role}
        allowDeselect={false}
        disabled={loading}
        maxDropdownHeight={340}
        comboboxProps={{ width: 300, position: "bottom-end", withinPortal: false }}
        renderOption={({ option, checked }) => (
          <RoleOption value={option.value} isChosen={checked ?? false} />
        )}
        onChange={choose}
      />
      {shown && giveUpFor === null && (
        <div className={classes.problem}>
          <InlineError message={shown.message} requestId={shown.requestId} />
        </div>
      )}
      {giveUpFor && (
        <ConfirmDialog
          title={t("team:giveUp.title", { role: roleWithArticle(giveUpFor) })}
          confirmLabel={t("team:giveUp.confirm")}
          busy={loading}
          error={shown}
          onConfirm={() => void change(giveUpFor)}
          onClose={() => setGiveUpFor(null)}
        >
          <p>
            {roleMeaning(giveUpFor)} {t("team:giveUp.words")}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function RoleOption({ value, isChosen }: { readonly value: string; readonly isChosen: boolean }) {
  const role = ROLES.find((each) => each === value);
  if (role === undefined) return null;
  return (
    <span className={classes.option}>
      <span>{roleName(role)}</span>
      {isChosen && <IconCheck size={14} stroke={2} aria-hidden />}
      <small>{roleMeaning(role)}</small>
    </span>
  );
}
