// Who may do what, through every door: every mutation, field, subscription, export, import and job, asked by every
// role, by outsiders and with credentials that are no good. The table is support/rights-acts.ts, for people
// docs/rights.md.
import { readFile } from "node:fs/promises";
import { buildSchema, getNamedType, isInterfaceType, isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { watchPresence } from "../support/presence.ts";
import {
  ACTS,
  PERSONAL_ACTS,
  PUBLIC_ACTS,
  PUBLIC_FIELDS,
  RESTRICTED_FIELDS,
} from "../support/rights-acts.ts";
import {
  CALLERS,
  type Caller,
  importSmall,
  makeSharedWorld,
  makeWorld,
  NOBODIES,
  nowhere,
  OUTSIDERS,
  ROLES,
  type Role,
  SECRET,
  type Tokens,
  type World,
} from "../support/rights-world.ts";
import { fieldQueries, plainFields } from "../support/schema-queries.ts";
import {
  invite,
  makeFixture,
  mutation,
  startServer,
  type TestServer,
  watch,
  watchProject,
} from "../support/server.ts";

const schema = buildSchema(
  await readFile(new URL("../../apps/server/schema.graphql", import.meta.url), "utf8"),
);

let server: TestServer;
let world: World;
let tokens: Tokens;
beforeAll(async () => {
  server = await startServer();
  ({ world, tokens } = await makeSharedWorld(server));
});
afterAll(() => server.dispose());

const rank = (role: Role) => ROLES.indexOf(role);
const isRole = (caller: Caller): caller is Role => ROLES.some((role) => role === caller);
const isOutsider = (caller: Caller) => OUTSIDERS.some((outsider) => outsider === caller);

/** What a caller gets who asks for what `least` may do; null where it is done. */
function expected(caller: Caller, least: Role): string | null {
  if (isRole(caller)) return rank(caller) >= rank(least) ? null : "FORBIDDEN";
  return isOutsider(caller) ? "NOT_FOUND" : "UNAUTHENTICATED";
}

/** All that is stored of a project, to see that a refusal changed nothing. */
const stored = ({ fixture: { projectId }, deletedProjectId }: World) =>
  server.sql(
    `select (select string_agg(row(id, revision, deleted_at, archived_at, name, guidelines)::text, ' ' order by id)
        from project where id in ($1, $2)) as projects,
      (select string_agg(row(id, revision)::text, ' ' order by id) from layer where project_id = $1) as layers,
      (select string_agg(row(id, title, archived_at, deleted_at)::text, ' ' order by id) from document where project_id = $1) as documents,
      (select string_agg(row(id, version, deleted_at)::text, ' ' order by id) from annotation where project_id = $1) as annotations,
      (select string_agg(row(id, deleted_at)::text, ' ' order by id) from relation where project_id = $1) as relations,
      (select string_agg(row(id, body, deleted_at)::text, ' ' order by id) from comment where project_id = $1) as comments,
      (select string_agg(row(person_id, role)::text, ' ' order by person_id) from membership where project_id = $1) as members,
      (select string_agg(row(id, state)::text, ' ' order by id) from import_job where project_id = $1) as jobs,
      (select string_agg(row(id, version, position)::text, ' ' order by id) from label where project_id = $1) as labels,
      (select string_agg(row(id, version)::text, ' ' order by id) from relation_type where project_id = $1) as types,
      (select count(*)::int from invitation where project_id = $1) as invitations,
      (select count(*)::int from password_reset) as resets`,
    [projectId, deletedProjectId],
  );

describe("the table", () => {
  it("names every mutation there is", () => {
    const names = Object.keys(schema.getMutationType()?.getFields() ?? {});
    const known = [...ACTS, ...PERSONAL_ACTS].map(({ name }) => name);
    expect([...known, ...PUBLIC_ACTS].sort()).toEqual(names.sort());
  });

  it("names no field that is not there", () => {
    for (const path of Object.keys(RESTRICTED_FIELDS)) {
      const [typeName = "", fieldName = ""] = path.split(".");
      const type = schema.getType(typeName);
      expect({ path, found: isObjectType(type) && fieldName in type.getFields() }).toEqual({
        path,
        found: true,
      });
    }
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(
      expect.arrayContaining([...PUBLIC_FIELDS]),
    );
  });

  it("reaches every type that a query can give", () => {
    const reached = new Set(fieldQueries(schema, roots()).map(({ field }) => field.split(".")[0]));
    const others = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith("__") && !reached.has(type.name))
      .map(({ name }) => name)
      .filter((name) => !name.endsWith("Payload"));
    const changes = ["DocumentChange", "ProjectChange"].flatMap((name) => {
      const change = schema.getType(name);
      return isInterfaceType(change) ? schema.getImplementations(change).objects : [];
    });
    expect(others.sort()).toEqual(
      [
        ...["Query", "Mutation", "Subscription", "DocumentChangeBatch", "ProjectChangeBatch"],
        ...["DocumentPresence", "PresentTab"],
        ...changes.map(({ name }) => name),
      ].sort(),
    );
  });

  it("is what docs/rights.md says", async () => {
    await expect(table()).toMatchFileSnapshot("../../docs/rights.md");
  });
});

/** The table for people. */
function table(): string {
  const sign = (caller: Caller, least: Role) => expected(caller, least) ?? "yes";
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const columns = [...ROLES, "stranger or removed", "signed out"] as const;
  const asked = [...ROLES, "stranger", "signed out"] as const;
  const head = (first: string) => [row([first, ...columns]), row([first, ...columns].map(() => "---"))];
  const cells = (name: string, least: Role) => row([name, ...asked.map((caller) => sign(caller, least))]);
  return `${[
    "# Rights",
    "",
    "Who may do what in a project. The table is kept by a test that tries each cell, so it is what the server does. An expired or revoked token and one of a deleted account make the whole request UNAUTHENTICATED, also where nobody needs to be signed in. One's own annotations, relations and comments an annotator may change and delete as well.",
    "",
    "## Mutations",
    "",
    ...head("mutation"),
    ...ACTS.map(({ name, least, own }) => cells(own === undefined ? name : `${name}, others’ work`, least)),
    ...ACTS.flatMap(({ name, own }) => (own === undefined ? [] : [cells(`${name}, own work`, own)])),
    "",
    `Whoever is signed in may use ${PERSONAL_ACTS.filter(({ name }) => name !== "createProject")
      .map(({ name }) => name)
      .join(
        ", ",
      )} for themselves; createProject needs \`createsProjects\`. Signed out, ${PUBLIC_ACTS.join(", ")} work, since a link stands for who comes. \`removeMember\` of oneself is leaving, with any role.`,
    "",
    "## Reading and files",
    "",
    ...head("what"),
    cells("project, document, annotation and all in them (null for strangers)", "VIEWER"),
    cells("`annotations`, `passages`: what a search finds", "VIEWER"),
    cells("`documentChanges`, `documentPresence`", "VIEWER"),
    ...Object.entries(RESTRICTED_FIELDS).map(([field, least]) =>
      row([
        `\`${field}\``,
        ...asked.map((caller) => (expected(caller, least) === "FORBIDDEN" ? "null" : sign(caller, least))),
      ]),
    ),
    ...DOORS.map(({ name, least }) => cells(name, least)),
  ].join("\n")}\n`;
}

describe.each(CALLERS)("%s", (caller) => {
  const refusedActs = ACTS.filter(({ least }) => expected(caller, least) !== null);
  const allowedActs = ACTS.filter(({ least }) => expected(caller, least) === null);

  it.each(refusedActs)("is refused $name, which changes nothing and tells nothing", async (act) => {
    const before = await stored(world);
    const { data, errors } = await server.ask(mutation(act.name), { i: act.input(world) }, tokens[caller]);
    expect(data ?? null).toBe(null);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([expected(caller, act.least)]);
    if (!isRole(caller)) {
      const nothing = await server.ask(mutation(act.name), { i: act.input(nowhere(world)) }, tokens[caller]);
      expect(errors).toEqual(nothing.errors);
    }
    expect(JSON.stringify(errors)).not.toContain(SECRET);
    expect(await stored(world)).toEqual(before);
  });

  it.each(allowedActs)("may use $name", async (act) => {
    const role: Role = isRole(caller) ? caller : "VIEWER";
    const fixture = await makeFixture(server);
    const { token } = await invite(server, fixture.projectId, role);
    const own = await makeWorld(server, {
      fixture,
      members: [{ role, token }],
      withPassword: act.name === "createPasswordReset",
    });
    const { errors } = await server.ask(mutation(act.name), { i: act.input(own) }, token);
    expect(errors).toBe(undefined);
  });

  if (isRole(caller)) {
    it.each(ACTS.filter(({ own }) => own !== undefined))(
      "uses $name on own work by its role",
      async (act) => {
        const fixture = await makeFixture(server);
        const { token, userId } = await invite(server, fixture.projectId, "ANNOTATOR");
        const own = await makeWorld(server, { fixture, maker: token });
        if (caller !== "ANNOTATOR")
          await server.mutate(
            "setMemberRole",
            { projectId: fixture.projectId, userId, role: caller },
            "project { id }",
          );
        const { errors } = await server.ask(mutation(act.name), { i: act.input(own) }, token);
        expect(errors?.[0]?.extensions.code ?? null).toBe(expected(caller, act.own ?? act.least));
      },
    );

    it("may leave", async () => {
      const { projectId } = await makeFixture(server);
      const { token, userId } = await invite(server, projectId, caller);
      await server.ask(mutation("removeMember"), { i: { projectId, userId } }, token);
      const left = await server.must(`query ($p: ID!) { project(id: $p) { id } }`, { p: projectId }, token);
      expect(left).toEqual({ project: null });
    });
  }

  it.each(PERSONAL_ACTS)("uses $name for itself", async ({ name, input, refusal }) => {
    const isSignedIn = isRole(caller) || isOutsider(caller);
    const { token } = await invite(server, world.fixture.projectId, isRole(caller) ? caller : "VIEWER");
    const { errors } = await server.ask(mutation(name), { i: input() }, isSignedIn ? token : tokens[caller]);
    expect(errors?.[0]?.extensions.code ?? null).toBe(isSignedIn ? refusal : "UNAUTHENTICATED");
  });

  it("gets from each field of the schema what it may see, and nothing else", async () => {
    const queries = fieldQueries(schema, roots());
    for (const { field, root, query } of queries) {
      const { data, errors } = await server.ask<Record<string, unknown>>(query, {}, tokens[caller]);
      const code = errors?.[0]?.extensions.code ?? null;
      const answer = JSON.stringify(data ?? null);
      expect({ query, code }).toEqual({ query, code: fieldCode(caller, root) });
      if (!isRole(caller)) {
        if (!PUBLIC_FIELDS.includes(root))
          expect({ query, answer }).not.toMatchObject({ answer: expect.stringContaining(SECRET) });
        if (isOutsider(caller) && ["project", "document", "annotation"].includes(root))
          expect({ query, data }).toEqual({ query, data: { [root]: null } });
        continue;
      }
      const least = RESTRICTED_FIELDS[field];
      // A path that ends in null, all along its lists.
      if (least !== undefined && field !== "Member.email")
        expect({ query, isNull: /:null\}+$/.test(answer) }).toEqual({
          query,
          isNull: rank(caller) < rank(least),
        });
    }
  });

  it("gets no other member's mail unless it is an owner", async () => {
    const query = `query ($p: ID!) { project(id: $p) { members { email } } }`;
    const { data } = await server.ask(query, { p: world.fixture.projectId }, tokens[caller]);
    const mail = JSON.stringify(data ?? null).includes(`@${SECRET.toLowerCase()}.example`);
    expect(mail).toBe(caller === "OWNER");
  });

  it("finds deleted projects only as their owner", async () => {
    const { data } = await server.ask(`{ deletedProjects { id name } }`, {}, tokens[caller]);
    expect(JSON.stringify(data ?? null).includes(world.deletedProjectId)).toBe(caller === "OWNER");
  });

  it("finds its projects and no others in lists", async () => {
    const { data } = await server.ask(`{ projects(first: 1000) { nodes { id } } }`, {}, tokens[caller]);
    expect(JSON.stringify(data ?? null).includes(world.fixture.projectId)).toBe(isRole(caller));
  });

  it("watches the document as a member only", async () => {
    if (isRole(caller)) {
      const seen = watch<{ revision: number }>(
        server.socket(tokens[caller]),
        world.fixture.documentId,
        0,
        everyChange("DocumentChange"),
      );
      const changes = await seen.until((all) => all.length >= 7);
      seen.stop();
      expect(changes.map(({ revision }) => revision).slice(0, 7)).toEqual([1, 2, 3, 4, 5, 6, 7]);
      return;
    }
    const { documentId } = world.fixture;
    const watching = watch<{ revision: number }>(server.socket(tokens[caller]), documentId, 0, "revision");
    const [end] = [await watching.ended].flat();
    expect(watching.changes).toEqual([]);
    if (caller === "signed out" || isOutsider(caller))
      expect(end).toMatchObject({ extensions: { code: expected(caller, "VIEWER") } });
    else expect(end).toMatchObject({ code: 4401 });
  });

  it("watches the project as a member only", async () => {
    const { projectId } = world.fixture;
    const seen = watchProject<{ revision: number }>(
      server.socket(tokens[caller]),
      projectId,
      0,
      everyChange("ProjectChange"),
    );
    if (isRole(caller)) {
      const changes = await seen.until((all) => all.length >= 3);
      seen.stop();
      expect(changes.map(({ revision }) => revision).slice(0, 3)).toEqual([1, 2, 3]);
      return;
    }
    const [end] = [await seen.ended].flat();
    expect(seen.changes).toEqual([]);
    if (caller === "signed out" || isOutsider(caller))
      expect(end).toMatchObject({ extensions: { code: expected(caller, "VIEWER") } });
    else expect(end).toMatchObject({ code: 4401 });
  });

  it("is told who is at the document as a member only", async () => {
    const seen = watchPresence(server.socket(tokens[caller]), world.fixture.documentId);
    if (isRole(caller)) {
      await expect.poll(() => seen.lists.length).toBeGreaterThan(0);
      seen.stop();
      return;
    }
    const [end] = [await seen.ended].flat();
    expect(seen.lists).toEqual([]);
    if (caller === "signed out" || isOutsider(caller))
      expect(end).toMatchObject({ extensions: { code: expected(caller, "VIEWER") } });
    else expect(end).toMatchObject({ code: 4401 });
  });

  it.each(DOORS)("at the door: $name", async ({ least, status, open }) => {
    const response = await open(server, world, tokens[caller]);
    const code = expected(caller, least);
    const body = await response.text();
    if (code === null) {
      expect(response.status).toBe(status);
      return;
    }
    expect(response.status).toBe({ FORBIDDEN: 403, NOT_FOUND: 404, UNAUTHENTICATED: 401 }[code]);
    expect(JSON.parse(body)).toMatchObject({ error: { code } });
    expect(body).not.toContain(SECRET);
  });
});

/** The HTTP addresses besides GraphQL, the least role for each and what they answer it. */
const DOORS: readonly {
  name: string;
  least: Role;
  status: number;
  open: (server: TestServer, world: World, token: string | null) => Promise<Response>;
}[] = [
  ...["json", "ndjson"].map((format) => ({
    name: `export as ${format}`,
    least: "VIEWER" as const,
    status: 200,
    open: (at: TestServer, { fixture }: World, token: string | null) =>
      request(at, "GET", `/projects/${fixture.projectId}/export?format=${format}`, token),
  })),
  {
    name: "import",
    least: "CURATOR",
    status: 202,
    open: (at, { fixture }, token) => importSmall(at, fixture.projectId, token),
  },
  {
    name: "import, only tried",
    least: "CURATOR",
    status: 202,
    open: (at, { fixture }, token) => importSmall(at, fixture.projectId, token, "dryRun=1"),
  },
  {
    name: "see an import job",
    least: "CURATOR",
    status: 200,
    open: (at, { jobId }, token) => request(at, "GET", `/jobs/${jobId}`, token),
  },
  {
    name: "cancel an import job (this one is done)",
    least: "CURATOR",
    status: 409,
    open: (at, { jobId }, token) => request(at, "DELETE", `/jobs/${jobId}`, token),
  },
  {
    name: "start the file of a dry run",
    least: "CURATOR",
    status: 202,
    open: (at, { fixture }, token) => askOfDryRun(at, fixture.projectId, "start", token),
  },
  {
    name: "take an import back (this one was a dry run)",
    least: "CURATOR",
    status: 409,
    open: (at, { fixture }, token) => askOfDryRun(at, fixture.projectId, "undo", token),
  },
];

/** Orders something about a dry run of the owner's. */
async function askOfDryRun(
  at: TestServer,
  projectId: string,
  act: "start" | "undo",
  token: string | null,
): Promise<Response> {
  const made = await importSmall(at, projectId, at.adminToken, "dryRun=1");
  const { id }: { id: string } = await made.json();
  return request(at, "POST", `/jobs/${id}/${act}`, token);
}

function request(at: TestServer, method: string, path: string, token: string | null): Promise<Response> {
  return fetch(at.url + path, {
    method,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
}

/** The root fields with what they need; those that reach most come first. */
function roots(): Record<string, string> {
  const { fixture, annotationId, invitationToken, resetToken } = world;
  return {
    project: `(id: "${fixture.projectId}")`,
    document: `(id: "${fixture.documentId}")`,
    annotation: `(id: "${annotationId}")`,
    annotations: `(filter: { projectId: "${fixture.projectId}" })`,
    passages: `(filter: { projectId: "${fixture.projectId}", text: "${SECRET}" })`,
    projects: "",
    deletedProjects: "",
    accessTokens: "",
    viewer: "",
    invitation: `(token: "${invitationToken}")`,
    passwordReset: `(token: "${resetToken}")`,
  };
}

/** What a query by a root field answers; null for no error. */
function fieldCode(caller: Caller, root: string): string | null {
  if (isRole(caller)) return null;
  if (isOutsider(caller)) return ["annotations", "passages"].includes(root) ? "NOT_FOUND" : null;
  return caller === "signed out" && PUBLIC_FIELDS.includes(root) ? null : "UNAUTHENTICATED";
}

/** A selection of every field of every kind of change. */
function everyChange(kind: "DocumentChange" | "ProjectChange"): string {
  const change = schema.getType(kind);
  if (!isInterfaceType(change)) throw new Error(`the schema has no interface ${kind}`);
  const parts = schema.getImplementations(change).objects.map((type) => {
    const deep = Object.values(type.getFields()).map((field) => {
      const inner = getNamedType(field.type);
      return isObjectType(inner) ? `${field.name} { ${plainFields(inner)} }` : field.name;
    });
    return `... on ${type.name} { ${deep.join(" ")} }`;
  });
  return `revision ${parts.join(" ")}`;
}

it("every nobody is one, and every caller was asked", () => {
  expect([...ROLES, ...OUTSIDERS, ...NOBODIES]).toEqual([...CALLERS]);
});
