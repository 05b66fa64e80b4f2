// What this page has put into the address comes back from there a little later, when the page may have gone on already.
// Tells such echoes from what the address says by itself: a link, back, forward.

export interface AddressEcho {
  /** This is put into the address now. */
  wrote(value: string | null): void;
  /** Whether the address says something that was not put there from here. */
  isNews(value: string | null): boolean;
}

/** `initial` is what the address says at first. */
export function createAddressEcho(initial: string | null): AddressEcho {
  let known = initial;
  /** Oldest first; the address may pass over some. */
  let waiting: (string | null)[] = [];
  return {
    wrote: (value) => void waiting.push(value),
    isNews(value) {
      const at = waiting.indexOf(value);
      const isNews = at === -1 && value !== known;
      known = value;
      waiting = at === -1 ? (isNews ? [] : waiting) : waiting.slice(at + 1);
      return isNews;
    },
  };
}
