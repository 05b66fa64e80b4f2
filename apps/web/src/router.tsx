// Every address of the client. A screen is loaded when it is first opened.
import { createBrowserRouter, Navigate, redirectDocument } from "react-router";
import { BlankPage } from "./frame/BlankPage.tsx";
import { NotFoundPage } from "./frame/NotFoundPage.tsx";
import { RequireViewer } from "./frame/RequireViewer.tsx";
import { RootLayout } from "./frame/RootLayout.tsx";
import { RouteError } from "./frame/RouteError.tsx";

function ToDownload() {
  return <Navigate to="../download" replace />;
}

export function createAppRouter() {
  return createBrowserRouter([
    {
      Component: RootLayout,
      ErrorBoundary: RouteError,
      HydrateFallback: BlankPage,
      children: [
        {
          Component: RequireViewer,
          ErrorBoundary: RouteError,
          children: [
            {
              ErrorBoundary: RouteError,
              lazy: async () => ({
                Component: (await import("./features/annotate/OutboxGate.tsx")).OutboxGate,
              }),
              children: [
                {
                  index: true,
                  ErrorBoundary: RouteError,
                  lazy: async () => ({
                    Component: (await import("./features/projects/ProjectsPage.tsx")).ProjectsPage,
                  }),
                },
                {
                  path: "projects/:projectId",
                  ErrorBoundary: RouteError,
                  lazy: async () => ({
                    Component: (await import("./features/project/ProjectPage.tsx")).ProjectPage,
                  }),
                  children: [
                    {
                      index: true,
                      lazy: async () => ({
                        Component: (await import("./features/project/documents/DocumentsTab.tsx"))
                          .DocumentsTab,
                      }),
                    },
                    {
                      path: "codebook",
                      lazy: async () => ({
                        Component: (await import("./features/project/codebook/CodebookTab.tsx")).CodebookTab,
                      }),
                    },
                    {
                      path: "guidelines",
                      lazy: async () => ({
                        Component: (await import("./features/project/guidelines/GuidelinesTab.tsx"))
                          .GuidelinesTab,
                      }),
                    },
                    {
                      path: "team",
                      lazy: async () => ({
                        Component: (await import("./features/project/team/TeamTab.tsx")).TeamTab,
                      }),
                    },
                    {
                      path: "activity",
                      lazy: async () => ({
                        Component: (await import("./features/project/activity/ActivityTab.tsx")).ActivityTab,
                      }),
                    },
                    // `/projects/{id}/export` is the file itself; a link to it from within leads to the page that offers it.
                    { path: "export", Component: ToDownload },
                    {
                      path: "download",
                      lazy: async () => ({
                        Component: (await import("./features/project/export/ExportTab.tsx")).ExportTab,
                      }),
                    },
                    {
                      path: "settings",
                      lazy: async () => ({
                        Component: (await import("./features/project/settings/SettingsTab.tsx")).SettingsTab,
                      }),
                    },
                  ],
                },
                {
                  path: "account",
                  ErrorBoundary: RouteError,
                  lazy: async () => ({
                    Component: (await import("./features/account/AccountPage.tsx")).AccountPage,
                  }),
                },
                {
                  path: "documents/:documentId",
                  ErrorBoundary: RouteError,
                  lazy: async () => ({
                    Component: (await import("./features/annotate/AnnotatePage.tsx")).AnnotatePage,
                  }),
                },
              ],
            },
          ],
        },
        {
          path: "start",
          lazy: async () => ({ Component: (await import("./features/start/StartPage.tsx")).StartPage }),
        },
        {
          path: "sign-in",
          lazy: async () => ({ Component: (await import("./features/start/SignInPage.tsx")).SignInPage }),
        },
        {
          path: "join",
          lazy: async () => ({ Component: (await import("./features/start/JoinPage.tsx")).JoinPage }),
        },
        // GraphiQL is a page of its own: who signed in for it is sent there by a load.
        { path: "graphql", loader: () => redirectDocument("/graphql") },
        {
          path: "reset",
          lazy: async () => ({ Component: (await import("./features/start/ResetPage.tsx")).ResetPage }),
        },
        { path: "*", Component: NotFoundPage },
      ],
    },
  ]);
}
