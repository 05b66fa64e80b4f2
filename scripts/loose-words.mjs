// Words of the interface that stand in the code and not in the catalogue (apps/web/src/words): the text of elements, what
// is given to attributes and properties that are read or heard, and whatever else reads like a sentence.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, visitorKeys } from "oxc-parser";
import { root } from "./toolbox.mjs";

/** @typedef {{ type: string, start: number, [key: string]: unknown }} Node */

const SOURCES = "apps/web/src";

const exceptions = [
  // What tests make up.
  "features/annotate/model/builders.ts",
  // A page for people who write scripts, of somebody else's making.
  "graphiql/",
  // A picture of a marked report, in the report's language.
  "features/start/Specimen.tsx",
];

/** Attributes and properties that a person reads or hears. */
const SPOKEN =
  /^(aria-(label|description|roledescription|valuetext)|(\w+L|l)abel|alt|description|error|hint|lead|message|placeholder|title|words)$/;
/** Calls that show their arguments. */
const SHOWING = new Set(["usePageTitle"]);
/** What these hold is not shown itself: it is compared, passed on or done. */
const UNSPOKEN =
  /^(ArrowFunctionExpression|BinaryExpression|CallExpression|FunctionExpression|MemberExpression|NewExpression|TaggedTemplateExpression)$/;
const WORD = /\p{L}*\p{Ll}\p{L}*/u;
const SENTENCE = /^\p{Lu}\p{L}*\p{P}?\s+\P{Lu}*\p{Ll}{2}/u;

/** @returns {string[]} one line for each */
export function looseWords() {
  return readdirSync(join(root, SOURCES), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^gql\//.test(path))
    .filter((path) => !exceptions.some((exception) => path.startsWith(exception)))
    .sort()
    .flatMap((path) => looseWordsIn(`${SOURCES}/${path}`, readFileSync(join(root, SOURCES, path), "utf8")));
}

/** @param {string} file @param {string} text @returns {string[]} */
export function looseWordsIn(file, text) {
  /** @type {string[]} */
  const found = [];
  /** @param {Node} node @param {boolean} isSpoken */
  const visit = (node, isSpoken) => {
    const words = wordsOf(node);
    if (words !== null && WORD.test(words) && (isSpoken || SENTENCE.test(words))) {
      const line = text.slice(0, node.start).split("\n").length;
      found.push(
        `${file}:${line} says “${words.replace(/\s+/g, " ").trim()}”, which belongs in the catalogue`,
      );
    }
    for (const key of visitorKeys[node.type] ?? []) {
      const value = node[key];
      for (const child of Array.isArray(value) ? value : [value])
        if (isNode(child)) visit(child, spoken(node, key, isSpoken));
    }
  };
  visit(/** @type {Node} */ (/** @type {unknown} */ (parseSync(file, text).program)), false);
  return found;
}

/** Whether what stands under `key` of a node is shown to people. @param {Node} node @param {string} key @param {boolean} isSpoken */
function spoken(node, key, isSpoken) {
  if (node.type === "JSXElement" || node.type === "JSXFragment") return key === "children";
  if (node.type === "JSXAttribute") return key === "value" && SPOKEN.test(nameOf(node.name));
  if (node.type === "Property") return key === "value" && SPOKEN.test(nameOf(node.key));
  if (node.type === "AssignmentPattern") return key === "right" && SPOKEN.test(nameOf(node.left));
  if (node.type === "CallExpression" && SHOWING.has(nameOf(node.callee))) return key === "arguments";
  if (node.type === "ConditionalExpression") return isSpoken && key !== "test";
  return isSpoken && !UNSPOKEN.test(node.type);
}

/** @param {Node} node @returns {string | null} */
function wordsOf(node) {
  if (node.type === "JSXText" || node.type === "Literal")
    return typeof node.value === "string" ? node.value : null;
  if (node.type === "TemplateElement") return /** @type {{ raw: string }} */ (node.value).raw;
  return null;
}

/** @param {unknown} value @returns {value is Node} */
function isNode(value) {
  return typeof value === "object" && value !== null && "type" in value;
}

/** @param {unknown} node */
function nameOf(node) {
  if (!isNode(node)) return "";
  return String(node.type === "Literal" ? node.value : (node.name ?? ""));
}
