// Numbers as they are written, and sizes. Numbers with their noun are in the catalogue.
import { LOCALE, t } from "../words/words.ts";

const numbers = new Intl.NumberFormat(LOCALE);
const tenths = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const formatNumber = (value: number): string => numbers.format(value);

const UNITS = ["ui:size.kilobytes", "ui:size.megabytes", "ui:size.gigabytes", "ui:size.terabytes"] as const;

/** "812 bytes", "1.4 MB"; steps of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return t("ui:size.bytes", { count: bytes });
  const power = Math.max(1, Math.min(UNITS.length, Math.floor(Math.log10(bytes) / 3)));
  const value = bytes / 1000 ** power;
  const unit = UNITS[power - 1] ?? UNITS[0];
  return t(unit, { value: value >= 100 ? formatNumber(Math.round(value)) : tenths.format(value) });
}
