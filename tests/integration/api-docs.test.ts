// Runs docs/api/README.md, and packages/sdk/README.md for TypeScript: the blocks of each language in their order, as one
// script, against a server of its own. Where the interpreter is missing, the language is skipped by name.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/server.ts";

const run = promisify(execFile);
const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const guides = {
  api: await readFile(fromHere("../../docs/api/README.md"), "utf8"),
  client: await readFile(fromHere("../../packages/sdk/README.md"), "utf8"),
};

interface Language {
  name: string;
  guide: keyof typeof guides;
  fence: string;
  /** The script's name, and what runs it there. */
  file: string;
  command: string[];
  /** Programs without which it can't run. */
  needs: string[];
  /** How many blocks there are: one that the pattern below overlooks is missed. */
  blocks: number;
  /** Of the annotations it leaves behind. */
  quotes: string[];
}

const CLAIM = "The boats were never too few";
const LANGUAGES: Language[] = [
  {
    name: "curl",
    guide: "api",
    fence: "sh",
    file: "tour.sh",
    command: ["sh", "-eu", "tour.sh"],
    needs: ["sh", "curl", "jq"],
    blocks: 9,
    quotes: [CLAIM],
  },
  {
    name: "Python",
    guide: "api",
    fence: "python",
    file: "tour.py",
    command: ["python3", "-X", "utf8", "tour.py"],
    needs: ["python3"],
    blocks: 9,
    quotes: [CLAIM, "boats", "Sunniva Arkwell"],
  },
  {
    name: "R",
    guide: "api",
    fence: "r",
    file: "tour.R",
    command: ["Rscript", "--encoding=UTF-8", "tour.R"],
    needs: ["Rscript"],
    blocks: 8,
    quotes: [CLAIM, "Sunniva Arkwell"],
  },
  {
    name: "TypeScript",
    guide: "client",
    fence: "ts",
    file: "tour.ts",
    command: [process.execPath, "--conditions=source", "tour.ts"],
    needs: [],
    blocks: 6,
    quotes: [CLAIM, "Sunniva Arkwell"],
  },
];

function blocksOf({ guide, fence }: Pick<Language, "guide" | "fence">): string[] {
  return [...guides[guide].matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, language, code = ""]) =>
    language === fence ? [code] : [],
  );
}

/** The first program that is not there; undefined when all are. */
async function missing(programs: string[]): Promise<string | undefined> {
  for (const program of programs) {
    const isThere = await run(program, program === "sh" ? ["-c", ":"] : ["--version"]).then(
      () => true,
      () => false,
    );
    if (!isThere) return program;
  }
  return undefined;
}

const languages = await Promise.all(
  LANGUAGES.map(async (language) => ({ ...language, lacks: await missing(language.needs) })),
);

let server: TestServer;
let folder = "";
beforeAll(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), "concord-api-docs-"));
  // For @concord/client, as in a script's own folder.
  await symlink(fromHere("../node_modules"), join(folder, "node_modules"));
});
afterAll(async () => {
  await server?.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a language's blocks in their order. */
async function follow(language: Language): Promise<string> {
  const {
    file,
    command: [program = "", ...args],
  } = language;
  await writeFile(join(folder, file), blocksOf(language).join("\n"));
  const env = {
    LC_ALL: "C.UTF-8",
    ...process.env,
    CONCORD_URL: server.url,
    CONCORD_TOKEN: server.adminToken,
  };
  const { stdout } = await run(program, args, { cwd: folder, env, timeout: 25_000 });
  return stdout;
}

interface Found {
  name: string;
  documents: {
    nodes: { title: string; annotations: { nodes: { span: { quote: string }; note: string }[] } }[];
  };
}

async function projectsNamed(name: string): Promise<Found[]> {
  const { projects } = await server.must<{ projects: { nodes: Found[] } }>(
    "{ projects { nodes { name documents(first: 2) { nodes { title annotations(first: 10) { nodes { span { quote } note } } } } } } }",
  );
  return projects.nodes.filter((project) => project.name === name);
}

describe("the guide to the API", () => {
  it.each(LANGUAGES)("has all of its blocks in $name", (language) => {
    expect(blocksOf(language)).toHaveLength(language.blocks);
  });

  for (const language of languages) {
    const { name, lacks, quotes } = language;
    const title = `leads from a token to an export and back in ${name}`;
    it.skipIf(lacks)(lacks ? `${title} (no ${lacks} on this machine)` : title, async () => {
      const output = await follow(language);
      expect(output).toContain(CLAIM);
      // An empty project takes the name over with the rest.
      const projects = await projectsNamed(`Tour by ${name}`);
      expect(projects).toHaveLength(2);
      for (const project of projects) {
        const [document, ...more] = project.documents.nodes;
        expect(document?.title).toBe("Hospital boats");
        expect(more).toEqual([]);
        const annotations = document?.annotations.nodes ?? [];
        expect(annotations.map(({ span }) => span.quote)).toEqual(quotes);
        if (name !== "curl") expect(annotations[0]?.note).toMatch(/Is it a claim\?$/);
      }
    });
  }

  it("is well typed", async () => {
    await writeFile(join(folder, "tour.ts"), blocksOf({ guide: "client", fence: "ts" }).join("\n"));
    const compilerOptions = {
      target: "ES2024",
      module: "NodeNext",
      strict: true,
      noUncheckedIndexedAccess: true,
      erasableSyntaxOnly: true,
      noEmit: true,
      skipLibCheck: true,
      customConditions: ["source"],
      allowImportingTsExtensions: true,
      types: ["node"],
    };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["tour.ts"] }));
    await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    const tsc = fromHere("../../node_modules/typescript/bin/tsc");
    const { stdout } = await run(process.execPath, [tsc, "-p", folder]).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe("");
  });
});
