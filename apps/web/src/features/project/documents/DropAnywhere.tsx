// Takes files and folders dropped anywhere on the page, and shows that it would.
import { useEffect, useState } from "react";
import { t } from "../../../words/words.ts";
import { droppedFiles } from "../import/chosen-files.ts";
import classes from "./DocumentsTab.module.css";

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

export interface DropAnywhereProps {
  /** Called at once; a large folder takes a while to be gone through. */
  readonly onFiles: (coming: Promise<readonly File[]>) => void;
}

export function DropAnywhere({ onFiles }: DropAnywhereProps) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    // Entering a child comes before leaving its parent, so what counts is how many are entered and not left.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth++;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const over = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!carriesFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      onFiles(droppedFiles(event));
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, [onFiles]);
  return isOver ? <div className={classes.over}>{t("documents:drop")}</div> : null;
}
