// One lock for a checkout, so that two scripts started at once don't install or build over each other.
// It names its holder and the command the holder is running; when neither lives any more, the next one takes it.
import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { stateFolder } from "./toolbox.mjs";

const lockFile = join(stateFolder, "lock");
const takeoverFolder = join(stateFolder, "lock.takeover");

/** A live holder touches the lock every second; one that did not for so long is gone, its process id reused. */
const silentMs = 60_000;
/** Between making a file and having filled it nobody takes longer. */
const halfMadeMs = 5_000;

/**
 * Waits until this process holds the lock.
 * @param {() => void} onWait called once, when somebody else has it
 * @returns {Promise<{ release: () => void, include: (pid: number) => void }>} `include` keeps the lock closed
 *   while that process lives, even if this one is killed
 */
export async function acquireLock(onWait) {
  mkdirSync(stateFolder, { recursive: true });
  for (let attempt = 0; !tryToMake(); attempt++) {
    if (isAbandoned()) removeAbandoned();
    else {
      if (attempt === 0) onWait();
      await delay(100);
    }
  }
  // Somebody may have removed the folder, or taken over from a machine that slept.
  const isOurs = () => readHolder()?.pids[0] === process.pid;
  const beat = setInterval(() => isOurs() && utimesSync(lockFile, new Date(), new Date()), 1_000).unref();
  const release = () => {
    clearInterval(beat);
    process.off("exit", release);
    if (isOurs()) rmSync(lockFile, { force: true });
  };
  process.on("exit", release);
  return { release, include: (pid) => isOurs() && writeFileSync(lockFile, content(pid)) };
}

/** @param {number[]} others */
const content = (...others) => JSON.stringify({ host: hostname(), pids: [process.pid, ...others] });

function tryToMake() {
  try {
    writeFileSync(lockFile, content(), { flag: "wx" });
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

function isAbandoned() {
  const ageMs = fileAgeMs(lockFile);
  if (ageMs === undefined) return false;
  const holder = readHolder();
  if (!holder) return ageMs > halfMadeMs;
  if (ageMs > silentMs) return !holder.pids.slice(1).some(isAlive);
  return holder.host === hostname() && !holder.pids.some(isAlive);
}

/** Looks again behind a second, very short lock: otherwise two waiters could each remove the other's new one. */
function removeAbandoned() {
  try {
    mkdirSync(takeoverFolder);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
    if ((fileAgeMs(takeoverFolder) ?? 0) > halfMadeMs) rmdirSync(takeoverFolder);
    return;
  }
  try {
    if (isAbandoned()) rmSync(lockFile, { force: true });
  } finally {
    rmdirSync(takeoverFolder);
  }
}

/** @returns {{ host: string, pids: number[] } | undefined} undefined while it is being written, or gone */
function readHolder() {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError || isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, "ESRCH");
  }
}

/** @param {string} path */
function fileAgeMs(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && Date.now() - stats.mtimeMs;
}

/** @param {unknown} error @param {string} code */
const isCode = (error, code) => error instanceof Error && "code" in error && error.code === code;
