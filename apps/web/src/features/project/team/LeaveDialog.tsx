// Leaving a project. The last owner hands it over first, in the same dialog; who is alone has nobody to hand it to.
import { useApolloClient, useMutation } from "@apollo/client/react";
import { Button, Modal, Select } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { roleInSentence } from "../../../frame/role.ts";
import { useViewer } from "../../../frame/viewer.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { t } from "../../../words/words.ts";
import tab from "../tab.module.css";
import { RemoveMemberDocument } from "./RemoveDialog.tsx";
import classes from "./TeamTab.module.css";
import { heirsOf, isLastOwner, type Team } from "./team.ts";

const HandOverDocument = graphql(`
  mutation HandOver($input: SetMemberRoleInput!) {
    setMemberRole(input: $input) {
      project {
        ...Team_project
      }
    }
  }
`);

export interface LeaveDialogProps {
  readonly team: Team;
  readonly onClose: () => void;
}

export function LeaveDialog({ team, onClose }: LeaveDialogProps) {
  const viewer = useViewer();
  // As it was when the dialog opened: handing over is what changes it.
  const [mustHandOver] = useState(() => isLastOwner(team, viewer.id));
  if (mustHandOver && heirsOf(team, viewer.id).length === 0) {
    return <NobodyElse projectId={team.id} isAlone={team.members.length === 1} onClose={onClose} />;
  }
  return <Leave team={team} mustHandOver={mustHandOver} onClose={onClose} />;
}

function Leave({ team, mustHandOver, onClose }: LeaveDialogProps & { readonly mustHandOver: boolean }) {
  const viewer = useViewer();
  const client = useApolloClient();
  const navigate = useNavigate();
  const [clientMutationId] = useState(() => uuidv7());
  const [heir, setHeir] = useState<string | null>(null);
  const [handOver, handing] = useMutation(HandOverDocument);
  const [removeMember, leaving] = useMutation(RemoveMemberDocument);
  const projectId = team.id;
  const confirm = async () => {
    try {
      if (mustHandOver && heir !== null) {
        const input = { clientMutationId: uuidv7(), projectId, userId: heir, role: "OWNER" } as const;
        await handOver({ variables: { input } });
      }
      await removeMember({ variables: { input: { clientMutationId, projectId, userId: viewer.id } } });
    } catch {
      return; // Shown in the dialog, from the mutations' own state.
    }
    await navigate("/", { replace: true });
    const id = client.cache.identify({ __typename: "Project", id: projectId });
    if (id) client.cache.evict({ id });
    client.cache.gc();
  };
  const error = handing.error ?? leaving.error;
  return (
    <ConfirmDialog
      title={t("team:leave.title")}
      confirmLabel={t(mustHandOver ? "team:leave.handOver" : "team:leave.leave")}
      busy={handing.loading || leaving.loading}
      error={error ? describeError(error) : null}
      ready={!mustHandOver || heir !== null}
      fields={
        mustHandOver && (
          <Select
            label={t("team:leave.heir")}
            description={t("team:leave.heirHint")}
            placeholder={t("team:leave.heirPlaceholder")}
            data={heirsOf(team, viewer.id).map(({ user, role }) => ({
              value: user.id,
              label: t("team:leave.heirOption", { name: user.name, role: roleInSentence(role) }),
            }))}
            mb={16}
            value={heir}
            onChange={setHeir}
          />
        )
      }
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        {mustHandOver && t("team:leave.lastOwner")} {t("team:leave.words")}
      </p>
    </ConfirmDialog>
  );
}

interface NobodyElseProps {
  readonly projectId: string;
  readonly isAlone: boolean;
  readonly onClose: () => void;
}

function NobodyElse({ projectId, isAlone, onClose }: NobodyElseProps) {
  return (
    <Modal opened onClose={onClose} title={t("team:nobodyElse.title")} size={440}>
      <p className={classes.hint}>
        {t(isAlone ? "team:nobodyElse.alone" : "team:nobodyElse.noneSignsIn")} {t("team:nobodyElse.words")}
      </p>
      <div className={tab.dialogButtons}>
        <Button variant="default" component={Link} to={`/projects/${projectId}/settings`}>
          {t("page.settings")}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {t("team:nobodyElse.stay")}
        </Button>
      </div>
    </Modal>
  );
}
