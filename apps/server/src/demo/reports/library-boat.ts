/** A library on a boat; in Kazakh, whose Cyrillic has nine letters of its own. */
import type { Report } from "../report.ts";

export const LIBRARY_BOAT: Report = {
  title: "Ауылдарға кітапты қайық жеткізеді",
  language: "kk",
  metadata: { source: "«Шамшырақ» агенттігі", date: "2026-05-26", place: "Холлин" },
  daysAgo: 4,
  by: "tobin",
  text: [
    "ХОЛЛИН — Ильмере мен Кельмория су тасқынынан зардап шеккен ауылдарға кітапты қайықпен жеткізуге келісті, деп хабарлады 26 мамырда «Шамшырақ» агенттігі.",
    "Дельта кітапханаларының директоры Айсұлу Нордгреннің айтуынша, қараша айындағы тасқында жеті кітапхана суға кетіп, он екі мың кітап жойылды.",
    "«Үйді бір жазда салуға болады, ал кітапхананы бір ұрпақ жинайды. Біз әр ауылға аптасына бір рет келетін жүзбелі кітапхана ұсынамыз», — деді Нордгрен.",
    "Паромшылар гильдиясының төрайымы Марит Ореск бұл ойды қолдап, бірінші қайықты тегін беретінін айтты. Оның сөзінше, күзге қарай қайық он төрт ауылды аралап шығады.",
    "Кездесу соңында Дельта кітапханалары мен Паромшылар гильдиясы ынтымақтастық туралы меморандумға қол қойды.",
  ].join("\n\n"),
  annotations: [
    {
      ref: "nordgren",
      label: "speaker",
      quote: "Дельта кітапханаларының директоры Айсұлу Нордгреннің",
      attributes: { office: "Дельта кітапханаларының директоры" },
    },
    {
      ref: "seven-libraries",
      label: "claim",
      quote: "қараша айындағы тасқында жеті кітапхана суға кетіп, он екі мың кітап жойылды",
      attributes: { certain: true },
    },
    {
      ref: "generation",
      label: "claim",
      quote: "Үйді бір жазда салуға болады, ал кітапхананы бір ұрпақ жинайды.",
      by: "yara",
      attributes: { stance: "for" },
    },
    {
      ref: "floating-library",
      label: "initiative",
      quote: "әр ауылға аптасына бір рет келетін жүзбелі кітапхана",
      comments: [
        { by: "yara", body: "With “Біз … ұсынамыз”, as in the other reports?", resolved: true },
        { by: "tobin", body: "No, only what is proposed, not the proposing." },
      ],
    },
    { ref: "nordgren-said", label: "speaker", quote: "Нордгрен" },
    {
      ref: "oresk",
      label: "speaker",
      quote: "Паромшылар гильдиясының төрайымы Марит Ореск",
      attributes: { office: "Паромшылар гильдиясының төрайымы" },
    },
    { ref: "first-boat", label: "initiative", quote: "бірінші қайықты тегін", attributes: { cost: 0 } },
    { ref: "oresk-her", label: "speaker", quote: "Оның", by: "yara" },
    {
      ref: "fourteen-villages",
      label: "forecast",
      quote: "күзге қарай қайық он төрт ауылды аралап шығады",
      by: "yara",
      attributes: { certain: true },
    },
    { ref: "libraries", label: "speaker", quote: "Дельта кітапханалары" },
    { ref: "guild", label: "speaker", quote: "Паромшылар гильдиясы" },
    {
      ref: "memorandum",
      label: "agreement",
      quote: "ынтымақтастық туралы меморандумға",
      changedBy: "yara",
      attributes: { signed: "2026-05-26" },
    },
  ],
  relations: [
    { type: "states", source: "nordgren", target: "seven-libraries" },
    { type: "states", source: "nordgren-said", target: "generation" },
    { type: "states", source: "oresk-her", target: "fourteen-villages" },
    { type: "proposes", source: "nordgren-said", target: "floating-library" },
    { type: "proposes", source: "oresk", target: "first-boat" },
    { type: "party-to", source: "libraries", target: "memorandum" },
    { type: "party-to", source: "guild", target: "memorandum" },
    { type: "same-as", source: "nordgren-said", target: "nordgren" },
    { type: "same-as", source: "oresk-her", target: "oresk" },
  ],
};
