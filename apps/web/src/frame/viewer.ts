// Who is signed in, for everything below `RequireViewer`.
import { createContext, useContext } from "react";
import type { ViewerQuery } from "../gql/graphql.ts";
import { graphql } from "../gql/index.ts";

export const ViewerDocument = graphql(`
  query Viewer {
    viewer {
      id
      name
      email
      createsProjects
      hasPassword
      isFirstOwner
    }
  }
`);

export type Viewer = NonNullable<ViewerQuery["viewer"]>;

export const ViewerContext = createContext<Viewer | null>(null);

export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("useViewer needs RequireViewer above it");
  return viewer;
}
