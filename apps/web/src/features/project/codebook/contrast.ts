// The contrast of two colours as WCAG defines it. Pure.

function channelsOf(hex: string): readonly number[] {
  const written = hex.trim().replace("#", "");
  // A bundler writes #ffffff as #fff.
  const digits = written.length === 3 ? [...written].map((digit) => digit + digit).join("") : written;
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(hex).map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 to 21, of colours written as #rrggbb or #rgb. */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}
