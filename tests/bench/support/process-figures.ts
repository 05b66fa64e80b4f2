// What a process has used of the machine. From /proc, so on Linux.
import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";

/** Of each of its threads: how long it has run, and how long it was ready to run while others had the cores; ns. */
async function threadsOf(pid: number): Promise<{ ran: number; waited: number }[]> {
  const folder = `/proc/${pid}/task`;
  return Promise.all(
    (await readdir(folder)).map(async (thread) => {
      const [ran, waited] = (await readFile(`${folder}/${thread}/schedstat`, "utf8")).split(" ").map(Number);
      return { ran: ran ?? Number.NaN, waited: waited ?? Number.NaN };
    }),
  );
}

/** CPU time that a process has used, user and system; ms. */
export async function cpuOf(pid: number): Promise<number> {
  const threads = await threadsOf(pid);
  return threads.reduce((sum, { ran }) => sum + ran, 0) / 1e6;
}

/** How long a process's busiest thread was ready to run while others had the cores; ms. */
export async function waitedForCore(pid: number): Promise<number> {
  const [busiest] = (await threadsOf(pid)).sort((a, b) => b.ran - a.ran);
  return (busiest?.waited ?? Number.NaN) / 1e6;
}

/** Resident memory of a process, MB. */
export async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

/** The most resident memory that a process has from now until it is stopped, MB. */
export function watchMemory(pid: number): { stop(): number } {
  let peak = 0;
  const look = () => {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
    peak = Math.max(peak, (pages * 4_096) / 1024 ** 2);
  };
  const timer = setInterval(look, 50);
  look();
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}
