import { parseArgs } from "node:util";
import { differences } from "../tests/support/kill/differences.ts";
import { killAndResume, undisturbed } from "../tests/support/kill/kill-and-resume.ts";
import { CASES, type GraphName } from "../tests/support/kill/kill-cases.ts";
import type { KillPoint } from "../tests/support/kill/kill-point.ts";
import { startRedis } from "../tests/support/redis-server.ts";

/**
 * Runs that are killed before and after every write that they make, at every reading of bars and at every question to a
 * model, on both stores; each is resumed and compared with one that nobody disturbed.
 */
const { values } = parseArgs({
  options: {
    graph: { type: "string" },
    store: { type: "string" },
    side: { type: "string", default: "2" },
  },
});

/** Points of a kind until the run is over before the point. */
const KINDS: readonly ((n: number) => KillPoint)[] = [
  (n) => ({ at: "write", n, when: "before" }),
  (n) => ({ at: "write", n, when: "after" }),
  (n) => ({ at: "bars", n }),
  (n) => ({ at: "model", n }),
];

const redis = await startRedis();
let failed = 0;
for (const graph of Object.keys(CASES).filter((name): name is GraphName => name in CASES)) {
  if (values.graph !== undefined && values.graph !== graph) continue;
  for (const store of ["embedded", "redis"]) {
    if (values.store !== undefined && values.store !== store) continue;
    const url = store === "redis" ? redis.url : null;
    const whole = await undisturbed(graph);
    const counts = { kills: 0, notBegun: 0, ended: 0, different: 0 };
    for (const kind of KINDS) {
      let [next, over] = [1, false];
      const work = async (): Promise<void> => {
        while (!over) {
          const point = kind(next++);
          const killed = await killAndResume(graph, url, point);
          if (!killed.killed) {
            over = true;
            return;
          }
          counts.kills += 1;
          if (!killed.begun) counts.notBegun += 1;
          const found = differences(killed, whole);
          if (found.length === 0) continue;
          counts.different += 1;
          process.stdout.write(
            `${graph} ${store} ${JSON.stringify(point)} after ${killed.after}:\n${found.map((one) => `  ${one}\n`).join("")}`,
          );
        }
      };
      await Promise.all(Array.from({ length: Number(values.side) }, work));
    }
    process.stdout.write(`${graph} ${store}: ${JSON.stringify(counts)}\n`);
    failed += counts.different;
  }
}
await redis.remove();
process.exitCode = failed === 0 ? 0 : 1;
