// Numbers with their noun: "1 document", "1,204 documents".
const numbers = new Intl.NumberFormat("en-GB");

export const formatNumber = (value: number): string => numbers.format(value);

export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}

const BYTE_UNITS = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** "812 bytes", "1.4 MB"; steps of 1,000. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? formatNumber(Math.round(value)) : value.toFixed(1)} ${BYTE_UNITS[power]}`;
}
