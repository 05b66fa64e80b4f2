// The emitted schema keeps what the contract promises, and says what everything in it means.
import { readFile } from "node:fs/promises";
import { createSchema } from "@concord/server/schema";
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import { describe, expect, it } from "vitest";

const read = async (path: string): Promise<GraphQLSchema> =>
  buildSchema(await readFile(new URL(path, import.meta.url), "utf8"));

const contract = await read("../contract/schema.graphql");
const emitted = await read("../../apps/server/schema.graphql");
const built = createSchema();

const ownTypes = (schema: GraphQLSchema): GraphQLNamedType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );

/** Every field and argument with what is said of its type and default, by its path. */
function parts(
  schema: GraphQLSchema,
): Map<string, { type: string; defaultValue: unknown; description: string | null | undefined }> {
  const found = new Map<
    string,
    { type: string; defaultValue: unknown; description: string | null | undefined }
  >();
  const addArgument = (path: string, { name, type, defaultValue, description }: GraphQLArgument) =>
    found.set(`${path}(${name})`, { type: String(type), defaultValue, description });
  for (const type of ownTypes(schema)) {
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        const path = `${type.name}.${field.name}`;
        found.set(path, {
          type: String(field.type),
          defaultValue: undefined,
          description: field.description,
        });
        for (const argument of field.args) addArgument(path, argument);
      }
    } else if (isInputObjectType(type)) {
      for (const { name, type: fieldType, defaultValue, description } of Object.values(type.getFields())) {
        found.set(`${type.name}.${name}`, { type: String(fieldType), defaultValue, description });
      }
    } else if (isEnumType(type)) {
      for (const { name, description } of type.getValues()) {
        found.set(`${type.name}.${name}`, { type: type.name, defaultValue: undefined, description });
      }
    }
  }
  return found;
}

describe("the schema", () => {
  it("is committed as it is built", () => {
    expect(printSchema(lexicographicSortSchema(emitted))).toBe(printSchema(lexicographicSortSchema(built)));
  });

  it.each([
    ["committed", emitted],
    ["built", built],
  ])("as %s breaks nothing of the contract", (_name, schema) => {
    expect(findBreakingChanges(contract, schema)).toEqual([]);
  });

  it("has the contract's types, nullability and defaults", () => {
    const promised = parts(contract);
    const kept = parts(built);
    for (const [path, { type, defaultValue }] of promised) {
      expect({ path, type: kept.get(path)?.type, defaultValue: kept.get(path)?.defaultValue }).toEqual({
        path,
        type,
        defaultValue,
      });
    }
    expect(promised.size).toBeGreaterThan(250);
  });

  it("lets what it adds to an input be left out", () => {
    const promised = new Set(parts(contract).keys());
    const contractTypes = new Set(ownTypes(contract).map(({ name }) => name));
    const added = [...parts(built)].filter(([path]) => {
      const owner = built.getType(path.split(/[.(]/)[0] ?? "");
      return contractTypes.has(owner?.name ?? "") && isInputObjectType(owner) && !promised.has(path);
    });
    for (const [path, { type }] of added) expect(`${path}: ${type}`).not.toMatch(/!$/);
  });

  it("implements DocumentChange with every kind of change, all in the contract", () => {
    const named = (schema: GraphQLSchema) => {
      const type = schema.getType("DocumentChange");
      return isInterfaceType(type)
        ? schema
            .getPossibleTypes(type)
            .map(({ name }) => name)
            .sort()
        : [];
    };
    expect(named(built)).toEqual(named(contract));
  });

  it("describes every type, field, argument and enum value", () => {
    const silentTypes = ownTypes(built).filter(({ description }) => !description?.trim());
    const silentParts = [...parts(built)].filter(([, { description }]) => !description?.trim());
    expect(silentTypes.map((type) => getNamedType(type).name)).toEqual([]);
    expect(silentParts.map(([path]) => path)).toEqual([]);
  });
});
