// The web client's build and its development server, which passes what belongs to the API on to a server on port 4000.
import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";

const api = "http://127.0.0.1:4000";

/** GraphiQL's style sheet carries its fonts as data: addresses, which the Content-Security-Policy refuses. Ours do. */
const withoutInlinedFonts: Plugin = {
  name: "without-inlined-fonts",
  enforce: "pre",
  transform: {
    filter: { id: /[\\/]graphiql[\\/]dist[\\/]style\.css$/ },
    handler: (code) => code.replace(/@font-face\s*\{[^}]*\}/g, ""),
  },
};

export default defineConfig({
  plugins: [react(), withoutInlinedFonts],
  resolve: { conditions: ["source", ...defaultClientConditions] },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/graphql": { target: api, ws: true },
      "/api": api,
      "/jobs": api,
      "/formats": api,
      // The same path without `format` is the page that offers the export.
      "^/projects/[^/]+/(export|import)\\?": api,
    },
  },
  build: {
    sourcemap: true,
    // Fonts and images stay files: the Content-Security-Policy knows no data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // GraphiQL is a page of its own.
      input: ["index.html", "graphiql.html"],
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/ },
            // Whole: parted by entry, classes of rxjs stood in chunks that wait for each other.
            {
              name: "apollo",
              test: /node_modules[\\/](@apollo|rxjs|tslib|@wry|optimism|zen-observable)[\\/]/,
            },
            {
              name: "graphql",
              // GraphiQL needs much more of graphql than the client, which must not carry it.
              entriesAware: true,
              entriesAwareMergeThreshold: 50_000,
              test: /node_modules[\\/](graphql|graphql-ws)[\\/]/,
            },
          ],
        },
      },
    },
  },
});
