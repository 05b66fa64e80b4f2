// What must hold of every log at any time: its last row has the revision of what it is about, and none is missing.
import { expect } from "vitest";
import type { TestServer } from "./server.ts";

/** Checks the logs of all projects and layers of a server. */
export async function expectWholeLogs(server: TestServer): Promise<void> {
  const broken = await server.sql(
    `select 'project' as of, p.id, p.revision, count(c.*)::int as rows, coalesce(max(c.revision), 0) as last
       from project p left join project_change c on c.project_id = p.id
       group by p.id having p.revision <> coalesce(max(c.revision), 0) or p.revision <> count(c.*)
     union all
     select 'layer', l.id, l.revision, count(c.*)::int, coalesce(max(c.revision), 0)
       from layer l left join layer_change c on c.layer_id = l.id
       group by l.id having l.revision <> coalesce(max(c.revision), 0) or l.revision <> count(c.*)`,
  );
  expect(broken).toEqual([]);
}
