// The open workbench: documents on the left, the text, the inspector on the right; under 900 px the sides are drawers.
// Holds what belongs to this person's screen only (selection, filter, what is hovered) and connects the parts.
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { CommandPalette } from "../../frame/palette/CommandPalette.tsx";
import { TopBar } from "../../frame/TopBar.tsx";
import { useSingleKeys } from "../../frame/useSingleKeys.ts";
import type { HighlightFeed, ReaderLook } from "../../text/highlight.ts";
import { ReadingPane, type ReadingPaneHandle } from "../../text/ReadingPane.tsx";
import type { TextSelection } from "../../text/selection-control.ts";
import { countWords, createSegmenters } from "../../text/words.ts";
import { useLatest } from "../../ui/useLatest.ts";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { t } from "../../words/words.ts";
import { AnnotationsPanel } from "./AnnotationsPanel.tsx";
import { ArchivedBar } from "./ArchivedBar.tsx";
import { useLiveCodebook } from "./codebook/useLiveCodebook.ts";
import { copyLink } from "./copy-link.ts";
import { DocumentHeader } from "./DocumentHeader.tsx";
import { DocumentList } from "./DocumentList.tsx";
import { talkOf } from "./discussion/talk.ts";
import { useMembers } from "./discussion/useMembers.ts";
import { isWorkOf } from "./documents/my-status.ts";
import { StatusControl } from "./documents/StatusControl.tsx";
import { useDocumentWalk } from "./documents/useDocumentWalk.ts";
import { useMyStatus } from "./documents/useMyStatus.ts";
import { FindBar } from "./find/FindBar.tsx";
import { MarkAllDialog, type WantedText } from "./find/MarkAllDialog.tsx";
import { useFind } from "./find/useFind.ts";
import { createHighlightFeed } from "./highlight-feed.ts";
import { KeysDialog } from "./KeysDialog.tsx";
import type { WorkbenchCommand } from "./keys.ts";
import { LabelPalette } from "./LabelPalette.tsx";
import { filterEntries } from "./list/list-filter.ts";
import { useListFilter } from "./list/useListFilter.ts";
import { MissingAnnotation } from "./MissingAnnotation.tsx";
import { createMovement } from "./movement.ts";
import { paletteGroups } from "./palette/palette-groups.tsx";
import { PresentFaces } from "./presence/PresentFaces.tsx";
import { usePresence } from "./presence/usePresence.ts";
import { RelationKinds } from "./RelationKinds.tsx";
import { RoleNotice } from "./RoleNotice.tsx";
import { rightsOf } from "./rights.ts";
import { StatusWord } from "./StatusWord.tsx";
import { TextBar } from "./TextBar.tsx";
import { useArcs } from "./useArcs.ts";
import { useArmedLabel } from "./useArmedLabel.ts";
import { useDrawnRelation } from "./useDrawnRelation.ts";
import type { OpenedDocument } from "./useOpenDocument.ts";
import { useSelectedAnnotation } from "./useSelectedAnnotation.ts";
import { useSnapshot } from "./useSnapshot.ts";
import { useStanding } from "./useStanding.ts";
import { useWorkbenchKeys } from "./useWorkbenchKeys.ts";
import { WorkbenchLayout } from "./WorkbenchLayout.tsx";
import css from "./workbench.module.css";
import { createActions } from "./workbench-actions.ts";

export interface WorkbenchViewProps extends OpenedDocument {
  readonly onAccessLost: () => void;
}

export function WorkbenchView({ document: read, workbench, isComplete, onAccessLost }: WorkbenchViewProps) {
  const { document, labels, source } = useLiveCodebook(read);
  const isNarrow = useMediaQuery("(max-width: 899px)", false, { getInitialValueInEffect: false });
  const snapshot = useSnapshot(workbench);
  const { inText } = snapshot;
  // what stands beside the text may come a frame later than the mark in it
  const calmInText = useDeferredValue(inText);
  const pane = useRef<ReadingPaneHandle>(null);
  const [selectedId, select, requestedId] = useSelectedAnnotation();
  const [selection, setSelection] = useState<TextSelection | null>(null);
  const [hoveredId, setHoveredId] = useState<string | null>(null);
  const [dimmedLabels, setDimmedLabels] = useState<ReadonlySet<string>>(new Set());
  const [patterns, setPatterns] = useState(false);
  const [showsAllArcs, allArcs] = useDisclosure(false);
  const [movement] = useState(createMovement);
  const [said, setSaid] = useState("");
  const [showsKeys, keys] = useDisclosure(false);
  // Beside the text the list stays until it is hidden; over it, on a narrow page, only when it is asked for.
  const [showsSide, side] = useDisclosure(true);
  const [showsSheet, sheet] = useDisclosure(false);
  const [showsDocuments, documents] = isNarrow ? [showsSheet, sheet] : [showsSide, side];
  const [showsInspector, inspector] = useDisclosure(false);
  const [showsGuidelines, guidelines] = useDisclosure(false);
  const [asksRelation, setAsksRelation] = useState(0);
  const [hasSingleKeys] = useSingleKeys();
  const find = useFind();
  const [filter, setFilter] = useListFilter();
  const members = useMembers(document.project.id);
  const { discussions } = snapshot;
  const talk = useMemo(
    () => talkOf(discussions, members.people, document.viewer),
    [discussions, members, document],
  );
  const [asksComment, setAsksComment] = useState(false);
  const answerComment = useCallback(() => setAsksComment(false), []);
  const goToDocument = useDocumentWalk(document, setSaid);
  const hasOwn = inText.some((annotation) => isWorkOf(annotation, document.viewer));
  const status = useMyStatus({ document, workbench }, hasOwn, setSaid);
  const [toMark, setToMark] = useState<WantedText | null>(null);

  const standing = useStanding(document);
  const { role, isArchived } = standing;
  useEffect(() => {
    if (role === null) onAccessLost();
  }, [role, onAccessLost]);
  const rights = useMemo(
    () => rightsOf({ role: role ?? "VIEWER", viewer: document.viewer, isArchived }),
    [role, document, isArchived],
  );
  const offered = useMemo(() => document.labels.filter((label) => !label.isArchived), [document]);
  const feed: HighlightFeed = useMemo(() => createHighlightFeed(workbench, source), [workbench, source]);
  const [armed, arm] = useArmedLabel(offered, setSaid);
  const segmenters = useMemo(() => createSegmenters(document.language), [document]);
  const selected = selectedId === null ? undefined : workbench.get(selectedId);
  // also of one that is deleted while it is open: who came for it should know
  const isMissing = isComplete && selectedId !== null && selectedId === requestedId && selected === undefined;
  const calmSelectedId = useDeferredValue(selected === undefined ? null : selectedId);
  const isSelecting = selection !== null;
  // something that is gone can't be told apart from the rest
  const isHovering = hoveredId !== null && hoveredId !== selectedId && workbench.get(hoveredId) !== undefined;
  const isolatedId = isHovering && !isSelecting ? hoveredId : null;
  const isAdjustable = selected !== undefined && !isSelecting && rights.canChange(selected);
  const look: ReaderLook = useMemo(
    () => ({ selectedId, isAdjustable, isolatedId, dimmedLabels, patterns }),
    [selectedId, isAdjustable, isolatedId, dimmedLabels, patterns],
  );
  const arcs = useArcs({ document, workbench, snapshot, labels, selectedId, showsAll: showsAllArcs });
  const rects = useCallback(() => pane.current?.rectsOf(selection?.fragments ?? []) ?? [], [selection]);

  const drawn = useDrawnRelation({
    document,
    workbench,
    labels,
    from: rights.canAnnotate && !isSelecting ? selected : undefined,
    say: setSaid,
  });
  // the list shows what a line may be drawn to
  const listed = useMemo(
    () => (drawn.isByPointer ? calmInText.filter((entry) => drawn.rules?.isPossible(entry)) : calmInText),
    [drawn.isByPointer, drawn.rules, calmInText],
  );

  const getPane = useCallback(() => pane.current, []);
  const visible = useCallback(() => pane.current?.visible() ?? { start: 0, end: 0 }, []);

  const presence = usePresence({
    documentId: document.id,
    viewerId: document.viewer.id,
    selection: selection?.fragments,
    annotationId: selectedId,
    visible,
    movement,
  });

  // an address that names an annotation leads to it, once it is there
  useEffect(() => {
    const entry = isComplete && requestedId !== null ? workbench.get(requestedId) : undefined;
    if (entry !== undefined)
      void window.document.fonts.ready.then(() => pane.current?.reveal(entry.fragments, true));
  }, [requestedId, isComplete, workbench]);

  const act = createActions({
    workbench,
    rights,
    labels,
    inText,
    walked: () =>
      filterEntries(
        inText.filter((entry) => !dimmedLabels.has(entry.labelId)),
        filter,
        talk,
      ),
    pane: getPane,
    selectedId,
    selected,
    selection,
    armed,
    select,
    say: setSaid,
    arm,
    hover: setHoveredId,
    openInspector: () => {
      if (isNarrow) inspector.open();
    },
    openKeys: keys.open,
    toggleArcs: allArcs.toggle,
    toggleGuidelines: guidelines.toggle,
    askRelation: () => setAsksRelation((count) => count + 1),
    askComment: () => setAsksComment(true),
    find,
    goToDocument,
    toggleDone: status.toggleDone,
    copyLink: (annotationId) => copyLink(document.id, annotationId),
    askMarkAll: (text, label) =>
      setToMark({ text, label, options: { matchesCase: false, wholeWords: true } }),
  });
  useWorkbenchKeys(offered, hasSingleKeys, {
    onLabel: act.tag,
    onCommand: (command) => act.commands[command](),
    onEdge: act.moveEdge,
  });

  const onSelection = (next: TextSelection | null) => {
    setSelection(next);
    if (next?.isFinal === true) act.takeSelection(next);
  };

  const showInText = useLatest(act.goTo);
  const deleteSelected = useLatest(act.commands.delete);
  const command = useLatest((wanted: WorkbenchCommand) => void act.commands[wanted]());
  const groups = (typed: string) =>
    paletteGroups(
      {
        canAnnotate: rights.canAnnotate,
        hasSelected: selected !== undefined,
        hasPlace: selection !== null || selected !== undefined,
        hasSingleKeys,
        offered,
        labels,
        inText,
        onCommand: (wanted) => void act.commands[wanted](),
        onLabel: act.tag,
        onAnnotation: act.goTo,
      },
      typed,
    );
  const list = (
    <DocumentList
      projectId={document.project.id}
      documentId={document.id}
      openCount={calmInText.length}
      openStatus={status.mine}
      onClose={documents.close}
    />
  );
  const panel = (
    <AnnotationsPanel
      document={document}
      workbench={workbench}
      labels={labels}
      rights={rights}
      selectedId={drawn.isByPointer ? null : calmSelectedId}
      inText={listed}
      dimmedLabels={dimmedLabels}
      visible={visible}
      movement={movement}
      presence={presence}
      asksRelation={asksRelation}
      isComplete={isComplete}
      filter={filter}
      discussions={discussions}
      talk={talk}
      members={members}
      asksComment={asksComment}
      onCommentAsked={answerComment}
      onFilter={setFilter}
      onSay={setSaid}
      onSelect={showInText}
      onHover={setHoveredId}
      onDelete={deleteSelected}
      onCommand={command}
    />
  );

  return (
    <div className={css.page}>
      <TopBar
        crumbs={[
          { label: document.project.name, to: `/projects/${document.project.id}` },
          { label: document.title },
        ]}
        status={<StatusWord document={document} workbench={workbench} onShow={showInText} />}
        palette={<CommandPalette projectId={document.project.id} role={role} groups={groups} />}
        right={
          <PresentFaces
            presence={presence}
            workbench={workbench}
            labels={labels}
            most={isNarrow ? 2 : 5}
            onGoTo={act.goToPerson}
          />
        }
      />
      {standing.isRoleNew && role !== null && (
        <RoleNotice document={document} workbench={workbench} role={role} onSeen={standing.markRoleSeen} />
      )}
      <WorkbenchLayout
        isNarrow={isNarrow}
        projectId={document.project.id}
        documents={{ isShown: showsDocuments, close: documents.close, content: list }}
        inspector={{ isShown: showsInspector && selection === null, close: inspector.close, content: panel }}
        guidelines={{ isShown: showsGuidelines, close: guidelines.close }}
      >
        <TextBar
          workbench={workbench}
          labels={document.labels}
          inText={calmInText}
          dimmedLabels={dimmedLabels}
          patterns={patterns}
          showsAllArcs={showsAllArcs}
          canUndo={rights.canAnnotate}
          armed={rights.canAnnotate ? armed : null}
          said={said}
          isNarrow={isNarrow}
          hasHiddenDocuments={isNarrow || !showsDocuments}
          onDimmed={setDimmedLabels}
          onPatterns={setPatterns}
          showsGuidelines={showsGuidelines}
          onArcs={allArcs.toggle}
          onGuidelines={guidelines.toggle}
          onDisarm={() => arm(null)}
          onTravel={(side) => act.commands[side]()}
          onKeys={keys.open}
          onDocuments={documents.open}
          onInspector={inspector.open}
        />
        {/* There before there is anything to say, so that it is announced when somebody archives the document. */}
        <div role="status">
          {isArchived && (
            <ArchivedBar document={document} standing={standing} mayTakeOut={rights.canManage} />
          )}
          {isMissing && <MissingAnnotation onClose={() => select(null)} />}
        </div>
        {find.isOpen && (
          <FindBar
            find={find}
            text={document.text}
            pane={getPane}
            held={(selection ?? selected)?.fragments ?? []}
            labels={rights.canAnnotate ? offered : []}
            hasSingleKeys={hasSingleKeys}
            onMark={act.mark}
            onMarkAll={(text) => setToMark({ text, label: null, options: find.options })}
          />
        )}
        <ReadingPane
          ref={pane}
          text={document.text}
          language={document.language}
          feed={feed}
          others={presence.others}
          look={look}
          arcs={arcs}
          linkRules={drawn.rules}
          name={t("workbench:text")}
          description={t("workbench:describe", { count: inText.length })}
          header={
            <DocumentHeader document={document}>
              <StatusControl status={status} canSet={rights.canAnnotate} hasSingleKeys={hasSingleKeys} />
            </DocumentHeader>
          }
          onPick={act.pick}
          onHover={setHoveredId}
          onReshape={act.reshape}
          onSelection={onSelection}
          onDrawing={drawn.onDrawing}
          onLink={drawn.link}
          onNoLink={setSaid}
          onMove={movement.notify}
        />
        {selection?.isFinal === true && rights.canAnnotate && armed === null && (
          <LabelPalette
            labels={offered}
            quote={selection.quote}
            wordCount={isNarrow ? countWords(selection.quote, segmenters) : 0}
            isSheet={isNarrow}
            rects={rects}
            movement={movement}
            onLabel={act.tag}
            onReshape={(how) => pane.current?.reshapeSelection(how)}
            onAddPart={() => pane.current?.addPartNext()}
            onMarkAll={() => act.commands.markAll()}
          />
        )}
      </WorkbenchLayout>
      {toMark !== null && (
        <MarkAllDialog
          wanted={toMark}
          text={document.text}
          inText={inText}
          labels={offered}
          onMark={act.markAll}
          onClose={() => setToMark(null)}
        />
      )}
      {drawn.choice !== null && <RelationKinds choice={drawn.choice} onClose={drawn.endChoice} />}
      <KeysDialog isOpen={showsKeys} onClose={keys.close} labels={offered} canAnnotate={rights.canAnnotate} />
      <VisuallyHidden live>{said}</VisuallyHidden>
    </div>
  );
}
