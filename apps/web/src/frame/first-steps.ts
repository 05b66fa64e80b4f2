// Whether the three first steps are still to be shown: from setting up until they are put away, in this browser.
const KEY = "concord.first-steps";

/** Shows them on the next project page. */
export function askForFirstSteps(): void {
  localStorage.setItem(KEY, "show");
}

/** Puts them away for good. */
export function putFirstStepsAway(): void {
  localStorage.removeItem(KEY);
}

export function firstStepsAreDue(): boolean {
  return localStorage.getItem(KEY) !== null;
}
