// Adding texts: paste one, or choose or drop files. What will be sent is shown first, with what is wrong with it.
import { useApolloClient } from "@apollo/client/react";
import { Button, Modal, SegmentedControl } from "@mantine/core";
import { useEffect, useState } from "react";
import { countOf } from "../../../ui/count.ts";
import classes from "./AddDocumentsDialog.module.css";
import { type Draft, draftFromFile } from "./draft.ts";
import { FileDrafts } from "./FileDrafts.tsx";
import { startImport } from "./import-store.ts";
import { PasteDraft } from "./PasteDraft.tsx";

/** Drawing the list anew for every file would take longer than reading them. */
const SHOW_EVERY_MS = 250;

type Way = "paste" | "files";

export interface AddDocumentsDialogProps {
  readonly projectId: string;
  /** Dropped on the page; more may be dropped while the dialog is open. */
  readonly files: readonly File[];
  readonly onAdded: () => Promise<unknown>;
  readonly onClose: () => void;
}

const isReady = ({ problem, title }: Draft) => problem === null && title.trim() !== "";

export function AddDocumentsDialog({ projectId, files, onAdded, onClose }: AddDocumentsDialogProps) {
  const client = useApolloClient();
  const [way, setWay] = useState<Way>(files.length > 0 ? "files" : "paste");
  const [pasted, setPasted] = useState<Draft | null>(null);
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const [reading, setReading] = useState(0);

  const addFiles = async (chosen: readonly File[]) => {
    setWay("files");
    setReading((count) => count + chosen.length);
    let read: Draft[] = [];
    let shownAt = performance.now();
    const show = () => {
      const fresh = read;
      read = [];
      shownAt = performance.now();
      setDrafts((present) => [...present, ...fresh]);
      setReading((count) => count - fresh.length);
    };
    // One after the other: a thousand files at once would hold all their bytes at once.
    for (const file of chosen) {
      read.push(await draftFromFile(file));
      if (performance.now() - shownAt > SHOW_EVERY_MS) show();
    }
    show();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drop is read once; `addFiles` uses only setters.
  useEffect(() => {
    if (files.length > 0) void addFiles(files);
  }, [files]);

  const ready =
    way === "paste" ? [pasted].filter((draft) => draft !== null && isReady(draft)) : drafts.filter(isReady);
  const toSend = ready.filter((draft) => draft !== null);
  const add = () => {
    void startImport(
      client,
      projectId,
      toSend.map((draft) => ({ ...draft, title: draft.title.trim() })),
      onAdded,
    );
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Add documents" size={720} closeOnClickOutside={false}>
      <div className={classes.form}>
        <SegmentedControl
          className={classes.way}
          aria-label="How to add"
          value={way}
          onChange={setWay}
          data={[
            { value: "paste", label: "Paste a text" },
            { value: "files", label: "Files" },
          ]}
        />
        {way === "paste" ? (
          <PasteDraft draft={pasted} onChange={setPasted} />
        ) : (
          <FileDrafts
            drafts={drafts}
            reading={reading}
            onFiles={(chosen) => void addFiles(chosen)}
            onChange={setDrafts}
          />
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={toSend.length === 0 || reading > 0} onClick={add}>
            {toSend.length > 1 ? `Add ${countOf(toSend.length, "document")}` : "Add document"}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
