import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { RecordsPlace } from "../src/memory/records/open-records.ts";
import { startRedis } from "../tests/support/redis-server.ts";
import { runStorm, type Storm, type StormOptions } from "../tests/support/storm/run-storm.ts";
import { quantile } from "./quantile.ts";
import { inMs, renderTable } from "./table.ts";

/** Processes that write checkpoints to the same threads, on a file and on a Redis; then everything is read and checked. */
const { values } = parseArgs({
  options: {
    processes: { type: "string", default: "8" },
    threads: { type: "string", default: "200" },
    seconds: { type: "string", default: "60" },
  },
});
const options: StormOptions = {
  processes: Number(values.processes),
  threads: Number(values.threads),
  seconds: Number(values.seconds),
};

const ABOUT =
  "Puts of a checkpoint and writes of its tasks that were answered; prunings, copies and deletions of threads; writes that the " +
  "store refused because the thread had changed, and that were tried again; errors; how long a put took, of all processes and the " +
  "p99 of the slowest; checkpoints found afterwards, those of them that had to be there, and faults: lost, torn, back from the dead, " +
  "orphaned.";

const HEADER = [
  "",
  "puts",
  "writes",
  "prunings",
  "copies",
  "deletions",
  "tried again",
  "errors",
  "p50",
  "p99",
  "p99 of the slowest",
  "longest",
  "fewest and most puts of a process",
  "found",
  "owed",
  "faults",
];

const home = mkdtempSync(join(tmpdir(), "finagent-storm-"));
const server = await startRedis(["--appendonly", "yes"]);
try {
  const places: [string, RecordsPlace][] = [
    ["embedded", { home, prefix: "" }],
    ["Redis", { home, redisUrl: server.url, prefix: "storm" }],
  ];
  const rows: string[][] = [];
  for (const [name, place] of places) {
    const storm = await runStorm(place, options);
    rows.push(row(name, storm));
    for (const fault of storm.findings.faults.slice(0, 20)) process.stderr.write(`${name}: ${fault}\n`);
    if (storm.findings.faults.length > 0) process.exitCode = 1;
  }
  const { processes, threads, seconds } = options;
  const title = `${processes} processes on ${threads} threads for ${seconds} seconds, one of them killed half-way`;
  process.stdout.write(renderTable({ title, about: ABOUT, header: HEADER, rows }));
} finally {
  await server.remove();
  rmSync(home, { recursive: true });
}

function row(name: string, { operations, findings }: Storm): string[] {
  const all = operations.flat();
  const done = all.filter(({ outcome }) => outcome === "done");
  const count = (kind: string): string => String(done.filter((one) => one.kind === kind).length);
  const failed = Map.groupBy(
    all.filter(({ outcome }) => !["done", "open", "BAD_ARGUMENT"].includes(outcome)),
    ({ outcome, kind }) => `${outcome} (${kind})`,
  );
  const puts = operations.map((of) => of.filter((one) => one.kind === "put" && one.outcome === "done"));
  const times = puts.map((of) => of.map(({ begin, end }) => end - begin));
  // The one that was killed and the one in its place had half the time.
  const whole = puts.slice(1, -1).map(({ length }) => length);
  return [
    name,
    count("put"),
    count("writes"),
    count("prune"),
    count("copy"),
    count("delete"),
    String(all.reduce((sum, { refused }) => sum + refused, 0)),
    failed.size === 0 ? "0" : Array.from(failed, ([code, of]) => `${of.length} ${code}`).join(", "),
    inMs(quantile(times.flat(), 0.5)),
    inMs(quantile(times.flat(), 0.99)),
    inMs(Math.max(...times.map((of) => quantile(of, 0.99)))),
    inMs(quantile(times.flat(), 1)),
    `${Math.min(...whole)} – ${Math.max(...whole)}`,
    String(findings.checkpoints),
    String(findings.owed),
    String(findings.faults.length),
  ];
}
