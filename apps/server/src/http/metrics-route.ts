/** `GET /metrics`: the live part in numbers, as Prometheus reads them. For whoever holds ADMIN_TOKEN. */
import type { FastifyInstance } from "fastify";
import { forbidden, unauthenticated } from "../errors.ts";
import type { Live } from "../live/live.ts";
import { slowSockets } from "../live/receiver.ts";
import type { Presence } from "../presence/presence.ts";

/** Name, type, meaning and value of each. */
function metricsOf(
  { busState, watcherCount, groups }: Live,
  presence: Presence,
): [string, "gauge" | "counter", string, number][] {
  const present = presence.counts();
  return [
    ["concord_bus_up", "gauge", "0 while Redis is away; 1 also without one.", busState() === "away" ? 0 : 1],
    ["concord_watchers", "gauge", "Open subscriptions to documents.", watcherCount()],
    ["concord_watcher_groups", "gauge", "Groups that share each execution.", groups.size()],
    ["concord_batches_made_total", "counter", "Executions for watchers.", groups.counts.made],
    ["concord_batches_delivered_total", "counter", "Messages to watchers.", groups.counts.delivered],
    ["concord_slow_sockets_total", "counter", "Sockets closed for reading too slowly.", slowSockets.closed],
    ["concord_people_present", "gauge", "People at a document, at any server.", present.people],
    ["concord_documents_present", "gauge", "Documents somebody is at, at any server.", present.documents],
  ];
}

/** Adds the route. */
export function addMetrics(app: FastifyInstance, live: Live, presence: Presence): void {
  app.get("/metrics", async ({ caller }, reply) => {
    if (caller === null) throw unauthenticated();
    if (caller.credential.kind !== "admin") throw forbidden("Metrics are read with ADMIN_TOKEN.");
    const lines = metricsOf(live, presence).flatMap(([name, type, help, value]) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      `${name} ${value}`,
    ]);
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(`${lines.join("\n")}\n`);
  });
}
