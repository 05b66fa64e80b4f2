// The web client's build and its development server, which passes what belongs to the API on to a server on port 4000.
import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";

const api = "http://127.0.0.1:4000";

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ["source", ...defaultClientConditions] },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/graphql": { target: api, ws: true },
      "/api": api,
      "/jobs": api,
      // The same path without `format` is the page that offers the export.
      "^/projects/[^/]+/(export|import)\\?": api,
    },
  },
  build: {
    sourcemap: true,
    // Fonts and images stay files: the Content-Security-Policy knows no data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/ },
            {
              name: "apollo",
              test: /node_modules[\\/](@apollo|graphql|graphql-ws|rxjs|@wry|optimism|zen-observable)[\\/]/,
            },
          ],
        },
      },
    },
  },
});
