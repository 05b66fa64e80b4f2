// What axe finds on a page as it stands.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What a theme can change; all else is asked once, in the light one. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

/** What lies above the page, a tooltip at any moment, belongs to its control, and to no landmark. */
const isLayer = (rule: string, html: string) => rule === "region" && /data-portal|role="tooltip"/.test(html);

/** Expects axe to find nothing, without ending the test. */
export async function expectAccessible(
  page: Page,
  screen: string,
  rules: "all" | "of colour" = "all",
): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // a third of the time: nothing is told of what is right, and no second page is opened for frames, which there are none of
    .options({
      resultTypes: ["violations"],
      runOnly: rules === "all" ? { type: "tag", values: ALL } : { type: "rule", values: OF_COLOUR },
    })
    .setLegacyMode(true)
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => !isLayer(id, html))
      .map(({ target, failureSummary }) => `${id}: ${target.join(" ")}\n${failureSummary ?? ""}`),
  );
  expect.soft(found, screen).toEqual([]);
}
