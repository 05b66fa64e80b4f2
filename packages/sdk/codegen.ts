// Types and texts of the operations in src/operations, from the schema that the server emits. The texts are strings, so
// that nothing of graphql is needed at run time.
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../apps/server/schema.graphql",
  documents: ["src/operations/*.graphql"],
  generates: {
    "./src/generated/operations.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        documentMode: "string",
        documentVariableSuffix: "",
        dedupeFragments: true,
        useTypeImports: true,
        importExtension: ".ts",
        enumType: "string-literal",
        strictScalars: true,
        scalars: { ID: "string", DateTime: "string", JSONObject: "Record<string, unknown>" },
      },
    },
  },
};

export default config;
