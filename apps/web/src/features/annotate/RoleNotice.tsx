// One's role became another while the document was open: says what that means now, until it was read.
import { Button } from "@mantine/core";
import { isAtLeast, roleMeaning, roleWithArticle } from "../../frame/role.ts";
import type { Role } from "../../gql/graphql.ts";
import css from "./workbench.module.css";

export interface RoleNoticeProps {
  readonly before: Role;
  readonly role: Role;
  readonly onSeen: () => void;
}

export function RoleNotice({ before, role, onSeen }: RoleNoticeProps) {
  return (
    <div className={css.roleNotice} role="status">
      <p>
        <strong>You are {roleWithArticle(role)} here now.</strong> {roleMeaning(role)}
        {!isAtLeast(role, before) && " What the server refuses meanwhile stays marked, with its reason."}
      </p>
      <Button size="xs" variant="default" onClick={onSeen}>
        Understood
      </Button>
    </div>
  );
}
