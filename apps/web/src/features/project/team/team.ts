// What the team's rows and dialogs know of each other; pure.
import { ROLES } from "../../../frame/role.ts";
import type { Team_ProjectFragment } from "../../../gql/graphql.ts";

export type Team = Team_ProjectFragment;
export type Member = Team["members"][number];

/** The server refuses a project without owners, so what would lead there is not offered. */
export function isLastOwner(team: Pick<Team, "members">, userId: string): boolean {
  const owners = team.members.filter(({ role }) => role === "OWNER");
  return owners.length === 1 && owners[0]?.user.id === userId;
}

/**
 * Who could take a project over from its last owner: the others who can sign in, the highest role first, as the team
 * lists them.
 */
export function heirsOf(team: Pick<Team, "members">, userId: string): Member[] {
  return team.members
    .filter(({ user }) => user.id !== userId && !user.imported)
    .sort((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role));
}
