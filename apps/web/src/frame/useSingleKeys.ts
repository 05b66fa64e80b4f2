// Whether keys that write one character are commands. Who dictates, or hits keys by accident, switches them off on this
// device (WCAG 2.1.4).
import { useLocalStorage } from "@mantine/hooks";

export function useSingleKeys(): [areOn: boolean, setAreOn: (areOn: boolean) => void] {
  const [areOn, setAreOn] = useLocalStorage({
    key: "concord:single-keys",
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return [areOn, setAreOn];
}
