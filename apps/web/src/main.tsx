// Mounts the application.
import "@mantine/core/styles.layer.css";
import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { ApolloProvider } from "@apollo/client/react";
import { mendJsonParse } from "@concord/core";
import { MantineProvider } from "@mantine/core";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { createApollo } from "./apollo/client.ts";
import { ApolloPartsContext } from "./frame/apollo-context.ts";
import { createAppRouter } from "./router.tsx";
import { cssVariablesResolver, theme } from "./theme/theme.ts";

mendJsonParse();

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
// For the style that keeps the page from scrolling behind a dialog, which Mantine leaves to another library.
if (nonce !== undefined) setNonce(nonce);
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

const apollo = createApollo();
const router = createAppRouter();

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      {...(nonce !== undefined && { getStyleNonce: () => nonce })}
    >
      <ApolloPartsContext value={apollo}>
        <ApolloProvider client={apollo.client}>
          <RouterProvider router={router} />
        </ApolloProvider>
      </ApolloPartsContext>
    </MantineProvider>
  </StrictMode>,
);
