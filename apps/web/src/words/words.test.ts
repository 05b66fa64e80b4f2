// Every word of the catalogue is used; that every word that is used is in it, the types see to.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Trans } from "react-i18next";
import { expect, it } from "vitest";
import { catalogue } from "./catalogue.ts";
import { t } from "./words.ts";

const SOURCES = fileURLToPath(new URL("..", import.meta.url));
const PLURALS = /_(zero|one|two|few|many|other)$/;

type Words = { readonly [name: string]: string | Words };

function keysOf(words: Words, before: string): string[] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === "string" ? [before + name.replace(PLURALS, "")] : keysOf(value, `${before}${name}.`),
  );
}

it("has no words that nobody says", () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
  const source = files
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(join(SOURCES, file), "utf8"))
    .join("\n");
  const keys = Object.entries(catalogue.en).flatMap(([part, words]) =>
    keysOf(words, part === "common" ? "" : `${part}:`),
  );
  expect(keys.filter((key) => !source.includes(`"${key}"`))).toEqual([]);
});

it("says the words of a key", () => {
  expect(t("scheme.light")).toBe("Light");
  expect(t("account:appearance.title")).toBe("Appearance");
});

it("writes numbers and lists as the language does", () => {
  expect(t("count.documents", { count: 1 })).toBe("1 document");
  expect(t("count.documents", { count: 1204 })).toBe("1,204 documents");
  expect(t("contents", { counts: ["3 documents", "41 annotations"] })).toBe("3 documents, 41 annotations");
  expect(t("settings:delete.words", { contents: ["3 documents", "41 annotations"] })).toContain(
    "with 3 documents and 41 annotations.",
  );
});

it("takes what people have written as it is, between words and elements too", () => {
  const name = "<b>Mira</b> & {{count}} $t(saved)";
  expect(t("account:tokens.revokeNamed", { name })).toBe(`Revoke ${name}`);
  const title = createElement(Trans, {
    t,
    i18nKey: "team:reset.title",
    components: { name: createElement("bdi", null, name) },
  });
  expect(renderToStaticMarkup(title)).toBe(
    "New password for <bdi>&lt;b&gt;Mira&lt;/b&gt; &amp; {{count}} $t(saved)</bdi>",
  );
});
