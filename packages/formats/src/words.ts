/** A codebook gathered from files that declare one, in part or not at all: what documents name is added. */
import { type AttributeDefinition, type AttributeKind, LABEL_COLORS } from "@concord/core";
import type { CorpusHeader, CorpusLabel, CorpusRelationType, CorpusUser } from "./corpus.ts";
import type { FoundWords } from "./format.ts";
import { NOWHERE, Unreadable } from "./problem.ts";

/** Labels and relation types in one import; more are no codebook but a column that was taken for one. */
const MAX_WORDS = 10_000;

/** What documents name. */
export interface Named {
  annotations: readonly { label: string; attributes: Readonly<Record<string, boolean | number | string>> }[];
  relations: readonly { type: string }[];
}

/** A label that nothing is said of but its key. @example plainLabel("claim", 0).color // "INDIGO" */
export function plainLabel(key: string, index: number): CorpusLabel {
  const color = LABEL_COLORS[index % LABEL_COLORS.length] ?? "STONE";
  return {
    id: null,
    key,
    name: key,
    color,
    shortcut: null,
    description: "",
    parent: null,
    archivedAt: null,
    attributes: [],
  };
}

/** A relation type that may lead from anything to anything. */
export function plainRelationType(key: string): CorpusRelationType {
  return { id: null, key, name: key, sourceLabels: [], targetLabels: [] };
}

/** Gathers words, first come first served. */
export class Words {
  #name = "";
  #description = "";
  #guidelines = "";
  readonly #labels = new Map<string, CorpusLabel>();
  readonly #relationTypes = new Map<string, CorpusRelationType>();
  readonly #users = new Map<string, CorpusUser>();
  /** Keys of labels that a file declares; those that are only named make room for them. */
  readonly #declared = new Set<string>();
  readonly #names = new Map<string, string>();
  readonly #kinds = new Map<string, Map<string, AttributeKind>>();

  declare(words: FoundWords): void {
    for (const [key, name] of words.names ?? []) this.#names.set(key, name);
    this.#name ||= words.name ?? "";
    this.#description ||= words.description ?? "";
    this.#guidelines ||= words.guidelines ?? "";
    for (const label of words.labels ?? []) {
      if (!this.#declared.has(label.key)) this.#labels.set(label.key, label);
      this.#declared.add(label.key);
    }
    for (const type of words.relationTypes ?? [])
      if (!this.#relationTypes.has(type.key)) this.#relationTypes.set(type.key, type);
    for (const user of words.users ?? []) if (!this.#users.has(user.id)) this.#users.set(user.id, user);
    this.#bound();
  }

  /** @throws Unreadable for more words than any codebook has */
  observe({ annotations, relations }: Named): void {
    for (const { label, attributes } of annotations) {
      if (!this.#labels.has(label)) this.#labels.set(label, plainLabel(label, this.#labels.size));
      for (const key in attributes) this.#observeAttribute(label, key, attributes[key] ?? "");
    }
    for (const { type } of relations)
      if (!this.#relationTypes.has(type)) this.#relationTypes.set(type, plainRelationType(type));
    this.#bound();
  }

  /** All that was gathered; a project without a name gets the given one. */
  header(name: string): CorpusHeader {
    return {
      name: this.#name || name,
      description: this.#description,
      guidelines: this.#guidelines,
      labels: [...this.#labels.values()].map((label) => this.#named(this.#withAttributes(label))),
      relationTypes: [...this.#relationTypes.values()].map((type) => this.#named(type)),
      users: [...this.#users.values()],
    };
  }

  #observeAttribute(label: string, key: string, value: boolean | number | string): void {
    let kinds = this.#kinds.get(label);
    if (kinds === undefined) {
      kinds = new Map();
      this.#kinds.set(label, kinds);
    }
    const kind = typeof value === "boolean" ? "BOOLEAN" : typeof value === "number" ? "NUMBER" : "TEXT";
    const before = kinds.get(key);
    if (before !== kind) kinds.set(key, before === undefined ? kind : "TEXT");
  }

  #withAttributes(label: CorpusLabel): CorpusLabel {
    const known = new Set(label.attributes.map(({ key }) => key));
    const added: AttributeDefinition[] = [];
    for (const [key, kind] of this.#kinds.get(label.key) ?? [])
      if (!known.has(key)) added.push({ key, name: key, kind, choices: [], required: false });
    return added.length === 0 ? label : { ...label, attributes: [...label.attributes, ...added] };
  }

  #named<Word extends { key: string; name: string }>(word: Word): Word {
    const name = this.#names.get(word.key);
    return name === undefined || word.name !== word.key ? word : { ...word, name };
  }

  #bound(): void {
    if (this.#labels.size + this.#relationTypes.size > MAX_WORDS)
      throw new Unreadable(
        NOWHERE,
        `The file names more than ${MAX_WORDS} labels and relation types; is the right column read?`,
      );
  }
}
