// The command palette of a project's pages: a button in the bar and Ctrl+K or ⌘K. To what its page offers it adds the
// project's documents and tabs; what was chosen lately comes first.
import { useQuery } from "@apollo/client/react";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import type { Role } from "../../gql/graphql.ts";
import { graphql } from "../../gql/index.ts";
import { Kbd } from "../../ui/Kbd.tsx";
import { characterOf } from "../../ui/key-character.ts";
import { PaletteDialog, type PaletteGroup, type PaletteItem } from "../../ui/PaletteDialog.tsx";
import { rankMatches } from "../../ui/rank-matches.ts";
import { t } from "../../words/words.ts";
import { isAtLeast } from "../role.ts";
import { useViewer } from "../viewer.ts";
import css from "./CommandPalette.module.css";
import { noteRecent, type RecentItem, readRecent } from "./recent-items.ts";

const TitlesDocument = graphql(`
  query DocumentTitles($projectId: ID!, $query: String) {
    project(id: $projectId) {
      id
      documents(first: 20, query: $query, archived: false) {
        nodes { id title }
        totalCount
      }
    }
  }
`);

export interface CommandPaletteProps {
  readonly projectId: string;
  readonly role: Role | null;
  /** What the page itself offers for what was typed, as things stand when the palette opens. */
  readonly groups?: (typed: string) => readonly PaletteGroup[];
}

const SEARCH_DELAY_MS = 150;
const MOST_RECENT = 6;

export function CommandPalette(props: CommandPaletteProps) {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isAsked =
        (event.ctrlKey || event.metaKey) &&
        !event.altKey &&
        !event.shiftKey &&
        characterOf(event) === "k" &&
        !event.defaultPrevented;
      if (!isAsked || document.querySelector("[aria-modal=true]") !== null) return;
      event.preventDefault();
      setIsOpen(true);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <button type="button" className={css.button} onClick={() => setIsOpen(true)}>
        <IconSearch size={15} stroke={1.5} role="img" aria-label={t("frame:palette.button")} />
        <span aria-hidden>
          <Kbd>{t("frame:palette.shortcut")}</Kbd>
        </span>
      </button>
      {isOpen && <OpenPalette {...props} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function OpenPalette({ projectId, role, groups, onClose }: CommandPaletteProps & { onClose: () => void }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [recent] = useState(() => readRecent(viewer.id));
  // the field takes the selection out of the text: what is offered goes on what was selected before
  const [offered] = useState(() => groups);
  const [query] = useDebouncedValue(typed.trim(), SEARCH_DELAY_MS);
  const { data, previousData, loading } = useQuery(TitlesDocument, {
    variables: { projectId, query: query === "" ? null : query },
    fetchPolicy: "cache-and-network",
  });
  const go = (to: string) => () => void navigate(to);
  const documentItem = (document: { id: string; title: string }): PaletteItem => ({
    id: `document:${document.id}`,
    name: document.title,
    isCorpus: true,
    run: go(`/documents/${document.id}`),
  });
  const base = `/projects/${projectId}`;
  const pages: PaletteItem[] = [
    { id: "page:documents", name: t("page.documents"), run: go(base) },
    { id: "page:codebook", name: t("page.codebook"), run: go(`${base}/codebook`) },
    { id: "page:guidelines", name: t("page.guidelines"), run: go(`${base}/guidelines`) },
    { id: "page:team", name: t("page.team"), run: go(`${base}/team`) },
    { id: "page:download", name: t("page.export"), run: go(`${base}/download`) },
    ...(role !== null && isAtLeast(role, "CURATOR")
      ? [{ id: "page:settings", name: t("page.settings"), run: go(`${base}/settings`) }]
      : []),
    { id: "page:projects", name: t("frame:palette.allProjects"), run: go("/") },
    { id: "page:account", name: t("frame:palette.yourAccount"), run: go("/account") },
  ];
  const titles = (data ?? previousData)?.project?.documents.nodes ?? [];
  const all: readonly PaletteGroup[] = [
    ...(offered?.(typed.trim()) ?? []),
    { name: t("page.documents"), items: rankMatches(titles.map(documentItem), typed) },
    { name: t("frame:palette.pages"), items: rankMatches(pages, typed) },
  ];
  const shown = typed.trim() === "" ? withRecentFirst(all, recent, projectId, documentItem) : all;

  const run = (item: PaletteItem) => {
    const title = item.id.startsWith("document:") ? item.name : null;
    const document = title === null ? undefined : { id: item.id.slice("document:".length), title, projectId };
    noteRecent(viewer.id, { id: item.id, ...(document && { document }) });
    item.run();
  };
  return (
    <PaletteDialog
      typed={typed}
      onTyped={setTyped}
      groups={shown.filter(({ items }) => items.length > 0)}
      isSearching={loading || query !== typed.trim()}
      onRun={run}
      onClose={onClose}
    />
  );
}

/** What was chosen lately, as far as it can be chosen here, in a group of its own before the others. */
function withRecentFirst(
  groups: readonly PaletteGroup[],
  recent: readonly RecentItem[],
  projectId: string,
  documentItem: (document: { id: string; title: string }) => PaletteItem,
): readonly PaletteGroup[] {
  const known = new Map(groups.flatMap(({ items }) => items.map((item) => [item.id, item])));
  const items = recent
    .flatMap(({ id, document }) => {
      const item = known.get(id);
      if (item !== undefined) return [item];
      return document?.projectId === projectId ? [documentItem(document)] : [];
    })
    .slice(0, MOST_RECENT);
  const taken = new Set(items.map(({ id }) => id));
  return [
    { name: t("frame:palette.recent"), items },
    ...groups.map((group) => ({ ...group, items: group.items.filter(({ id }) => !taken.has(id)) })),
  ];
}
