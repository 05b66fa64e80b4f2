// Who may import whom: the arrows of docs/architecture.md as rules over the source files, and no cycles at run time.
// A script of our own because dependency-cruiser needs the compiler API that TypeScript 7 no longer has.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "oxc-parser";
import { root } from "./toolbox.mjs";

/** @typedef {{ from: string, specifier: string, to: string, line: number, typeOnly: boolean }} Import `to` is a file below the root, or the package's name */

/**
 * A rule holds for imports from files that match `from`; those that match `not` break it.
 * `not` may depend on what the first group of `from` caught.
 * @typedef {{ from: RegExp, except?: RegExp, not: RegExp | ((caught: string) => RegExp), because: string }} Rule
 */

const testFile = /\.test\.tsx?$/;
/** Tests, and the `arbitrary-…` generators that they share. */
const testSource = /\.test\.tsx?$|\/arbitrary-[^/]+\.ts$/;
const serverFolders = "database|generated|graphql|http|live";

/** @type {Rule[]} */
const rules = [
  { from: /^packages\//, not: /^(apps|tests)\//, because: "packages never import apps or tests" },
  {
    from: /^packages\/core\//,
    except: testSource,
    not: /^(?!packages\/core\/)/,
    because: "core imports nothing: it runs in browsers, servers and scripts alike",
  },
  {
    from: /^packages\/formats\//,
    except: testSource,
    // No node: either; parsers are what package.json lists, which pnpm is strict about.
    not: /^(?:node:|apps\/|tests\/|packages\/(?!formats\/)|@concord\/(?!core$))/,
    because:
      "formats turn bytes into documents in browsers, servers and scripts alike, and know core and parsers only",
  },
  {
    from: /^packages\/sdk\//,
    except: testSource,
    not: /^(?!packages\/sdk\/|@concord\/core$|graphql-ws$|@graphql-typed-document-node\/core$)/,
    because:
      "the client runs in browsers, servers and scripts alike, and knows of the server only its schema",
  },
  {
    from: /^packages\/cli\//,
    except: testSource,
    not: /^@concord\/(?!client$|core$|formats$)/,
    because: "the command asks the server by its client alone",
  },
  {
    from: /^apps\/server\//,
    not: /^(apps\/web|tests)\//,
    because: "the server knows neither the web client nor the tests",
  },
  {
    from: /^apps\/web\//,
    not: /^(apps\/server|tests)\/|^@concord\/server/,
    because: "the web client knows of the server only its schema",
  },
  {
    from: /^apps\/web\/src\/text\//,
    not: /^apps\/web\/src\/(?!text\/|theme\/)|^(@apollo\/|graphql)/,
    because: "the reading pane imports core and the theme's colours only, and no GraphQL",
  },
  {
    from: /^apps\/web\/src\/ui\//,
    not: /^apps\/web\/src\/(?!ui\/|theme\/|words\/)|^(@apollo\/|@concord\/|graphql)/,
    because: "building blocks know no GraphQL and no product nouns",
  },
  {
    from: /^apps\/web\/src\/(?:apollo|theme|words)\//,
    not: /^apps\/web\/src\/(?:features|frame|text|ui)\//,
    because: "what features stand on does not import them",
  },
  {
    from: /^apps\/web\/src\/features\/([^/]+)\//,
    not: (feature) => new RegExp(`^apps/web/src/features/(?!${feature}/)`),
    because: "a feature of the web client never imports another feature",
  },
  {
    from: new RegExp(`^apps/server/src/(?!(?:${serverFolders})/)([^/]+)/`),
    except: testFile,
    not: (feature) =>
      new RegExp(`^apps/server/src/(?!(?:${feature}|${serverFolders})/)[^/]+/.*\\.(resolver|input)\\.ts$`),
    because: "another feature's resolvers and inputs are its own",
  },
  {
    from: /^apps\/server\/src\/(?:database\/|live\/(?:bus|hub)\.)/,
    except: testFile,
    not: /^apps\/server\/src\/(?!(?:database|generated|live)\/)[^/]+\//,
    because: "the database, the bus and the hub know changes, not features",
  },
  {
    from: /^apps\/server\/src\/.*\.resolver\.ts$/,
    not: /^apps\/server\/src\/(database\/|generated\/prisma\/(?!enums))/,
    because: "a resolver only forwards to a service; it does not query",
  },
  {
    from: /^tests\/(?!support\/)/,
    not: /^(apps|packages)\//,
    because: "tests use public entry points: @concord/…",
  },
  {
    from: /^tests\/support\//,
    not: /^(apps\/(?!server\/src\/(database\/|app\.ts|env\.ts))|packages\/)/,
    because: "tests start the server by its app, its settings and its database, and use nothing else of it",
  },
];

/** @returns {string[]} what is wrong, one line each */
export function boundaryProblems() {
  const imports = sourceFolders().flatMap(filesBelow).flatMap(importsOf);
  const crossings = imports.flatMap((found) =>
    rules
      .filter((rule) => breaks(found, rule))
      .map((rule) => `${found.from}:${found.line} imports ${found.specifier}: ${rule.because}`),
  );
  return [...crossings, ...cycles(imports)];
}

/** @param {Import} found @param {Rule} rule */
function breaks(found, rule) {
  const caught = rule.from.exec(found.from);
  if (!caught || rule.except?.test(found.from)) return false;
  const not = typeof rule.not === "function" ? rule.not(caught[1] ?? "") : rule.not;
  return not.test(found.to);
}

function sourceFolders() {
  const workspaces = ["apps", "packages"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}/src`),
  );
  return [...workspaces, "tests"].filter((folder) => existsSync(join(root, folder)));
}

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return ["node_modules", "generated", "gql"].includes(entry.name) ? [] : filesBelow(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** @param {string} from @returns {Import[]} */
function importsOf(from) {
  const text = readFileSync(join(root, from), "utf8");
  const { module } = parseSync(from, text);
  const line = (/** @type {number} */ offset) => text.slice(0, offset).split("\n").length;
  /** @type {(specifier: string, offset: number, typeOnly: boolean) => Import} */
  const describe = (specifier, offset, typeOnly) => ({
    from,
    specifier,
    to: target(from, specifier),
    line: line(offset),
    typeOnly,
  });
  const statics = module.staticImports.map((found) =>
    describe(
      found.moduleRequest.value,
      found.start,
      found.entries.length > 0 && found.entries.every((entry) => entry.isType),
    ),
  );
  const reexports = module.staticExports.flatMap((found) =>
    found.entries.flatMap((entry) =>
      entry.moduleRequest ? [describe(entry.moduleRequest.value, found.start, entry.isType)] : [],
    ),
  );
  // A dynamic import is evaluated later and closes no cycle, but it obeys the arrows.
  const dynamics = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^["'](.*)["']$/.exec(text.slice(start, end));
    return literal?.[1] ? [describe(literal[1], start, true)] : [];
  });
  return [...statics, ...reexports, ...dynamics];
}

/** @param {string} from @param {string} specifier */
function target(from, specifier) {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  return specifier;
}

/** @param {Import[]} imports @returns {string[]} each cycle once */
function cycles(imports) {
  /** @type {Map<string, string[]>} */
  const graph = new Map();
  for (const { from, to, typeOnly } of imports)
    if (!typeOnly) graph.set(from, [...(graph.get(from) ?? []), to]);
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {string[]} */
  const found = [];
  /** @param {string} file @param {string[]} path */
  const visit = (file, path) => {
    const start = path.indexOf(file);
    if (start >= 0) found.push(`cycle: ${[...path.slice(start), file].join(" → ")}`);
    if (start >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
