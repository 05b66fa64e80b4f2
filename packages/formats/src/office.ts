/** What Word and Excel files have in common: a zip of XML, looked through for bombs before a parser gets it. */
import { unzip, type ZipLimits } from "./bundle/unzip.ts";
import { readBytes } from "./decode.ts";
import type { Sample } from "./format.ts";
import { timeOrNull } from "./json-value.ts";
import { splitPath } from "./path.ts";
import { NOWHERE, Unreadable } from "./problem.ts";

const LIMITS: ZipLimits = { files: 10_000, bytes: 512 * 1024 * 1024, ratio: 200, ratioFrom: 8 * 1024 * 1024 };
const MAX_BYTES = 128 * 1024 * 1024;
/** Of one part of XML; a parser makes a tree many times as large of it. */
const MAX_XML = 128 * 1024 * 1024;

/** Whether a zip is such a file, by its name or by the folder that its parts are in. */
export function isOffice({ path, bytes }: Sample, extension: string, folder: string): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  if (splitPath(path)[1] === extension) return true;
  const names = new TextDecoder("windows-1252").decode(bytes);
  return names.includes("[Content_Types].xml") && names.includes(folder);
}

/** The file and what it says of itself. */
export interface Office {
  bytes: Uint8Array<ArrayBuffer>;
  title: string;
  language: string | null;
  created: string | null;
  /** Names of a workbook's sheets, in their order. */
  sheets: string[];
}

/** @throws Unreadable for what is too large, damaged, or declares entities */
export async function readOffice(file: AsyncIterable<Uint8Array>): Promise<Office> {
  const bytes = new Uint8Array(await readBytes(file, MAX_BYTES));
  let core = "";
  let workbook = "";
  for await (const part of unzip(once(bytes), LIMITS)) {
    if (!/\.(?:xml|rels)$/i.test(part.path)) continue;
    const xml = new TextDecoder().decode(await readBytes(part.bytes, MAX_XML));
    // No such file has one, and it is what entities that multiply are declared in.
    if (/<!DOCTYPE|<!ENTITY/i.test(xml))
      throw new Unreadable(NOWHERE, `${part.path} declares entities of its own, which is refused.`);
    if (part.path === "docProps/core.xml") core = xml;
    if (part.path === "xl/workbook.xml") workbook = xml;
  }
  const said = (tag: string) =>
    unescapeXml(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`).exec(core)?.[1]?.trim() ?? "");
  return {
    bytes,
    title: said("dc:title"),
    language: said("dc:language") || null,
    created: timeOrNull(said("dcterms:created")),
    sheets: Array.from(workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"/g), ([, name = ""]) =>
      unescapeXml(name),
    ),
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(\w+);/g, (all: string, name: string) => ENTITIES[name] ?? all);
}
