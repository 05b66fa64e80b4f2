// All words of the interface, a file for each part of it. Another language is a folder beside `en` with the same files.
import account from "./en/account.json" with { type: "json" };
import activity from "./en/activity.json" with { type: "json" };
import codebook from "./en/codebook.json" with { type: "json" };
import common from "./en/common.json" with { type: "json" };
import decisions from "./en/decisions.json" with { type: "json" };
import discussion from "./en/discussion.json" with { type: "json" };
import documents from "./en/documents.json" with { type: "json" };
import errors from "./en/errors.json" with { type: "json" };
import exporting from "./en/export.json" with { type: "json" };
import find from "./en/find.json" with { type: "json" };
import frame from "./en/frame.json" with { type: "json" };
import guidelines from "./en/guidelines.json" with { type: "json" };
import history from "./en/history.json" with { type: "json" };
import importing from "./en/import.json" with { type: "json" };
import inspector from "./en/inspector.json" with { type: "json" };
import keys from "./en/keys.json" with { type: "json" };
import list from "./en/list.json" with { type: "json" };
import marking from "./en/marking.json" with { type: "json" };
import outbox from "./en/outbox.json" with { type: "json" };
import presence from "./en/presence.json" with { type: "json" };
import project from "./en/project.json" with { type: "json" };
import projects from "./en/projects.json" with { type: "json" };
import relations from "./en/relations.json" with { type: "json" };
import settings from "./en/settings.json" with { type: "json" };
import start from "./en/start.json" with { type: "json" };
import status from "./en/status.json" with { type: "json" };
import team from "./en/team.json" with { type: "json" };
import ui from "./en/ui.json" with { type: "json" };
import undo from "./en/undo.json" with { type: "json" };
import workbench from "./en/workbench.json" with { type: "json" };

export const catalogue = {
  en: {
    account,
    activity,
    codebook,
    common,
    decisions,
    discussion,
    documents,
    errors,
    export: exporting,
    find,
    frame,
    guidelines,
    history,
    import: importing,
    inspector,
    keys,
    list,
    marking,
    outbox,
    presence,
    project,
    projects,
    relations,
    settings,
    start,
    status,
    team,
    ui,
    undo,
    workbench,
  },
};
