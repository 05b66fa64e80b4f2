// GraphiQL for signed-in people at /graphql: a page of its own, so that the client itself carries none of it.
import "graphiql/style.css";
import "../theme/fonts.css";
import "../theme/tokens.css";
import "./graphiql.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { setNonce } from "get-nonce";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-ws";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { FIRST_QUERY } from "./first-query.ts";
import { forgetEmptyEditor } from "./remembered.ts";

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
// For the style that keeps the page from scrolling behind a dialog.
if (nonce !== undefined) setNonce(nonce);
const root = document.getElementById("root");
if (!root) throw new Error("graphiql.html has no #root");

// The session's cookie goes with both by itself.
const fetcher = createGraphiQLFetcher({
  url: "/graphql",
  wsClient: createClient({ url: `${location.origin.replace(/^http/, "ws")}/graphql` }),
});

// As color-scheme.js has read it: what a person chose for Concord holds here too.
const isDark = document.documentElement.dataset.mantineColorScheme === "dark";

forgetEmptyEditor(localStorage);
createRoot(root).render(
  <StrictMode>
    <GraphiQL fetcher={fetcher} defaultQuery={FIRST_QUERY} forcedTheme={isDark ? "dark" : "light"} />
  </StrictMode>,
);
