// Figures as the benchmarks print them.

/** The value that a share of them is below; `sorted` ascends. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

/** Least, median and most. */
export function spread(numbers: readonly number[], digits: number): string {
  const sorted = ascending(numbers);
  return [sorted[0], quantile(sorted, 0.5), sorted.at(-1)]
    .map((it) => (it ?? Number.NaN).toFixed(digits))
    .join(" / ");
}

/** p50, p95 and p99. */
export function quantiles(times: readonly number[]): string {
  const sorted = ascending(times);
  return [0.5, 0.95, 0.99].map((share) => quantile(sorted, share).toFixed(1)).join(" / ");
}

/** Rows under a head, in columns as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("   ")
      .trimEnd();
  return `${[head, ...rows].map(line).join("\n")}\n`;
}
