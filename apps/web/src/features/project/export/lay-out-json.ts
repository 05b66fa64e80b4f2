// JSON in one long line made readable, also where it is cut off: a break before each member of the upper levels.
const LEVELS = 4;

export function layOutJson(json: string): string {
  let depth = 0;
  let isString = false;
  let out = "";
  for (let index = 0; index < json.length; index++) {
    const sign = json[index] ?? "";
    if (isString) {
      out += sign;
      if (sign === "\\") out += json[++index] ?? "";
      else if (sign === '"') isString = false;
      continue;
    }
    if (sign === '"') isString = true;
    const opens = sign === "{" || sign === "[";
    const closes = sign === "}" || sign === "]";
    if (closes) depth--;
    const isEmptyPair = closes && /[[{]$/.test(out);
    if (closes && !isEmptyPair && depth < LEVELS) out += `\n${"  ".repeat(depth)}`;
    out += sign;
    if (opens) depth++;
    const next = json[index + 1];
    if (opens && depth <= LEVELS && next !== "}" && next !== "]") out += `\n${"  ".repeat(depth)}`;
    if (sign === "," && depth <= LEVELS) out += `\n${"  ".repeat(depth)}`;
    else if (sign === ":" || sign === ",") out += " ";
  }
  return out;
}
