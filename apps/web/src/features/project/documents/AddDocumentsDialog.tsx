// Adding texts: paste one, or choose or drop files. What will be sent is shown first, with what is wrong with it. A file
// that is a corpus is offered as such.
import { useApolloClient } from "@apollo/client/react";
import { Button, Modal, SegmentedControl } from "@mantine/core";
import { useEffect, useState } from "react";
import { countOf } from "../../../ui/count.ts";
import type { ProjectHead } from "../project-head.ts";
import classes from "./AddDocumentsDialog.module.css";
import { CorpusPreview } from "./CorpusPreview.tsx";
import { kindOfFile } from "./corpus-file.ts";
import { type Draft, draftFromFile, unreadableDraft } from "./draft.ts";
import { FileDrafts } from "./FileDrafts.tsx";
import { isUnderWay, startCorpusImport, startImport, useImportRun } from "./import-store.ts";
import { PasteDraft } from "./PasteDraft.tsx";

/** Drawing the list anew for every file would take longer than reading them. */
const SHOW_EVERY_MS = 250;

type Way = "paste" | "files";

export interface AddDocumentsDialogProps {
  readonly project: ProjectHead;
  /** Dropped on the page; more may be dropped while the dialog is open. */
  readonly files: readonly File[];
  readonly onClose: () => void;
}

const isReady = ({ problem, title }: Draft) => problem === null && title.trim() !== "";

const NO_CORPUS =
  'No Concord corpus: such a file begins with {"format":"concord-corpus", as an export of a project does.';
const ONE_CORPUS = "A corpus is imported by itself. Choose it again when this one is done.";

export function AddDocumentsDialog({ project, files, onClose }: AddDocumentsDialogProps) {
  const client = useApolloClient();
  const run = useImportRun();
  const [way, setWay] = useState<Way>(files.length > 0 ? "files" : "paste");
  const [pasted, setPasted] = useState<Draft | null>(null);
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const [reading, setReading] = useState(0);
  const [corpus, setCorpus] = useState<File | null>(null);
  const [isCorpusReady, setCorpusReady] = useState(false);

  const addFiles = async (chosen: readonly File[]) => {
    setWay("files");
    setReading((count) => count + chosen.length);
    let taken = corpus;
    let read: Draft[] = [];
    let shownAt = performance.now();
    const show = () => {
      const fresh = read;
      read = [];
      shownAt = performance.now();
      setDrafts((present) => [...present, ...fresh]);
    };
    // One after the other: a thousand files at once would hold all their bytes at once.
    for (const file of chosen) {
      const kind = await kindOfFile(file);
      if (kind === "corpus" && taken === null) {
        taken = file;
        setCorpus(file);
      } else if (kind === "other") read.push(await draftFromFile(file));
      else read.push(unreadableDraft(file.name, kind === "corpus" ? ONE_CORPUS : NO_CORPUS));
      setReading((count) => count - 1);
      if (performance.now() - shownAt > SHOW_EVERY_MS) show();
    }
    show();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drop is read once.
  useEffect(() => {
    if (files.length > 0) void addFiles(files);
  }, [files]);

  const ready =
    way === "paste" ? [pasted].filter((draft) => draft !== null && isReady(draft)) : drafts.filter(isReady);
  const toSend = ready.filter((draft) => draft !== null);
  const add = () => {
    void startImport(
      client,
      project.id,
      toSend.map((draft) => ({ ...draft, title: draft.title.trim() })),
    );
    onClose();
  };
  const importCorpus = () => {
    if (corpus === null) return;
    void startCorpusImport(client, project.id, corpus);
    onClose();
  };
  const isBusy = isUnderWay(run);
  return (
    <Modal
      opened
      onClose={onClose}
      title={corpus === null ? "Add documents" : "Import a corpus"}
      size={720}
      closeOnClickOutside={false}
    >
      <div className={classes.form}>
        {corpus === null ? (
          <>
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
          </>
        ) : (
          <CorpusPreview
            project={project}
            file={corpus}
            onChecked={setCorpusReady}
            onOther={() => setCorpus(null)}
          />
        )}
        {isBusy && <p className={classes.summary}>Another import is under way; this one can follow it.</p>}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {corpus === null ? (
            <Button disabled={toSend.length === 0 || reading > 0 || isBusy} onClick={add}>
              {toSend.length > 1 ? `Add ${countOf(toSend.length, "document")}` : "Add document"}
            </Button>
          ) : (
            <Button disabled={!isCorpusReady || isBusy} onClick={importCorpus}>
              Import corpus
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
