import { recordsWith } from "../../../src/memory/checkpoints/thread-at-rest.ts";
import {
  checkpointKey,
  CHECKPOINTS,
  CONTENTS,
  EPOCH,
  LATEST_WRITE,
  placeOfKey,
  WRITES,
} from "../../../src/memory/checkpoints/thread-keys.ts";
import { unnamedContents } from "../../../src/memory/checkpoints/unnamed-contents.ts";
import { readHeader } from "../../../src/memory/journal/run-records.ts";
import type { RecordEntry, RecordStore } from "../../../src/memory/records/record-store.ts";
import { decodeEntry } from "../../../src/memory/tape/tape-entry.ts";

const ARTIFACTS = "a/";

/**
 * Records that nothing names, or that name what is not there, in a whole store: contents that no checkpoint refers to,
 * writes without their checkpoint, artifacts that no state names, reports without their run, answers without their call.
 */
export async function orphansIn(store: RecordStore): Promise<string[]> {
  const [threads, runs, reports, answers] = await Promise.all(
    ["thread", "run", "artifact", "answer"].map(async (kind) => store.partitions(kind)),
  );
  const headers = await Promise.all(
    (runs ?? []).map(async (id) => readHeader(id, (await store.get({ kind: "run", id }, ["header"]))[0])),
  );
  const named = new Set(headers.map(({ report }) => report));
  const asked = new Set<string>();
  const loose: string[] = [];
  for (const { id, threadId, checkpointed, tool } of headers) {
    if (tool === "unknown") loose.push(`run ${id}: its header`);
    if (checkpointed && threads?.includes(threadId) !== true) loose.push(`run ${id}: thread ${threadId}`);
    for (const { key, value } of await store.range({ kind: "run", id }, { prefix: "" })) {
      if (key.startsWith("tape/")) asked.add(decodeEntry(value)?.key ?? "");
      else if (key !== "header" && !key.startsWith("event/")) loose.push(`run ${id}: ${key}`);
    }
  }
  for (const id of threads ?? []) {
    loose.push(...(await orphansOfThread(store, id, runs ?? [])).map((one) => `thread ${id}: ${one}`));
  }
  loose.push(...(reports ?? []).filter((id) => !named.has(id)).map((id) => `report ${id}`));
  loose.push(...(answers ?? []).filter((id) => !asked.has(id)).map((id) => `answer ${id}`));
  return loose;
}

async function orphansOfThread(
  store: RecordStore,
  thread: string,
  runs: readonly string[],
): Promise<string[]> {
  const all = await recordsWith(store, thread, "");
  const of = (prefix: string): RecordEntry[] => all.filter(({ key }) => key.startsWith(prefix));
  const [checkpoints, writes] = [of(CHECKPOINTS), of(WRITES)];
  const held = new Set(checkpoints.map(({ key }) => key));
  const loose = writes
    .filter(({ key }) => {
      const { namespace, id } = placeOfKey(key);
      return !held.has(checkpointKey(namespace, id));
    })
    .map(({ key }) => key);

  const unnamed = new Set(await unnamedContents(store, thread, { checkpoints, writes }));
  const states = [...checkpoints, ...writes, ...of(CONTENTS)].map(({ value }) => String(Buffer.from(value)));
  for (const { key, value } of all) {
    const owner = key === "run" ? String(Buffer.from(value)) : null;
    if (key.startsWith(CONTENTS) ? !unnamed.has(key) : held.has(key) || writes.some((one) => one.key === key))
      continue;
    if (key === EPOCH || key === LATEST_WRITE || (owner !== null && runs.includes(owner))) continue;
    const artifact = key.startsWith(ARTIFACTS) ? (key.split("/").at(-1) ?? "") : null;
    if (artifact !== null && states.some((state) => state.includes(artifact))) continue;
    if (!loose.includes(key)) loose.push(key);
  }
  return loose;
}
