// What a browser calls itself, in plain words. Browsers claim to be each other, so the order counts: the most special
// first.
import { t } from "../../words/words.ts";

const BROWSERS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Vivaldi\//, "Vivaldi"],
  [/YaBrowser\//, "Yandex Browser"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\/|Chromium\//, "Chrome"],
  [/Version\/.*Safari\//, "Safari"],
];

const SYSTEMS = [
  [/iPhone/, "account:browser.onIphone"],
  [/iPad/, "account:browser.onIpad"],
  [/Android/, "account:browser.onAndroid"],
  [/CrOS/, "account:browser.onChromeOs"],
  [/Windows/, "account:browser.onWindows"],
  [/Mac OS X|Macintosh/, "account:browser.onMac"],
  [/Linux|X11/, "account:browser.onLinux"],
] as const;

/** "Firefox on Linux"; "A browser on Windows"; "Unknown program". */
export function browserWords(userAgent: string): string {
  const browser = BROWSERS.find(([mark]) => mark.test(userAgent))?.[1];
  const onSystem = SYSTEMS.find(([mark]) => mark.test(userAgent))?.[1];
  if (onSystem === undefined) return browser ?? t("account:browser.unknown");
  return t(onSystem, { browser: browser ?? t("account:browser.some") });
}
