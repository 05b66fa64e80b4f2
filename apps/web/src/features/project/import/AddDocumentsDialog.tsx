// Adding documents: paste a text, or choose or drop files and folders. Plain texts are read here and their titles can be changed
// before they are sent; everything else goes to the server to be looked at, several files together as one.
import { useApolloClient } from "@apollo/client/react";
import { Button, Modal, SegmentedControl } from "@mantine/core";
import { useEffect, useState } from "react";
import { t } from "../../../words/words.ts";
import type { ProjectHead } from "../project-head.ts";
import classes from "./AddDocumentsDialog.module.css";
import { type Draft, draftFromFile, isTextFile } from "./draft.ts";
import { FileDrafts } from "./FileDrafts.tsx";
import { ImportPreview } from "./ImportPreview.tsx";
import { isUnderWay, startImport, useImportRun } from "./import-store.ts";
import { PasteDraft } from "./PasteDraft.tsx";

/** Drawing the list anew for every file would take longer than reading them. */
const SHOW_EVERY_MS = 250;

type Way = "paste" | "files";

/** What is said while folders are gone through, or came of it. */
type Gathering = "import:gathering.looking" | "import:gathering.nothing" | "import:gathering.unread";

export interface AddDocumentsDialogProps {
  readonly project: ProjectHead;
  /** Dropped on the page; more may be dropped while the dialog is open. */
  readonly dropped: Promise<readonly File[]> | null;
  readonly onClose: () => void;
}

const isReady = ({ problem, title }: Draft) => problem === null && title.trim() !== "";

export function AddDocumentsDialog({ project, dropped, onClose }: AddDocumentsDialogProps) {
  const client = useApolloClient();
  const run = useImportRun();
  const [way, setWay] = useState<Way>(dropped === null ? "paste" : "files");
  const [pasted, setPasted] = useState<Draft | null>(null);
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const [gathering, setGathering] = useState<Gathering | null>(null);
  const [reading, setReading] = useState(0);
  /** The server knows more of them than can be seen here. */
  const [isForServer, setForServer] = useState(false);

  const addFiles = async (coming: readonly File[] | Promise<readonly File[]>) => {
    setWay("files");
    setGathering("import:gathering.looking");
    let added: readonly File[];
    try {
      added = await coming;
    } catch {
      return setGathering("import:gathering.unread");
    }
    setGathering(added.length === 0 ? "import:gathering.nothing" : null);
    setChosen((present) => [...present, ...added]);
    if (isForServer || !added.every(isTextFile)) return setForServer(true);
    setReading((count) => count + added.length);
    let read: Draft[] = [];
    let shownAt = performance.now();
    const show = () => {
      const fresh = read;
      read = [];
      shownAt = performance.now();
      setDrafts((present) => [...present, ...fresh]);
    };
    // One after the other: a thousand files at once would hold all their bytes at once.
    for (const file of added) {
      const draft = await draftFromFile(file);
      setReading((count) => count - 1);
      if (draft.isOtherEncoding) setForServer(true);
      read.push(draft);
      if (performance.now() - shownAt > SHOW_EVERY_MS) show();
    }
    show();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drop is read once.
  useEffect(() => {
    if (dropped !== null) void addFiles(dropped);
  }, [dropped]);

  const startAnew = () => {
    setChosen([]);
    setDrafts([]);
    setForServer(false);
  };
  const isBusy = isUnderWay(run);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("import:add.title")}
      size={isForServer ? 860 : 720}
      closeOnClickOutside={false}
    >
      {gathering !== null && (
        <p className={classes.summary} role="status">
          {t(gathering)}
        </p>
      )}
      {isForServer ? (
        <ImportPreview
          project={project}
          files={chosen}
          isBusy={isBusy}
          onOther={startAnew}
          onClose={onClose}
        />
      ) : (
        <div className={classes.form}>
          <SegmentedControl
            className={classes.way}
            aria-label={t("import:add.way")}
            value={way}
            onChange={setWay}
            data={[
              { value: "paste", label: t("import:add.paste") },
              { value: "files", label: t("import:add.files") },
            ]}
          />
          {way === "paste" ? (
            <PasteDraft draft={pasted} onChange={setPasted} />
          ) : (
            <FileDrafts
              drafts={drafts}
              reading={reading}
              onFiles={(added) => void addFiles(added)}
              onChange={setDrafts}
            />
          )}
          {isBusy && <p className={classes.summary}>{t("import:add.busy")}</p>}
          <TextButtons
            drafts={way === "files" ? drafts : pasted === null ? [] : [pasted]}
            disabled={reading > 0 || gathering === "import:gathering.looking" || isBusy}
            onAdd={(toSend) => {
              void startImport(client, project.id, toSend);
              onClose();
            }}
            onClose={onClose}
          />
        </div>
      )}
    </Modal>
  );
}

interface TextButtonsProps {
  readonly drafts: readonly Draft[];
  readonly disabled: boolean;
  readonly onAdd: (drafts: readonly Draft[]) => void;
  readonly onClose: () => void;
}

function TextButtons({ drafts, disabled, onAdd, onClose }: TextButtonsProps) {
  const ready = drafts.filter(isReady).map((draft) => ({ ...draft, title: draft.title.trim() }));
  return (
    <div className={classes.buttons}>
      <Button variant="default" onClick={onClose}>
        {t("action.cancel")}
      </Button>
      <Button disabled={ready.length === 0 || disabled} onClick={() => onAdd(ready)}>
        {t("import:add.do", { count: Math.max(1, ready.length) })}
      </Button>
    </div>
  );
}
