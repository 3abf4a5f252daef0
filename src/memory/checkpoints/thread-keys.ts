import type { Partition } from "../records/record-store.ts";

/** Everything of a thread in one partition. */
export const threadPartition = (id: string): Partition => ({ kind: THREADS, id });

export const THREADS = "thread";

/** A name drawn anew whenever records of a thread are taken away, so that nobody relies on what is gone. */
export const EPOCH = "epoch";

/** Drawn anew with every write, so that pruning sees whether somebody wrote meanwhile. */
export const LATEST_WRITE = "latest-write";

export const CONTENTS = "o/";
export const CHECKPOINTS = "c/";
export const WRITES = "w/";

const part = encodeURIComponent;

export const contentKey = (hash: string): string => `${CONTENTS}${hash}`;

export const checkpointsOf = (namespace: string): string => `${CHECKPOINTS}${part(namespace)}/`;

export const checkpointKey = (namespace: string, id: string): string =>
  `${checkpointsOf(namespace)}${part(id)}`;

export const writesOf = (namespace: string, id: string): string => `${WRITES}${part(namespace)}/${part(id)}/`;

/** Writes of a task stand in their order; special ones (errors, interrupts) have negative numbers. */
export const writeKey = (namespace: string, id: string, task: string, index: number): string =>
  `${writesOf(namespace, id)}${part(task)}/${index < 0 ? "-" : "n"}${String(Math.abs(index)).padStart(6, "0")}`;

/** Which checkpoint a key of a checkpoint or of a write belongs to. */
export function placeOfKey(key: string): { namespace: string; id: string; task: string } {
  const [, namespace = "", id = "", task = ""] = key.split("/").map(decodeURIComponent);
  return { namespace, id, task };
}
