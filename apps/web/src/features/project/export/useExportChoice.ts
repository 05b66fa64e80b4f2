// What is chosen for an export, kept here and in the address. Fields follow at once; the address follows in a moment, as
// the router's transitions do, and a field that waited for it would take back what was typed.
import { useState } from "react";
import { useLocation, useSearchParams } from "react-router";
import { choiceFromAddress, choiceToAddress, type ExportChoice } from "./export-choice.ts";

/** Marks an address as written here, not come to by a link. */
const WRITTEN_HERE = "export choice";

export function useExportChoice(): [ExportChoice, (choice: ExportChoice) => void] {
  const { key, state } = useLocation();
  const [parameters, setParameters] = useSearchParams();
  const [choice, setChoice] = useState(() => choiceFromAddress(parameters));
  const [seen, setSeen] = useState(key);
  if (key !== seen) {
    setSeen(key);
    if (state !== WRITTEN_HERE) setChoice(choiceFromAddress(parameters));
  }
  const change = (next: ExportChoice) => {
    setChoice(next);
    setParameters(choiceToAddress(next), { replace: true, preventScrollReset: true, state: WRITTEN_HERE });
  };
  return [choice, change];
}
