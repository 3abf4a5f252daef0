import type { IndexConfig, PutOperation } from "@langchain/langgraph-checkpoint";
import type { Clock } from "../../domain/ports.ts";
import type { Batch, RecordStore } from "../records/record-store.ts";
import { decodeItem, encodeItem, itemKey, vectorsKey } from "./item-record.ts";
import { namespacePartition } from "./namespace.ts";
import { textOf, valuesAt, WHOLE } from "./values-at.ts";
import { checkVectors, encodeVectors } from "./vectors.ts";

interface WriteParts {
  readonly clock: Clock;
  readonly index?: IndexConfig;
}

/** Writes the items of each group, which are of one namespace and of different keys, with their vectors. */
export async function writeItems(
  records: RecordStore,
  groups: readonly (readonly PutOperation[])[],
  parts: WriteParts,
): Promise<void> {
  const vectors = await vectorsOf(groups.flat(), parts.index);
  await Promise.all(groups.map(async (group) => writeGroup(records, group, vectors, parts.clock.now())));
}

/** An item keeps the time at which it was first put, so what is there is read, and must still be so at the write. */
async function writeGroup(
  records: RecordStore,
  group: readonly PutOperation[],
  vectors: ReadonlyMap<PutOperation, Uint8Array>,
  now: number,
): Promise<void> {
  const partition = namespacePartition(group[0]?.namespace ?? []);
  const keys = group.map(({ key }) => itemKey(key));
  for (;;) {
    const held = await records.get(partition, keys);
    const put: { key: string; value: Uint8Array }[] = [];
    const gone: string[] = [];
    for (const [at, request] of group.entries()) {
      const { namespace, key, value } = request;
      const index = request.index ?? undefined;
      const before = held[at] ?? null;
      const vector = vectors.get(request);
      if (vector === undefined) gone.push(vectorsKey(key));
      else put.push({ key: vectorsKey(key), value: vector });
      if (value === null) {
        gone.push(itemKey(key));
        continue;
      }
      const updatedAt = new Date(now);
      const earlier = before === null ? null : decodeItem(namespace, key, before);
      const createdAt = earlier?.createdAt ?? updatedAt;
      const item = { namespace, key, value, createdAt, updatedAt, ...(index === undefined ? {} : { index }) };
      put.push({ key: itemKey(key), value: encodeItem(item) });
    }
    const expect = keys.map((key, at) => ({ key, value: held[at] ?? null }));
    const batch: Batch = { put, delete: gone, expect };
    // Where another was faster, its item is the one that is replaced.
    if (await records.write(partition, batch)) return;
  }
}

/** The vectors of the texts that items are found by, from one call of the model. */
async function vectorsOf(
  requests: readonly PutOperation[],
  index: IndexConfig | undefined,
): Promise<Map<PutOperation, Uint8Array>> {
  const made = new Map<PutOperation, Uint8Array>();
  if (index === undefined) return made;
  const texts = new Map<PutOperation, string[]>();
  for (const request of requests) {
    if (request.value === null || request.index === false) continue;
    const fields = request.index ?? index.fields ?? [WHOLE];
    const found = fields.flatMap((path) => valuesAt(request.value, path).flatMap(textOf));
    if (found.length > 0) texts.set(request, found);
  }
  const distinct = [...new Set([...texts.values()].flat())];
  if (distinct.length === 0) return made;
  const embedded = await index.embeddings.embedDocuments(distinct);
  checkVectors(embedded, distinct.length, index.dims);
  const vectorOf = new Map(distinct.map((text, at) => [text, embedded[at] ?? []]));
  for (const [request, found] of texts) {
    made.set(
      request,
      encodeVectors(
        found.map((text) => vectorOf.get(text) ?? []),
        index,
      ),
    );
  }
  return made;
}
