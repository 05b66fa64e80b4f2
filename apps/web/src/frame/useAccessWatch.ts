// Looks again whether rights have changed under an open page: when the person comes back to it, and after a refused
// change. What happens meanwhile is told by the project's changes.
import { useRefusals } from "../apollo/refusals.ts";
import { useOnReturn } from "./useOnReturn.ts";

export function useAccessWatch(look: () => void): void {
  useOnReturn(look);
  useRefusals(look);
}
