// Which names fit what was typed, the likeliest first: those that begin with it, then those with words that do, then the
// rest that have it anywhere. Case and accents don't count. Pure.

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Null when a word of what was typed is not in the name; else the lower, the better. */
function rankOf(name: string, typed: string, words: readonly string[]): number | null {
  if (!words.every((word) => name.includes(word))) return null;
  if (name.startsWith(typed)) return 0;
  const starts = name.split(/[^\p{L}\p{N}]+/u);
  return words.every((word) => starts.some((start) => start.startsWith(word))) ? 1 : 2;
}

/** In the order given among equals; all of them when nothing was typed. */
export function rankMatches<Item extends { readonly name: string }>(
  items: readonly Item[],
  typed: string,
): Item[] {
  const wanted = fold(typed.trim());
  const words = wanted.split(/\s+/u);
  return items
    .flatMap((item) => {
      const rank = rankOf(fold(item.name), wanted, words);
      return rank === null ? [] : [{ item, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
