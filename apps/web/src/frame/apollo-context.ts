// Apollo's parts that are more than its client: what to do when the person at the screen changes.
import { createContext, useContext } from "react";
import type { Apollo } from "../apollo/client.ts";

export const ApolloPartsContext = createContext<Apollo | null>(null);

export function useApollo(): Apollo {
  const apollo = useContext(ApolloPartsContext);
  if (!apollo) throw new Error("useApollo needs ApolloPartsContext above it");
  return apollo;
}
