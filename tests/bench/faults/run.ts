// Two real servers on one database, with Redis between them: people write, many watch, and a killer takes things away
// by a schedule that a seed repeats. In the end every watcher must have seen every revision once, and every write that
// was acknowledged must be there, once.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startTcpProxy, type TcpProxy } from "../../support/tcp-proxy.ts";
import { ADMIN_TOKEN, type ConcordProcess, startConcord } from "../support/concord-process.ts";
import { makeDocument } from "../support/measured-document.ts";
import { createRandom, type Random } from "./random.ts";
import { startWatcher, type Watcher } from "./watcher.ts";

export interface FaultPlan {
  seed: number;
  seconds: number;
  writers: number;
  watchers: number;
  /** An empty database to itself. */
  databaseUrl: string;
  redisUrl: string;
}

export interface FaultReport {
  seed: number;
  /** How often each fault was done. */
  faults: Record<string, number>;
  writes: number;
  watchers: number;
  /** How often watchers had to come back. */
  returns: number;
  gaps: number;
  repeats: number;
  /** Acknowledged writes that are not in the log, and changes that a watcher has not seen or saw as something else. */
  losses: number;
  /** Writes that are in the log more than once. */
  doubles: number;
}

const CREATE = `mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { revision } }`;

/** Longest wait for the end: all servers up, nothing taken away any more. */
const CATCH_UP_WITHIN = 60_000;

/** One of the servers; it comes back under the same address. */
interface Place {
  url: string;
  process: ConcordProcess | null;
}

/** All that a fault can be done to. */
interface World {
  /** The killer's. */
  random: Random;
  places: Place[];
  redis: TcpProxy;
  database: TcpProxy;
  watchers: Watcher[];
  writes: { count: number };
  admin: pg.Pool;
  start(place: Place): Promise<void>;
}

async function killAndRestart({ start }: World, place: Place): Promise<void> {
  const killed = place.process;
  place.process = null;
  await killed?.kill();
  await start(place);
}

const FAULTS: Record<string, (world: World) => Promise<void>> = {
  "kill -9 of a server": (world) => killAndRestart(world, world.random.pick(world.places)),
  // What is committed from here on is said to nobody else: as if each had died right after its commit.
  async "kill -9 between commit and publish"(world) {
    world.redis.hang();
    const written = world.writes.count;
    for (let tries = 0; tries < 40 && world.writes.count < written + 3; tries++) await sleep(25);
    await killAndRestart(world, world.random.pick(world.places));
    await world.redis.stop();
    await world.redis.start();
  },
  async "Redis away"({ redis, random }) {
    await redis.stop();
    await sleep(200 + random.below(1_500));
    await redis.start();
  },
  async "Redis hanging"({ redis, random }) {
    redis.hang();
    await sleep(200 + random.below(1_500));
    await redis.start();
  },
  async "database connections ended"({ admin }) {
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
  },
  async "database away"({ database, random }) {
    await database.stop();
    await sleep(100 + random.below(700));
    await database.start();
  },
  async "sockets cut"({ watchers, random }) {
    for (const watcher of watchers) if (random.below(3) === 0) watcher.cut();
  },
  async "watchers not reading"({ watchers, random }) {
    await Promise.all(watchers.filter(() => random.below(4) === 0).map((it) => it.rest(random.below(2_000))));
  },
};

/** Sends a write until it is acknowledged, always under the same id; null when time is over first. */
async function writeOnce(url: () => string, input: object, isOver: () => boolean): Promise<number | null> {
  while (!isOver()) {
    try {
      const response = await fetch(`${url()}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${ADMIN_TOKEN}` },
        body: JSON.stringify({ query: CREATE, variables: { i: input } }),
        signal: AbortSignal.timeout(4_000),
      });
      const { data }: { data?: { createAnnotation: { revision: number } } | null } = await response.json();
      if (data) return data.createAnnotation.revision;
    } catch {
      // Nobody there, or no answer: it may have been done or not, and is sent again.
    }
    await sleep(50);
  }
  return null;
}

/** Runs a plan to its end. */
export async function runFaults(plan: FaultPlan): Promise<FaultReport> {
  const random = createRandom(plan.seed);
  // Of their own: what people do must not change the killer's schedule.
  const others = createRandom(plan.seed + 1);
  const databaseUrl = new URL(plan.databaseUrl);
  const redisUrl = new URL(plan.redisUrl);
  const database = await startTcpProxy(Number(databaseUrl.port || 5432));
  const redis = await startTcpProxy(Number(redisUrl.port || 6379));
  databaseUrl.host = `127.0.0.1:${database.port}`;
  redisUrl.host = `127.0.0.1:${redis.port}`;
  const admin = new pg.Pool({ connectionString: plan.databaseUrl, max: 1 });
  admin.on("error", () => {});
  const env = { DATABASE_URL: databaseUrl.href, REDIS_URL: redisUrl.href, DATA_DIR: "/nonexistent" };
  const places: Place[] = [];
  const watchers: Watcher[] = [];
  try {
    for (let index = 0; index < 2; index++) {
      const started = await startConcord(env);
      places.push({ url: started.url, process: started });
    }
    const [{ process: first } = { process: null }] = places;
    if (first === null) throw new Error("no server");
    const { documentId, labelId } = await makeDocument(first);
    const pickUrl = () => others.pick(places).url;
    for (let index = 0; index < plan.watchers; index++)
      watchers.push(startWatcher(pickUrl, documentId, others));

    const world: World = {
      random,
      places,
      redis,
      database,
      watchers,
      writes: { count: 0 },
      admin,
      async start(place) {
        // The database may be away just now.
        while (place.process === null) {
          place.process = await startConcord({ ...env, PORT: new URL(place.url).port }).catch(() => null);
        }
      },
    };
    const end = performance.now() + plan.seconds * 1_000;
    const isOver = () => performance.now() > end;
    const acknowledged = new Map<string, number>();
    const write = async () => {
      while (!isOver()) {
        const clientMutationId = randomUUID();
        const fragments = [{ start: others.below(2_000), end: 2_010 }];
        // Goes on after the end: a write that was begun is seen through.
        const input = { documentId, labelId, fragments, clientMutationId };
        const giveUp = () => performance.now() > end + CATCH_UP_WITHIN;
        const revision = await writeOnce(pickUrl, input, giveUp);
        if (revision !== null) acknowledged.set(clientMutationId, revision);
        world.writes.count++;
        await sleep(others.below(60));
      }
    };
    const faults: Record<string, number> = {};
    const kill = async () => {
      let deck: string[] = [];
      while (!isOver()) {
        await sleep(200 + random.below(600));
        // Each once before any comes again, so that a short run has them all.
        if (deck.length === 0) deck = random.shuffle(Object.keys(FAULTS));
        const name = deck.pop() ?? "";
        faults[name] = (faults[name] ?? 0) + 1;
        await FAULTS[name]?.(world);
      }
    };
    await Promise.all([kill(), ...Array.from({ length: plan.writers }, write)]);
    return { seed: plan.seed, faults, ...(await judge(admin, documentId, acknowledged, watchers)) };
  } finally {
    for (const watcher of watchers) watcher.stop();
    for (const { process } of places) await process?.kill();
    await admin.end();
    await database.dispose();
    await redis.dispose();
  }
}

/** Waits until everybody has had time to catch up, and counts what is wrong. */
async function judge(
  admin: pg.Pool,
  documentId: string,
  acknowledged: ReadonlyMap<string, number>,
  watchers: readonly Watcher[],
): Promise<Omit<FaultReport, "seed" | "faults">> {
  const { rows } = await admin.query<{ revision: number; id: string }>(
    `select c.revision, c.client_mutation_id as id from layer_change c join layer l on l.id = c.layer_id
     where l.document_id = $1 order by c.revision`,
    [documentId],
  );
  const log = rows.map(({ id }) => id);
  const patience = performance.now() + CATCH_UP_WITHIN;
  while (watchers.some((it) => it.revision() < log.length) && performance.now() < patience) await sleep(50);
  const lostWrites = [...acknowledged].filter(([id, revision]) => log[revision - 1] !== id).length;
  const unseen = watchers.map(({ seen }) => log.filter((id, index) => seen[index] !== id).length);
  const sum = (numbers: number[]) => numbers.reduce((total, it) => total + it, 0);
  return {
    writes: acknowledged.size,
    watchers: watchers.length,
    returns: sum(watchers.map((it) => it.returns)),
    gaps: sum(watchers.map((it) => it.gaps)),
    repeats: sum(watchers.map((it) => it.repeats)),
    losses: lostWrites + sum(unseen),
    doubles: log.length - new Set(log).size,
  };
}
