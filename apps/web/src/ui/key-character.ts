// The character a key stands for, also with a layout that writes no Latin letters: there the physical key counts.

/** Small letters and digits of the Latin keys, and the slash; null for keys that write none of them. */
export function characterOf({ key, code }: Pick<KeyboardEvent, "key" | "code">): string | null {
  if (key.length === 1 && key >= "!" && key <= "~") return key.toLowerCase();
  if (key.length === 1 && code === "Slash") return "/";
  const physical = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  return (key.length <= 2 && (physical?.[1] ?? physical?.[2])?.toLowerCase()) || null;
}
