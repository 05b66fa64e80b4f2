// What a test leaves open, ended after it whatever its result; the hook is in after-each.ts.

const disposals: (() => Promise<void>)[] = [];

/** Disposes what a test left open, last first. */
export async function disposeLater(dispose: () => Promise<void> | void): Promise<void> {
  disposals.push(async () => dispose());
}

/** Disposes all that was handed over so far. */
export async function disposeNow(): Promise<void> {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
}
