import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openRecords, type RecordsPlace } from "../../../src/memory/records/open-records.ts";
import { ended } from "../finagent-process.ts";
import { checkStorm, type StormFindings } from "./check-storm.ts";
import { type Operation, readOperations } from "./operation.ts";
import type { StormCall } from "./storm-process.ts";

export interface StormOptions {
  readonly processes: number;
  readonly threads: number;
  readonly seconds: number;
}

export interface Storm {
  /** Of each process, also of the one that was killed. */
  readonly operations: readonly (readonly Operation[])[];
  readonly findings: StormFindings;
}

const PROCESS = fileURLToPath(new URL("storm-process.ts", import.meta.url));

/**
 * Many processes write to the same threads of one store; half-way one of them is killed, and another takes its place. Then
 * all that the store holds is checked.
 */
export async function runStorm(
  place: RecordsPlace,
  { processes, threads, seconds }: StormOptions,
): Promise<Storm> {
  const folder = mkdtempSync(join(tmpdir(), "finagent-storm-"));
  const logs: string[] = [];
  const go = join(folder, "go");
  const start = (name: string, forSeconds: number) => {
    const log = join(folder, `${name}.jsonl`);
    logs.push(log);
    const call: StormCall = { place, log, go, name, threads, seconds: forSeconds };
    const child = spawn(process.execPath, [PROCESS, JSON.stringify(call)]);
    return { child, end: ended(child) };
  };
  try {
    const all = Array.from({ length: processes }, (_, k) => start(`p${k}`, seconds));
    while (!logs.every(existsSync) && all.every(({ child }) => child.exitCode === null)) await sleep(20);
    writeFileSync(go, "");
    await sleep(500 * seconds);
    all.shift()?.child.kill("SIGKILL");
    all.push(start("second", seconds / 2));
    for (const { status, stderr } of await Promise.all(all.map(async ({ end }) => end))) {
      if (status !== 0) throw new Error(`A process of the storm has ended with ${status}:\n${stderr}`);
    }
    const operations = logs.map(readOperations);
    const store = await openRecords({ ...place, clock: { now: Date.now } });
    const findings = await checkStorm(store, operations.flat());
    await store.close();
    return { operations, findings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
