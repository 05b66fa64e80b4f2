// What both kinds of clients of this benchmark are told and what they tell: the same writes in the same number.

/** One client; each waits for its answer before its next write. */
export interface Client {
  token: string;
  personId: string;
  projectId: string;
  documentId: string;
  layerId: string;
  labelId: string;
}

export interface Order {
  /** The API's address, or the database's. */
  url: string;
  clients: Client[];
  seconds: number;
  /** So that no two runs mark the same places or use the same ids. */
  run: number;
}

export interface Report {
  writes: number;
  failed: number;
  /** How long each took, ms. */
  times: number[];
  /** CPU that the clients' process used, ms. */
  cpu: number;
}

/** The text of every document; clients of one document mark places of their own. */
export const TEXT = "The minister said that the bridge would open in May. ".repeat(200);

/** The place of a client's next write. */
export function placeOf(client: number, write: number): { start: number; end: number } {
  const start = (client * 311 + write * 7) % (TEXT.length - 100);
  return { start, end: start + 10 + (write % 80) };
}

/** Lets each client write one after the other until the time is over. */
export async function writeFor(
  { clients, seconds }: Order,
  write: (client: Client, index: number, count: number) => Promise<boolean>,
): Promise<Report> {
  const report: Report = { writes: 0, failed: 0, times: [], cpu: 0 };
  const before = process.cpuUsage();
  const end = performance.now() + seconds * 1_000;
  await Promise.all(
    clients.map(async (client, index) => {
      for (let count = 0; performance.now() < end; count++) {
        const begun = performance.now();
        if (await write(client, index, count)) report.writes++;
        else report.failed++;
        report.times.push(performance.now() - begun);
      }
    }),
  );
  const { user, system } = process.cpuUsage(before);
  report.cpu = (user + system) / 1_000;
  return report;
}
