// Types for the operations and fragments written in src, from the schema that the server emits.
// Fragments are not masked: a component takes exactly its fragment's type, and structural typing does the rest.
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../server/schema.graphql",
  documents: ["src/**/*.{ts,tsx}", "!src/gql/**"],
  ignoreNoDocuments: true,
  generates: {
    "./src/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
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
