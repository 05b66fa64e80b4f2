// One member: who, in which role, and what can be done about it: owners change roles, remove and help with lost passwords,
// everybody may leave.
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconKey, IconUserMinus } from "@tabler/icons-react";
import { useState } from "react";
import { useViewer } from "../../../frame/viewer.ts";
import { Face } from "../../../ui/Face.tsx";
import { t } from "../../../words/words.ts";
import { LeaveDialog } from "./LeaveDialog.tsx";
import { RemoveDialog } from "./RemoveDialog.tsx";
import { ResetLinkDialog } from "./ResetLinkDialog.tsx";
import { RoleControl } from "./RoleControl.tsx";
import classes from "./TeamTab.module.css";
import type { Member, Team } from "./team.ts";

export interface MemberProps {
  readonly team: Team;
  readonly member: Member;
}

type Opened = "leave" | "remove" | "reset";

export function MemberRow({ team, member }: MemberProps) {
  const viewer = useViewer();
  const { user, email } = member;
  const [opened, setOpened] = useState<Opened | null>(null);
  const isViewer = user.id === viewer.id;
  const close = () => setOpened(null);
  return (
    <li className={classes.member}>
      <Face person={user} decorative />
      <div className={classes.who}>
        <span className={classes.name}>
          <bdi>{user.name}</bdi>
          {isViewer && <span className={classes.you}> {t("team:member.you")}</span>}
        </span>
        {email && <span className={classes.email}>{email}</span>}
        {user.imported && <span className={classes.email}>{t("team:member.cannotSignIn")}</span>}
      </div>
      <RoleControl team={team} member={member} />
      <span className={classes.actions}>
        {isViewer && (
          <Button variant="subtle" onClick={() => setOpened("leave")}>
            {t("team:member.leave")}
          </Button>
        )}
        {!isViewer && team.viewerRole === "OWNER" && <MemberMenu member={member} onOpen={setOpened} />}
      </span>
      {opened === "leave" && <LeaveDialog team={team} onClose={close} />}
      {opened === "remove" && <RemoveDialog projectId={team.id} user={user} onClose={close} />}
      {opened === "reset" && <ResetLinkDialog projectId={team.id} user={user} onClose={close} />}
    </li>
  );
}

interface MemberMenuProps {
  readonly member: Member;
  readonly onOpen: (dialog: Opened) => void;
}

function MemberMenu({ member, onOpen }: MemberMenuProps) {
  return (
    <Menu position="bottom-end" width={220} withinPortal={false}>
      <Menu.Target>
        <ActionIcon size="lg" aria-label={t("team:member.more", { name: member.user.name })}>
          <IconDots size={16} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {member.mayResetPassword && (
          <Menu.Item leftSection={<IconKey size={16} stroke={1.5} />} onClick={() => onOpen("reset")}>
            {t("team:member.resetLink")}
          </Menu.Item>
        )}
        <Menu.Item
          color="var(--danger)"
          leftSection={<IconUserMinus size={16} stroke={1.5} />}
          onClick={() => onOpen("remove")}
        >
          {t("team:member.remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
