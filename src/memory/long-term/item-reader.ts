import type { KeyRange, RecordStore } from "../records/record-store.ts";
import { decodeItem, itemKey, ITEMS, type KeptItem } from "./item-record.ts";
import { MEMORY, namespaceOf, namespacePartition, namespacePrefix } from "./namespace.ts";

/** How many items or namespaces are read at once. */
export const PAGE = 128;

/** Items of a namespace in the order of their keys. */
export interface ItemPage {
  readonly items: readonly KeptItem[];
  /** Keys whose records are not whole. */
  readonly corrupt: readonly string[];
  /** The last key that was read; undefined at the end. */
  readonly last: string | undefined;
}

/** One page of items; `prefix` and `after` are keys as items have them. */
export async function readPage(
  records: RecordStore,
  namespace: readonly string[],
  { prefix = "", after, reverse = false, limit = PAGE }: Partial<KeyRange>,
): Promise<ItemPage> {
  const entries = await records.range(namespacePartition(namespace), {
    prefix: itemKey(prefix),
    reverse,
    limit,
    ...(after === undefined ? {} : { after: itemKey(after) }),
  });
  const items: KeptItem[] = [];
  const corrupt: string[] = [];
  for (const entry of entries) {
    const key = entry.key.slice(ITEMS.length);
    const item = decodeItem(namespace, key, entry.value);
    if (item === null) corrupt.push(key);
    else items.push(item);
  }
  return { items, corrupt, last: entries.at(-1)?.key.slice(ITEMS.length) };
}

/** All items of a namespace, a page at a time. */
export async function* readPages(
  records: RecordStore,
  namespace: readonly string[],
  range: Partial<KeyRange> = {},
): AsyncGenerator<ItemPage> {
  let { after } = range;
  for (;;) {
    const page = await readPage(records, namespace, { ...range, ...(after === undefined ? {} : { after }) });
    if (page.last === undefined) return;
    yield page;
    if (page.items.length + page.corrupt.length < (range.limit ?? PAGE)) return;
    after = page.last;
  }
}

/** Namespaces that begin with some labels and hold something, in order. */
export async function* readNamespaces(
  records: RecordStore,
  labels: readonly string[],
): AsyncGenerator<string[]> {
  const prefix = namespacePrefix(labels);
  let after: string | undefined;
  for (;;) {
    const beyond = after === undefined ? {} : { after };
    const ids = await records.partitions(MEMORY, { prefix, limit: PAGE, ...beyond });
    for (const id of ids) yield namespaceOf(id);
    if (ids.length < PAGE) return;
    after = ids.at(-1);
  }
}
