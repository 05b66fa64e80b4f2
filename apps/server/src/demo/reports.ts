/**
 * The reports of the demo project with everything marked in them. Invented: no country, river, person or organisation
 * in them exists. Marks nest, cross and pause, so that there is something of each kind to try.
 */

/** A report as it is written down here: marks by their words, not by their places. */
export interface Report {
  title: string;
  language: string;
  metadata: Record<"source" | "date" | "place", string>;
  text: string;
  annotations: readonly ReportAnnotation[];
  relations: readonly ReportRelation[];
}

/** One mark, by the words it is on. */
export interface ReportAnnotation {
  /** What relations call it; unique in the report. */
  ref: string;
  label: "speaker" | "claim" | "initiative" | "agreement";
  /** Several where the mark pauses; each is looked for after the one before. */
  quote: string | readonly string[];
  /** Which occurrence of the (first) quote is meant, from 1; 1 where nothing is said. */
  occurrence?: number;
  note?: string;
}

/** One link between two marks, by their refs. */
export interface ReportRelation {
  type: "states" | "proposes" | "party-to" | "same-as";
  source: string;
  target: string;
}

const HOSPITAL_BOATS: Report = {
  title: "Three coasts put their hospital boats on one list",
  language: "en",
  metadata: { source: "Lantern Wire", date: "2026-03-12", place: "Marrow Quay" },
  text: [
    "MARROW QUAY — Health officials and boat crews from Ilmere, Kelmoria and Vastrand agreed on 12 March to share hospital boats in the next flood, after two days of talks that opened with the names of forty-one people who could not be reached last November, Lantern Wire reported.",
    "According to the Director of the Delta Health Office, Sunniva Arkwell, the boats were never too few, but each of them turned back at its own border.",
    "“In November we had nineteen hospital boats on the lower Sarn and nineteen sets of papers. A crew from Ilmere stood within sight of the roofs at Hollin for six hours, with two surgeons and all the blood it needed on board, because nobody could say whose patients they would be. We propose a single list of boats, open to all three states, and a rule that the nearest crew sails first and asks afterwards,” said Arkwell.",
    "The President of the Guild of Ferry Crews, Marit Oresk, said her members had kept that rule for generations, with or without a law. She called for a winter school at Marrow Quay where young crews would learn to carry the wounded as well as the mail.",
    "“A ferry knows every landing, and a landing knows every family. Give us one doctor for each boat and a radio that speaks to all three coasts, and we will be at any door in the delta within ninety minutes. We are also asking the ministries to put the winter school into this year’s budget, because a promise made in March is usually dry by June,” she said.",
    "Kelmoria’s Deputy Minister of Health, Anselm Virrow, welcomed the list but warned that a nurse licensed on one bank may not treat a cut finger on the other. His government, he said, would ask the three parliaments to recognise each other’s licences for the length of a flood. Oresk answered that a flood does not last as long as a parliament.",
    "Arkwell and Virrow both told reporters that crews should be paid from the day they are called, not from the day they sail. “Waiting is work,” he said.",
    "At the end of the talks the Delta Health Office and the Guild of Ferry Crews signed a memorandum on shared boats, which takes effect on 1 May. It leaves the question of licences to the governments, which were not asked to sign.",
  ].join("\n\n"),
  annotations: [
    { ref: "arkwell", label: "speaker", quote: "the Director of the Delta Health Office, Sunniva Arkwell" },
    {
      ref: "turned-back",
      label: "claim",
      quote: ["the boats were never too few", "each of them turned back at its own border"],
      note: "A paraphrase in two halves; the “but” is the reporter’s.",
    },
    {
      ref: "six-hours",
      label: "claim",
      quote:
        "A crew from Ilmere stood within sight of the roofs at Hollin for six hours, with two surgeons and all the blood it needed on board, because nobody could say whose patients they would be.",
    },
    {
      ref: "list-and-rule",
      label: "claim",
      quote:
        "We propose a single list of boats, open to all three states, and a rule that the nearest crew sails first and asks afterwards",
    },
    {
      ref: "list",
      label: "initiative",
      quote: "a single list of boats, open to all three states, and a rule that the nearest crew sails first",
    },
    {
      ref: "nearest-first",
      label: "initiative",
      quote: "the nearest crew sails first and asks afterwards",
      note: "Crosses the list: the memorandum takes up the one, not the other.",
    },
    { ref: "arkwell-said", label: "speaker", quote: "Arkwell", occurrence: 2 },
    { ref: "oresk", label: "speaker", quote: "The President of the Guild of Ferry Crews, Marit Oresk" },
    {
      ref: "old-rule",
      label: "claim",
      quote: "her members had kept that rule for generations, with or without a law",
    },
    { ref: "oresk-called", label: "speaker", quote: "She" },
    {
      ref: "winter-school",
      label: "initiative",
      quote:
        "a winter school at Marrow Quay where young crews would learn to carry the wounded as well as the mail",
    },
    {
      ref: "ninety-minutes",
      label: "claim",
      quote:
        "Give us one doctor for each boat and a radio that speaks to all three coasts, and we will be at any door in the delta within ninety minutes.",
    },
    {
      ref: "doctor-and-radio",
      label: "initiative",
      quote: "one doctor for each boat and a radio that speaks to all three coasts",
    },
    { ref: "budget", label: "initiative", quote: "put the winter school into this year’s budget" },
    { ref: "dry-by-june", label: "claim", quote: "a promise made in March is usually dry by June" },
    { ref: "oresk-said", label: "speaker", quote: "she" },
    { ref: "virrow", label: "speaker", quote: "Kelmoria’s Deputy Minister of Health, Anselm Virrow" },
    {
      ref: "cut-finger",
      label: "claim",
      quote: "a nurse licensed on one bank may not treat a cut finger on the other",
    },
    {
      ref: "licences",
      label: "initiative",
      quote: [
        "His government",
        "would ask the three parliaments to recognise each other’s licences for the length of a flood",
      ],
    },
    { ref: "virrow-he", label: "speaker", quote: "he said" },
    { ref: "oresk-answered", label: "speaker", quote: "Oresk", occurrence: 2 },
    { ref: "as-long-as", label: "claim", quote: "a flood does not last as long as a parliament" },
    {
      ref: "pay",
      label: "claim",
      quote: "crews should be paid from the day they are called, not from the day they sail",
      note: "Two speakers, one claim.",
    },
    { ref: "office", label: "speaker", quote: "the Delta Health Office", occurrence: 2 },
    { ref: "guild", label: "speaker", quote: "the Guild of Ferry Crews", occurrence: 2 },
    {
      ref: "memorandum",
      label: "agreement",
      quote: "a memorandum on shared boats, which takes effect on 1 May",
    },
  ],
  relations: [
    { type: "states", source: "arkwell", target: "turned-back" },
    { type: "states", source: "arkwell-said", target: "six-hours" },
    { type: "states", source: "arkwell-said", target: "list-and-rule" },
    { type: "states", source: "oresk", target: "old-rule" },
    { type: "states", source: "oresk-said", target: "ninety-minutes" },
    { type: "states", source: "oresk-said", target: "dry-by-june" },
    { type: "states", source: "virrow", target: "cut-finger" },
    { type: "states", source: "oresk-answered", target: "as-long-as" },
    { type: "states", source: "arkwell", target: "pay" },
    { type: "states", source: "virrow", target: "pay" },
    { type: "proposes", source: "arkwell-said", target: "list" },
    { type: "proposes", source: "arkwell-said", target: "nearest-first" },
    { type: "proposes", source: "oresk-called", target: "winter-school" },
    { type: "proposes", source: "oresk-said", target: "doctor-and-radio" },
    { type: "proposes", source: "oresk-said", target: "budget" },
    { type: "proposes", source: "virrow-he", target: "licences" },
    { type: "party-to", source: "office", target: "memorandum" },
    { type: "party-to", source: "guild", target: "memorandum" },
    { type: "same-as", source: "arkwell-said", target: "arkwell" },
    { type: "same-as", source: "oresk-called", target: "oresk" },
    { type: "same-as", source: "oresk-said", target: "oresk" },
    { type: "same-as", source: "oresk-answered", target: "oresk" },
    { type: "same-as", source: "virrow-he", target: "virrow" },
  ],
};

const LIVING_WALLS: Report = {
  title: "Railway and reed growers share the sea wall at Tallow Bay",
  language: "en",
  metadata: { source: "Delta Post", date: "2026-04-03", place: "Tallow Bay" },
  text: [
    "TALLOW BAY — Engineers and reed growers from both banks of the Sarn met on 3 April to decide who may cut, plant and dig along the twelve kilometres of sea wall that the November flood left standing, the Delta Post reported.",
    "According to the Director of the Vastrand Coastal Railway, Idris Calloway, the wall held only where reeds grew in front of it, and his engineers have the photographs to prove it.",
    "“For thirty years we treated the reed beds as something between the trains and the view. In November the waves lost half their height in two hundred metres of reed, and behind those metres not one sleeper moved. I would rather pay a grower than pour concrete. The railway therefore offers to lease every hectare it owns below the line, for one crown a year, to whoever keeps it planted,” said Calloway.",
    "The chair of the Sarn Reed Growers’ Union, Philippa Dornay, replied that a rent of one crown was generous and a lease of one year was not. Reeds, she said, need four summers before they break a wave. She asked for contracts of fifteen years and for a seat on the board that sets the dates of cutting.",
    "“A reed bed is slow, cheap and stubborn, which is more than I can say of most ministries. If the railway plants with us this spring, there will be a living wall from Tallow Bay to the Kelmorian border by 2030, and our children will complain about the frogs. We also propose a harvest fund, fed by a tenth of every sale of thatch, that pays growers in the years when a storm takes the crop,” she said.",
    "Not everybody was persuaded. Kelmoria’s Commissioner for the Outer Banks, Emeric Tolland, pointed out that the tide does not read contracts, and that one dry summer would leave the line behind a fence of straw. He suggested a fire watch, paid for by all three states, before a single new root is set. “I have nothing against frogs,” he said. “I have something against smoke on a railway.”",
    "Dornay and Calloway called the objection fair. A fire watch, both said, should begin with the first cutting in September.",
    "Late in the evening the Vastrand Coastal Railway and the Sarn Reed Growers’ Union signed an agreement on living walls, the first of its kind in the delta. Ilmere sent an observer, who took home his notes and, according to two people in the room, a small pot of reeds.",
  ].join("\n\n"),
  annotations: [
    {
      ref: "calloway",
      label: "speaker",
      quote: "the Director of the Vastrand Coastal Railway, Idris Calloway",
    },
    { ref: "wall-held", label: "claim", quote: "the wall held only where reeds grew in front of it" },
    {
      ref: "half-the-height",
      label: "claim",
      quote:
        "In November the waves lost half their height in two hundred metres of reed, and behind those metres not one sleeper moved.",
    },
    {
      ref: "rather-pay",
      label: "claim",
      quote:
        "I would rather pay a grower than pour concrete. The railway therefore offers to lease every hectare it owns below the line",
    },
    {
      ref: "lease",
      label: "initiative",
      quote:
        "offers to lease every hectare it owns below the line, for one crown a year, to whoever keeps it planted",
      note: "Crosses the claim before it: the reason reaches into the offer, the terms belong to the offer alone.",
    },
    { ref: "calloway-said", label: "speaker", quote: "Calloway", occurrence: 2 },
    {
      ref: "dornay",
      label: "speaker",
      quote: "The chair of the Sarn Reed Growers’ Union, Philippa Dornay",
    },
    {
      ref: "one-year",
      label: "claim",
      quote: "a rent of one crown was generous and a lease of one year was not",
    },
    { ref: "four-summers", label: "claim", quote: ["Reeds", "need four summers before they break a wave"] },
    { ref: "dornay-she", label: "speaker", quote: "she" },
    { ref: "dornay-asked", label: "speaker", quote: "She" },
    { ref: "fifteen-years", label: "initiative", quote: "contracts of fifteen years" },
    { ref: "seat", label: "initiative", quote: "a seat on the board that sets the dates of cutting" },
    {
      ref: "slow-and-stubborn",
      label: "claim",
      quote: "A reed bed is slow, cheap and stubborn, which is more than I can say of most ministries.",
    },
    {
      ref: "living-wall",
      label: "claim",
      quote:
        "If the railway plants with us this spring, there will be a living wall from Tallow Bay to the Kelmorian border by 2030, and our children will complain about the frogs.",
    },
    {
      ref: "plant-together",
      label: "initiative",
      quote: "the railway plants with us this spring",
      note: "A proposal in the shape of a condition.",
    },
    {
      ref: "harvest-fund",
      label: "initiative",
      quote:
        "a harvest fund, fed by a tenth of every sale of thatch, that pays growers in the years when a storm takes the crop",
    },
    { ref: "dornay-said", label: "speaker", quote: "she said", occurrence: 2 },
    {
      ref: "tolland",
      label: "speaker",
      quote: "Kelmoria’s Commissioner for the Outer Banks, Emeric Tolland",
    },
    {
      ref: "tide-and-straw",
      label: "claim",
      quote:
        "the tide does not read contracts, and that one dry summer would leave the line behind a fence of straw",
    },
    { ref: "tolland-he", label: "speaker", quote: "He" },
    {
      ref: "fire-watch",
      label: "initiative",
      quote: "a fire watch, paid for by all three states, before a single new root is set",
    },
    {
      ref: "smoke",
      label: "claim",
      quote: ["I have nothing against frogs", "I have something against smoke on a railway"],
    },
    { ref: "railway", label: "speaker", quote: "the Vastrand Coastal Railway", occurrence: 2 },
    { ref: "union", label: "speaker", quote: "the Sarn Reed Growers’ Union", occurrence: 2 },
    {
      ref: "signed",
      label: "agreement",
      quote: "an agreement on living walls, the first of its kind in the delta",
    },
  ],
  relations: [
    { type: "states", source: "calloway", target: "wall-held" },
    { type: "states", source: "calloway-said", target: "half-the-height" },
    { type: "states", source: "calloway-said", target: "rather-pay" },
    { type: "states", source: "dornay", target: "one-year" },
    { type: "states", source: "dornay-she", target: "four-summers" },
    { type: "states", source: "dornay-said", target: "slow-and-stubborn" },
    { type: "states", source: "dornay-said", target: "living-wall" },
    { type: "states", source: "tolland", target: "tide-and-straw" },
    { type: "states", source: "tolland-he", target: "smoke" },
    { type: "proposes", source: "calloway-said", target: "lease" },
    { type: "proposes", source: "dornay-asked", target: "fifteen-years" },
    { type: "proposes", source: "dornay-asked", target: "seat" },
    { type: "proposes", source: "dornay-said", target: "plant-together" },
    { type: "proposes", source: "dornay-said", target: "harvest-fund" },
    { type: "proposes", source: "tolland-he", target: "fire-watch" },
    { type: "party-to", source: "railway", target: "signed" },
    { type: "party-to", source: "union", target: "signed" },
    { type: "same-as", source: "calloway-said", target: "calloway" },
    { type: "same-as", source: "dornay-she", target: "dornay" },
    { type: "same-as", source: "dornay-asked", target: "dornay" },
    { type: "same-as", source: "dornay-said", target: "dornay" },
    { type: "same-as", source: "tolland-he", target: "tolland" },
  ],
};

/** The reports, in the order in which the demo project lists them. */
export const REPORTS: readonly Report[] = [HOSPITAL_BOATS, LIVING_WALLS];
