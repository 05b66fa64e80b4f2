/** Sends one file that the server has to read, and waits for what becomes of it. */
import { basename } from "node:path";
import type { ConcordClient, ImportJob, ImportOptions } from "@concord/client";
import type { Context } from "./context.ts";
import { openInput } from "./input.ts";
import type { Progress } from "./progress.ts";

/**
 * Uploads and waits; an import that the person interrupts is called off.
 * @throws Failure when the file can't be read, ConcordError when the server does not take it
 */
export async function importFile(
  context: Context,
  client: ConcordClient,
  projectId: string,
  path: string,
  how: ImportOptions,
  progress: Progress,
): Promise<ImportJob> {
  const { signal } = context;
  const file = await openInput(context, path);
  let sent = 0;
  const chunks = file.read();
  const counted = async function* () {
    for await (const chunk of chunks) {
      sent += chunk.length;
      progress.show(`sending ${file.name}`, sent, file.size, "bytes");
      yield chunk;
    }
  };
  const name = path === "-" ? {} : { name: basename(path) };
  const { id } = await client.import(projectId, ReadableStream.from(counted()), { ...how, ...name, signal });
  try {
    const job = await client.job(id, {
      signal,
      onProgress: ({ done, total }) => progress.show(`reading ${file.name}`, done, total, "bytes"),
    });
    // The file is here: the server need not keep it.
    if (job.canStart) await client.cancelJob(id);
    return job;
  } catch (error) {
    if (signal.aborted) await callOff(context, client, id, file.name);
    throw error;
  }
}

/** What the server has done meanwhile is done: then there is nothing to call off. */
async function callOff({ err }: Context, client: ConcordClient, id: string, name: string): Promise<void> {
  const isCalledOff = await client.cancelJob(id).then(
    () => true,
    () => false,
  );
  await err.line(
    `concord: ${name}: ${isCalledOff ? "the import is called off; nothing of it stays." : "the import could not be called off any more."}`,
  );
}
