/** Projects by the words people have for them. */
import type { ConcordClient } from "@concord/client";
import { EXIT, Failure } from "./failure.ts";

export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of a project that is given by id or by its whole name.
 * @throws Failure when no project, or more than one, has that name
 */
export async function findProject(client: ConcordClient, idOrName: string): Promise<string> {
  if (UUID.test(idOrName)) return idOrName;
  const found: string[] = [];
  for (const archived of [false, true])
    for await (const { id, name } of client.projects({ archived })) if (name === idOrName) found.push(id);
  const [id, ...more] = found;
  if (id === undefined)
    throw new Failure(`You have no project named ${idOrName}. concord projects lists yours.`, EXIT.noAccess);
  if (more.length > 0)
    throw new Failure(
      `${found.length} projects are named ${idOrName}: ${found.join(", ")}. Give an id.`,
      EXIT.usage,
    );
  return id;
}
