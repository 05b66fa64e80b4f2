/** brat's settings, annotation.conf and visual.conf: a codebook in four sections, and labels' names. */
import type { AttributeDefinition } from "@concord/core";
import type { CorpusHeader, CorpusLabel, CorpusRelationType } from "../corpus.ts";
import { escapeName, unescapeName } from "../escaped-name.ts";
import { plainLabel, plainRelationType } from "../words.ts";

/** Whether a file is one of the two that have a codebook in them. */
export function isSettings(path: string): boolean {
  return /(?:^|\/)(?:annotation|visual)\.conf$/.test(path);
}

/** A line of a section, with how far it is indented. */
interface Entry {
  depth: number;
  text: string;
}

/**
 * The codebook of annotation.conf. Events are labels, and their roles are relation types from the event on.
 * @example readAnnotationConf("[entities]\nPerson\n").labels // [{ key: "Person", … }]
 */
export function readAnnotationConf(text: string): Pick<CorpusHeader, "labels" | "relationTypes"> {
  const sections = sectionsOf(text);
  const labels: CorpusLabel[] = [];
  const events = new Set<string>();
  const arguments_: [type: string, from: string, to: string][] = [];
  for (const section of ["entities", "events"]) {
    const above: string[] = [];
    for (const { depth, text: line } of sections.get(section) ?? []) {
      const [type = "", rest] = splitType(line.replace(/^!/, ""));
      const key = unescapeName(type);
      above.length = Math.min(depth, above.length);
      if (!labels.some((label) => label.key === key))
        labels.push({ ...plainLabel(key, labels.length), parent: above.at(-1) ?? null });
      above.push(key);
      if (section === "events") events.add(key);
      for (const [role, target] of rolesOf(rest)) arguments_.push([unescapeName(role), key, target]);
    }
  }
  const all = labels.map(({ key }) => key);
  const classes = new Map([
    ["<ANY>", all],
    ["<EVENT>", all.filter((key) => events.has(key))],
    ["<ENTITY>", all.filter((key) => !events.has(key))],
  ]);
  const named = (types: string) => keysOf(types, classes, all);
  const relationTypes = new Map<string, CorpusRelationType>();
  const relate = (type: string, from: readonly string[], to: readonly string[]) => {
    const known = relationTypes.get(type) ?? plainRelationType(type);
    relationTypes.set(type, {
      ...known,
      sourceLabels: [...new Set([...known.sourceLabels, ...from])],
      targetLabels: [...new Set([...known.targetLabels, ...to])],
    });
  };
  for (const { text: line } of sections.get("relations") ?? []) {
    const [type, rest] = splitType(line);
    const roles = rolesOf(rest).filter(([role]) => !role.startsWith("<"));
    if (type !== "" && !type.startsWith("<"))
      relate(unescapeName(type), named(roles[0]?.[1] ?? ""), named(roles[1]?.[1] ?? ""));
  }
  for (const [role, from, to] of arguments_) relate(role, [from], named(to));
  for (const { text: line } of sections.get("attributes") ?? []) addAttribute(labels, line, named);
  return { labels, relationTypes: [...relationTypes.values()] };
}

function addAttribute(labels: CorpusLabel[], line: string, named: (types: string) => string[]): void {
  const [type, rest] = splitType(line.replace(/^!/, ""));
  const roles = new Map(rolesOf(rest));
  const values = roles.get("Value");
  const definition: AttributeDefinition = {
    ...{ key: unescapeName(type), name: unescapeName(type), required: false },
    kind: values === undefined ? "BOOLEAN" : "CHOICE",
    choices: values?.split("|").map((value) => value.trim()) ?? [],
  };
  const owners = new Set(named(roles.get("Arg") ?? ""));
  for (const label of labels)
    if (owners.has(label.key) && !label.attributes.some(({ key }) => key === definition.key))
      label.attributes.push(definition);
}

/** Names of labels from visual.conf's section of them: `Person | Person | Per`. */
export function readVisualConf(text: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const { text: line } of sectionsOf(text).get("labels") ?? []) {
    const [type, name] = line.split("|").map((part) => part.trim());
    if (type && name) names.set(unescapeName(type), name);
  }
  return names;
}

/** Macros are put in place; comments and empty lines are gone. */
function sectionsOf(text: string): Map<string, Entry[]> {
  const sections = new Map<string, Entry[]>();
  const macros = new Map<string, string>();
  let entries: Entry[] = [];
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#") || /^-+$/.test(trimmed)) continue;
    const section = /^\[(\w+)\]$/.exec(trimmed)?.[1];
    const macro = /^<([^>]+)>=\s*(.*)$/.exec(trimmed);
    if (section !== undefined) {
      entries = sections.get(section) ?? [];
      sections.set(section, entries);
    } else if (macro) macros.set(`<${macro[1]}>`, macro[2] ?? "");
    else {
      const expanded = trimmed.replace(/<[^>]+>/g, (name) => macros.get(name) ?? name);
      entries.push({ depth: /^\t*/.exec(line)?.[0].length ?? 0, text: expanded });
    }
  }
  return sections;
}

function splitType(line: string): [type: string, rest: string] {
  const space = line.search(/\s/);
  return space === -1 ? [line, ""] : [line.slice(0, space), line.slice(space).trim()];
}

/** `Role?:A|B, Other{2}:C` without what says how often. */
function rolesOf(text: string): [role: string, types: string][] {
  return text.split(",").flatMap((part): [string, string][] => {
    const colon = part.indexOf(":");
    if (colon === -1) return [];
    const role = part
      .slice(0, colon)
      .trim()
      .replace(/(?:[?*+]|\{[^}]*\})$/, "");
    return [[role, part.slice(colon + 1).trim()]];
  });
}

/** Keys that stand for anything are none: an empty list of ends allows all. */
function keysOf(types: string, classes: ReadonlyMap<string, string[]>, all: readonly string[]): string[] {
  const keys = types.split("|").flatMap((type) => classes.get(type.trim()) ?? [unescapeName(type.trim())]);
  const known = new Set(all);
  const found = [...new Set(keys)].filter((key) => known.has(key));
  return found;
}

/** A codebook as annotation.conf; hierarchy by tabs. */
export function annotationConf({ labels, relationTypes }: CorpusHeader): string {
  const lines = ["[entities]"];
  const write = (parent: string | null, depth: number) => {
    for (const label of labels) {
      if (label.parent !== parent || depth > labels.length) continue;
      lines.push(`${"\t".repeat(depth)}${escapeName(label.key)}`);
      write(label.key, depth + 1);
    }
  };
  write(null, 0);
  const ends = (keys: readonly string[]) => (keys.length === 0 ? "<ANY>" : keys.map(escapeName).join("|"));
  lines.push("", "[relations]");
  for (const { key, sourceLabels, targetLabels } of relationTypes)
    lines.push(`${escapeName(key)} Arg1:${ends(sourceLabels)}, Arg2:${ends(targetLabels)}`);
  lines.push("", "[events]", "", "[attributes]");
  for (const [key, { owners, choices }] of attributesOf(labels)) {
    const values = choices.length === 0 ? "" : `, Value:${choices.join("|")}`;
    lines.push(`${escapeName(key)} Arg:${owners.map(escapeName).join("|")}${values}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Only what brat can offer: flags, and choices of one word. */
function attributesOf(labels: readonly CorpusLabel[]): Map<string, { owners: string[]; choices: string[] }> {
  const found = new Map<string, { owners: string[]; choices: string[] }>();
  for (const label of labels)
    for (const { key, kind, choices } of label.attributes) {
      const words = choices.filter((choice) => /^[^\s|,:]+$/u.test(choice));
      if (kind !== "BOOLEAN" && (kind !== "CHOICE" || words.length === 0)) continue;
      const known = found.get(key) ?? { owners: [], choices: [] };
      known.owners.push(label.key);
      known.choices = [...new Set([...known.choices, ...words])];
      found.set(key, known);
    }
  return found;
}

/** Names of labels and relation types as visual.conf. */
export function visualConf({ labels, relationTypes }: CorpusHeader): string {
  const names = [...labels, ...relationTypes].map(
    ({ key, name }) => `${escapeName(key)} | ${name.replace(/[|\r\n]/g, " ")}`,
  );
  return `${["[labels]", ...names, "", "[drawing]"].join("\n")}\n`;
}
