// The guess at a text's language.
import { expect, test } from "vitest";
import { guessLanguage } from "./guess-language.ts";

test.each([
  ["en", "The survey said on Tuesday that the river was higher than in any year since the war."],
  ["de", "Das Amt hat die Zahlen nicht veröffentlicht, und der Minister ist mit den Gemeinden im Gespräch."],
  ["fr", "Les maires et la commission des eaux ont signé une lettre dans la nuit, et pour la première fois."],
  ["ru", "Министр сообщил, что переговоры продолжатся в пятницу."],
  ["kk", "Қазақстан үкіметі жаңа бағдарламаны бекітті."],
  ["ar", "محضر الاجتماع الأول حول نهر سارن"],
  ["ja", "首相は水曜日に会議を開くと述べた。"],
  ["zh", "总理星期三表示将召开会议。"],
])("%s", (language, text) => {
  expect(guessLanguage(text)).toBe(language);
});

test.each(["", "12345 — 67", "Lorem"])("says nothing about %j", (text) => {
  expect(guessLanguage(text)).toBeNull();
});
