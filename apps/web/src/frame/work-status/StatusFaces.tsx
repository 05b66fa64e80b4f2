// Who is how far with a document: faces, each with the sign of its state, those who are done first.
import { Tooltip } from "@mantine/core";
import type { WorkStatus, WorkStatus_DocumentFragment } from "../../gql/graphql.ts";
import { Face } from "../../ui/Face.tsx";
import { t } from "../../words/words.ts";
import { StatusMark } from "./StatusMark.tsx";
import classes from "./work-status.module.css";
import { statusName } from "./work-status.ts";

type Said = WorkStatus_DocumentFragment["statuses"][number];

const words = ({ user, status }: Said) =>
  t("status:ofPerson", { name: user.name, status: statusName(status) });
const rank = (status: WorkStatus) => (status === "DONE" ? 0 : 1);

export interface StatusFacesProps {
  readonly statuses: readonly Said[];
  readonly most?: number;
}

export function StatusFaces({ statuses, most = 4 }: StatusFacesProps) {
  if (statuses.length === 0) return null;
  const sorted = [...statuses].sort((a, b) => rank(a.status) - rank(b.status));
  const shown = sorted.slice(0, sorted.length > most ? most - 1 : most);
  const rest = sorted.slice(shown.length).map(words).join(", ");
  return (
    <ul className={classes.faces} aria-label={t("status:people")}>
      {shown.map((said) => (
        <li key={said.user.id}>
          <Tooltip label={words(said)}>
            <span className={classes.who} role="img" aria-label={words(said)}>
              <Face person={said.user} size="small" decorative />
              <StatusMark status={said.status} size={11} />
            </span>
          </Tooltip>
        </li>
      ))}
      {rest !== "" && (
        <li>
          <Tooltip label={rest}>
            <span className={classes.rest} role="img" aria-label={rest}>
              +{sorted.length - shown.length}
            </span>
          </Tooltip>
        </li>
      )}
    </ul>
  );
}
