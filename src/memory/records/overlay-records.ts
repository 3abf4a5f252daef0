import type { Batch, KeyRange, Partition, RecordEntry, RecordStore } from "./record-store.ts";

/**
 * A store as another one is, whose changes stay in the memory of this process: the other one is read and never written. A
 * partition is read as a whole when it is first changed.
 */
export function overlayRecords(under: RecordStore): RecordStore {
  const changed = new Map<string, Promise<Map<string, Uint8Array>>>();
  const nameOf = ({ kind, id }: Partition): string => `${kind}/${id}`;

  const own = (partition: Partition): Promise<Map<string, Uint8Array>> => {
    const name = nameOf(partition);
    const held = changed.get(name) ?? wholeOf(under, partition);
    changed.set(name, held);
    return held;
  };

  async function range(partition: Partition, wanted: KeyRange): Promise<RecordEntry[]> {
    const held = await changed.get(nameOf(partition));
    if (held === undefined) return under.range(partition, wanted);
    const { prefix, after, reverse = false, limit = Infinity } = wanted;
    const entries = Array.from(held, ([key, value]) => ({ key, value }))
      .filter(({ key }) => key.startsWith(prefix))
      .sort((a, b) => (reverse ? -1 : 1) * inOrder(a.key, b.key))
      .filter(({ key }) => after === undefined || inOrder(key, after) * (reverse ? -1 : 1) > 0);
    return entries.slice(0, limit);
  }

  return {
    get: async (partition, keys) => {
      const held = await changed.get(nameOf(partition));
      return held === undefined ? under.get(partition, keys) : keys.map((key) => held.get(key) ?? null);
    },
    range,
    keys: async (partition, wanted) =>
      changed.has(nameOf(partition))
        ? (await range(partition, wanted)).map(({ key }) => key)
        : under.keys(partition, wanted),
    write: async (partition, { put = [], delete: gone = [], expect = [] }: Batch) => {
      const held = await own(partition);
      if (!expect.every(({ key, value }) => sameBytes(held.get(key) ?? null, value))) return false;
      for (const key of gone) held.delete(key);
      for (const { key, value } of put) held.set(key, Uint8Array.from(value));
      return true;
    },
    drop: (partition) => {
      changed.set(nameOf(partition), Promise.resolve(new Map<string, Uint8Array>()));
      return Promise.resolve();
    },
    partitions: async (kind, { prefix = "", after, reverse = false, limit = Infinity } = { prefix: "" }) => {
      const ids = new Set(await under.partitions(kind, { prefix }));
      for (const [name, records] of changed) {
        const id = name.slice(kind.length + 1);
        if (!name.startsWith(`${kind}/`) || !id.startsWith(prefix)) continue;
        if ((await records).size > 0) ids.add(id);
        else ids.delete(id);
      }
      return [...ids]
        .sort((a, b) => (reverse ? -1 : 1) * inOrder(a, b))
        .filter((id) => after === undefined || inOrder(id, after) * (reverse ? -1 : 1) > 0)
        .slice(0, limit);
    },
    close: () => Promise.resolve(),
  };
}

async function wholeOf(under: RecordStore, partition: Partition): Promise<Map<string, Uint8Array>> {
  const entries = await under.range(partition, { prefix: "" });
  return new Map(entries.map(({ key, value }) => [key, value]));
}

/** As UTF-8 bytes compare. */
function inOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
}
