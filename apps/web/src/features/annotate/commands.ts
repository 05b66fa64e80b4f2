// The workbench's commands by name and key: what the list of keys shows and the command palette offers.
import { t } from "../../words/words.ts";
import { KEY } from "./key-names.ts";
import type { WorkbenchCommand } from "./keys.ts";

export interface CommandInfo {
  readonly command: WorkbenchCommand;
  readonly name: string;
  readonly keys: readonly string[];
  /** Without it there is nothing for the command to act on. */
  readonly needs?: "annotation" | "place";
  /** For those who may annotate. */
  readonly isWriting?: boolean;
  /** What only a key is good for stays out of the palette. */
  readonly isKeyOnly?: boolean;
}

export const COMMANDS: readonly CommandInfo[] = [
  { command: "next", name: t("keys:command.next"), keys: [KEY.shift, "J"] },
  { command: "previous", name: t("keys:command.previous"), keys: [KEY.shift, "K"] },
  {
    command: "open",
    name: t("keys:command.open"),
    keys: [KEY.enter],
    isKeyOnly: true,
  },
  { command: "close", name: t("keys:command.close"), keys: [KEY.escape], isKeyOnly: true },
  { command: "find", name: t("keys:command.find"), keys: ["/"] },
  { command: "nextDocument", name: t("keys:command.nextDocument"), keys: [KEY.shift, "N"] },
  { command: "previousDocument", name: t("keys:command.previousDocument"), keys: [KEY.shift, "P"] },
  { command: "unfinishedDocument", name: t("status:unfinished.command"), keys: [KEY.shift, "U"] },
  { command: "copyLink", name: t("keys:command.copyLink"), keys: [KEY.shift, "L"], needs: "annotation" },
  {
    command: "arcs",
    name: t("keys:command.arcs"),
    keys: [KEY.shift, "G"],
  },
  { command: "guidelines", name: t("guidelines:command"), keys: [KEY.shift, "Y"] },
  { command: "help", name: t("keys:title"), keys: ["?"] },
  {
    command: "markAll",
    name: t("keys:command.markAll"),
    keys: [KEY.shift, "A"],
    needs: "place",
    isWriting: true,
  },
  {
    command: "relate",
    name: t("keys:command.relate"),
    keys: [KEY.shift, "R"],
    needs: "annotation",
    isWriting: true,
  },
  {
    command: "comment",
    name: t("discussion:command"),
    keys: [KEY.shift, "C"],
    needs: "annotation",
    isWriting: true,
  },
  {
    command: "delete",
    name: t("keys:command.delete"),
    keys: [KEY.delete],
    needs: "annotation",
    isWriting: true,
  },
  { command: "done", name: t("status:done.command"), keys: [KEY.shift, "D"], isWriting: true },
  { command: "undo", name: t("keys:command.undo"), keys: [KEY.ctrl, "Z"], isWriting: true },
  { command: "redo", name: t("keys:command.redo"), keys: [KEY.shift, KEY.ctrl, "Z"], isWriting: true },
];
