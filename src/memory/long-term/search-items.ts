import type { IndexConfig, SearchItem } from "@langchain/langgraph-checkpoint";
import type { RecordStore } from "../records/record-store.ts";
import { Best } from "./best.ts";
import { Bm25 } from "./bm25.ts";
import { type Filter, matchesFilter } from "./filter.ts";
import { decodeItem, itemKey, type KeptItem, vectorsKey } from "./item-record.ts";
import { type ItemPage, PAGE, readNamespaces, readPages } from "./item-reader.ts";
import { namespacePartition } from "./namespace.ts";
import { leavesOf, valuesAt, WHOLE } from "./values-at.ts";
import { checkVectors, cosine, decodeVectors } from "./vectors.ts";

export interface Search {
  readonly namespacePrefix: readonly string[];
  readonly filter?: Filter | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Without a query: in the order of namespaces and keys, and no more is read than is wanted. */
export async function searchInOrder(records: RecordStore, search: Search): Promise<SearchItem[]> {
  const { filter, limit, offset } = search;
  const found: SearchItem[] = [];
  let skip = offset;
  if (limit <= 0) return found;
  for await (const namespace of readNamespaces(records, search.namespacePrefix)) {
    for await (const { items } of readPages(
      records,
      namespace,
      filter === undefined ? pageOf(skip + limit) : {},
    )) {
      for (const item of items) {
        if (!passes(item, filter)) continue;
        if (skip > 0) skip -= 1;
        else found.push(bare(item));
        if (found.length >= limit) return found;
      }
    }
  }
  return found;
}

/** By meaning: the nearest by the cosine of their vectors, then those without a vector in order. */
export async function searchByMeaning(
  records: RecordStore,
  search: Search,
  index: IndexConfig,
  vector: readonly number[],
): Promise<SearchItem[]> {
  checkVectors([vector], 1, index.dims);
  const end = search.offset + search.limit;
  const best = new Best<SearchItem>(end);
  const without: SearchItem[] = [];
  for await (const { namespace, items } of pagesUnder(records, search)) {
    const kept = await records.get(
      namespacePartition(namespace),
      items.map(({ key }) => vectorsKey(key)),
    );
    for (const [at, item] of items.entries()) {
      const bytes = kept[at] ?? null;
      const near = bytes === null ? [] : decodeVectors(bytes, index).map((one) => cosine(one, vector));
      if (near.length > 0) best.add(Math.max(...near), bare(item));
      else if (without.length < end) without.push(bare(item));
    }
  }
  const scored = best.sorted().map(({ item, score }) => ({ ...item, score }));
  return [...scored, ...without].slice(search.offset, end);
}

/** By keywords: those that hold a word of the query. What the filter leaves out has no part in the scores. */
export async function searchByWords(
  records: RecordStore,
  search: Search,
  query: string,
): Promise<SearchItem[]> {
  const end = search.offset + search.limit;
  const bm25 = new Bm25<Pick<KeptItem, "namespace" | "key">>(query);
  for await (const { items } of pagesUnder(records, search)) {
    for (const { namespace, key, value, index } of items) {
      if (index === false) continue;
      const texts = (index ?? [WHOLE]).flatMap((path) => valuesAt(value, path).flatMap(leavesOf));
      bm25.add({ namespace, key }, texts);
    }
  }
  const best = new Best<Pick<KeptItem, "namespace" | "key">>(end);
  for (const { item, score } of bm25.scores()) best.add(score, item);
  const chosen = best.sorted().slice(search.offset);
  const found = await Promise.all(
    chosen.map(async ({ item: { namespace, key }, score }): Promise<SearchItem[]> => {
      const [bytes] = await records.get(namespacePartition(namespace), [itemKey(key)]);
      const item = bytes === null || bytes === undefined ? null : decodeItem(namespace, key, bytes);
      // What was deleted in the meantime is none.
      return item === null ? [] : [{ ...bare(item), score }];
    }),
  );
  return found.flat();
}

async function* pagesUnder(
  records: RecordStore,
  { namespacePrefix, filter }: Search,
): AsyncGenerator<{ namespace: string[]; items: KeptItem[] }> {
  for await (const namespace of readNamespaces(records, namespacePrefix)) {
    for await (const { items } of readPages(records, namespace)) {
      const passing = items.filter((item) => passes(item, filter));
      if (passing.length > 0) yield { namespace, items: passing };
    }
  }
}

function passes({ value }: ItemPage["items"][number], filter: Filter | undefined): boolean {
  return filter === undefined || matchesFilter(value, filter);
}

/** No larger than what is wanted, and no larger than a page should be. */
function pageOf(wanted: number): { limit: number } {
  return { limit: Math.max(1, Math.min(PAGE, wanted)) };
}

function bare({ index: _index, ...item }: KeptItem): SearchItem {
  return item;
}
