// What a benchmark is doing now, for whoever waits: a line for each step, with its number.

/** @param total how many steps there will be */
export function startProgress(total: number): (step: string) => void {
  const begun = performance.now();
  let number = 0;
  return (step) => {
    number++;
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
    process.stdout.write(`[${number} of ${total}, ${seconds} s] ${step}\n`);
  };
}
