/**
 * What people posted on the night of the flood: emoji made of several code points, letters beyond U+FFFF and combining
 * marks, which are written as escapes here, since one does not see them.
 */
import type { Report } from "../report.ts";

/** Zoë with a combining diaeresis. */
const ZOE = "Zoe\u0308 Marrin";
/** “soon”, struck through letter by letter. */
const SOON = "s\u0336o\u0336o\u0336n\u0336";

export const POSTS: Report = {
  title: "“Where is the boat?” 🚤 What the delta posted while it waited",
  language: "en",
  metadata: { source: "Delta Post", date: "2026-05-05", place: "Hollin" },
  daysAgo: 6,
  by: "yara",
  text: [
    "HOLLIN — Researchers at the Sarn Archive have put 3,100 public posts from the night of the November flood in order, minute by minute, and say that the first call for help came forty minutes before the first siren, the Delta Post reported on 5 May.",
    `“Water in the yard 🌊🌊 and nobody says anything,” wrote ${ZOE} of Hollin at 21:14. A neighbour who signs as 𝕋𝕒𝕝𝕝𝕠𝕨 𝔾𝕦𝕝𝕝 answered: “Same here 😰 get upstairs, take 👵🏽 first 🙏🏽”.`,
    `At 21:52 the Delta Health Office posted its first message: “Stay calm ✅ Boats will be with you ${SOON} NOW 🚤🚤🚤 #SarnWater”. The head of the archive, Ferran Oll, calls it the most shared sentence of the night, and an untrue one: the boats left at 23:05.`,
    "“𝗡𝗢 𝗕𝗢𝗔𝗧 𝗛𝗘𝗥𝗘. We are five: 👨‍👩‍👧‍👦 + 🐕. Roof of the school, bring light 🔦,” says a post of 22:40 whose account is gone. It was passed on 912 times and, according to Oll, is what the crew of the Heron 🐦 steered by.",
    "“A heart ❤️ is not a receipt,” Oll said. “People tapped 👍🏿 and thought that somebody had been told. We propose one number, 1️⃣1️⃣0️⃣, that turns a post into a call, and a sign that shows whether anybody has read it: ✔️ or ✖️.”",
    `The Guild of Ferry Crews and the Sarn Archive agreed to try out such a number in Hollin this autumn. Marrin, who lost her boat but nobody of her family 👩‍👧, said she would be the first to call it. “Only once,” she wrote. “To say thank you 🫶🏼.”`,
  ].join("\n\n"),
  annotations: [
    { ref: "archive", label: "speaker", quote: "Researchers at the Sarn Archive" },
    {
      ref: "forty-minutes",
      label: "claim",
      quote: "the first call for help came forty minutes before the first siren",
      attributes: { certain: true },
      note: "The water authority gives the same forty minutes, see the Arabic report.",
    },
    {
      ref: "nobody-says",
      label: "claim",
      quote: "Water in the yard 🌊🌊 and nobody says anything",
      attributes: { certain: true },
    },
    { ref: "waves", label: "rumour", quote: "🌊🌊", by: "tobin", note: "A test: can two waves be a claim?" },
    { ref: "marrin", label: "speaker", quote: `${ZOE} of Hollin` },
    { ref: "gull", label: "speaker", quote: "𝕋𝕒𝕝𝕝𝕠𝕨 𝔾𝕦𝕝𝕝", by: "tobin", attributes: { office: "unknown" } },
    {
      ref: "upstairs",
      label: "initiative",
      quote: "get upstairs, take 👵🏽 first 🙏🏽",
      by: "tobin",
      comments: [
        { by: "yara", body: "👵🏽 = “the old people”? Worth a line in the guidelines.", resolved: true },
        { by: "tobin", body: "Added: an emoji counts as the word it stands for 👍🏿" },
      ],
    },
    { ref: "office", label: "speaker", quote: "the Delta Health Office" },
    {
      ref: "boats-now",
      label: "forecast",
      quote: `Boats will be with you ${SOON} NOW 🚤🚤🚤`,
      attributes: { certain: true },
      changedBy: "tobin",
      comments: [
        { by: "tobin", body: `They struck “soon” out themselves. Is the forecast “${SOON}” or “NOW”?` },
        { by: "yara", body: "Both, I think: one sees the change of mind. I keep the whole." },
      ],
    },
    { ref: "calm", label: "initiative", quote: "Stay calm ✅", by: "tobin" },
    {
      ref: "oll",
      label: "speaker",
      quote: "The head of the archive, Ferran Oll",
      attributes: { office: "Head of the Sarn Archive" },
    },
    {
      ref: "untrue",
      label: "claim",
      quote: ["the most shared sentence of the night", "an untrue one: the boats left at 23:05"],
      attributes: { stance: "against", certain: true },
    },
    { ref: "no-boat", label: "claim", quote: "𝗡𝗢 𝗕𝗢𝗔𝗧 𝗛𝗘𝗥𝗘. We are five: 👨‍👩‍👧‍👦 + 🐕." },
    { ref: "five", label: "claim", quote: "We are five: 👨‍👩‍👧‍👦 + 🐕. Roof of the school", by: "tobin" },
    { ref: "light", label: "initiative", quote: "bring light 🔦" },
    { ref: "oll-according", label: "speaker", quote: "Oll", occurrence: 2 },
    { ref: "steered-by", label: "claim", quote: "is what the crew of the Heron 🐦 steered by" },
    { ref: "heart", label: "claim", quote: "A heart ❤️ is not a receipt" },
    { ref: "oll-said", label: "speaker", quote: "Oll", occurrence: 3 },
    {
      ref: "tapped",
      label: "claim",
      quote: "People tapped 👍🏿 and thought that somebody had been told.",
      by: "tobin",
    },
    {
      ref: "number",
      label: "initiative",
      quote: "one number, 1️⃣1️⃣0️⃣, that turns a post into a call",
      attributes: { cost: 90_000.5 },
    },
    {
      ref: "sign",
      label: "initiative",
      quote: "a sign that shows whether anybody has read it: ✔️ or ✖️",
      by: "tobin",
    },
    { ref: "guild", label: "speaker", quote: "The Guild of Ferry Crews" },
    { ref: "archive-again", label: "speaker", quote: "the Sarn Archive", occurrence: 2 },
    {
      ref: "trial",
      label: "agreement",
      quote: "agreed to try out such a number in Hollin this autumn",
      note: "No day of signing is given.",
    },
    {
      ref: "marrin-again",
      label: "speaker",
      quote: "Marrin, who lost her boat but nobody of her family 👩‍👧",
    },
    {
      ref: "thanks",
      label: "forecast",
      quote: ["she would be the first to call it", "Only once", "To say thank you 🫶🏼"],
    },
  ],
  relations: [
    { type: "states", source: "archive", target: "forty-minutes" },
    { type: "states", source: "marrin", target: "nobody-says" },
    { type: "states", source: "office", target: "boats-now" },
    { type: "states", source: "oll", target: "untrue" },
    { type: "states", source: "oll-according", target: "steered-by" },
    { type: "states", source: "oll-said", target: "heart" },
    { type: "states", source: "oll-said", target: "tapped" },
    { type: "states", source: "marrin-again", target: "thanks" },
    { type: "proposes", source: "gull", target: "upstairs" },
    { type: "proposes", source: "office", target: "calm" },
    { type: "proposes", source: "oll-said", target: "number" },
    { type: "proposes", source: "oll-said", target: "sign" },
    { type: "party-to", source: "guild", target: "trial" },
    { type: "party-to", source: "archive-again", target: "trial" },
    { type: "answers", source: "untrue", target: "boats-now" },
    { type: "answers", source: "no-boat", target: "boats-now" },
    { type: "same-as", source: "oll-according", target: "oll" },
    { type: "same-as", source: "oll-said", target: "oll" },
    { type: "same-as", source: "archive-again", target: "archive" },
    { type: "same-as", source: "marrin-again", target: "marrin" },
  ],
};
