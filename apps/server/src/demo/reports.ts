/** The demo's reports, in the order in which they came. Invented: nothing and nobody in them exists. */
import type { Report } from "./report.ts";
import { HOSPITAL_BOATS } from "./reports/hospital-boats.ts";
import { INQUIRY } from "./reports/inquiry.ts";
import { LIBRARY_BOAT } from "./reports/library-boat.ts";
import { LIVING_WALLS } from "./reports/living-walls.ts";
import { PILOTS } from "./reports/pilots.ts";
import { POSTS } from "./reports/posts.ts";
import { SLUICES } from "./reports/sluices.ts";

export const REPORTS: readonly Report[] = [
  HOSPITAL_BOATS,
  LIVING_WALLS,
  PILOTS,
  SLUICES,
  POSTS,
  INQUIRY,
  LIBRARY_BOAT,
];
