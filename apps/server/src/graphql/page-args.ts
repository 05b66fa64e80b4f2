/** The arguments that every list which comes in pages takes. */
import { Arg, Int } from "type-graphql";
import { MAX_PAGE } from "./connection.ts";

const shown = (size: number) => size.toLocaleString("en");

/** @param size of a page whose reader doesn't say */
export const First = (size: number) =>
  Arg("first", () => Int, {
    nullable: true,
    defaultValue: size,
    description: `0 to ${shown(MAX_PAGE)}; null means ${shown(size)}.`,
  });

/** Where a page begins. */
export const After = () =>
  Arg("after", () => String, { nullable: true, description: "A cursor of this list." });
