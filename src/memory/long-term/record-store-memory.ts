import {
  BaseStore,
  type GetOperation,
  type IndexConfig,
  type Item,
  type ListNamespacesOperation,
  type Operation,
  type OperationResults,
  type PutOperation,
  type SearchItem,
  type SearchOperation,
} from "@langchain/langgraph-checkpoint";
import { FinAgentError } from "../../domain/errors.ts";
import type { Clock } from "../../domain/ports.ts";
import type { KeyRange, RecordStore } from "../records/record-store.ts";
import { type ItemPage, readPage } from "./item-reader.ts";
import { decodeItem, itemKey } from "./item-record.ts";
import { listNamespaces } from "./list-namespaces.ts";
import { checkNamespace, namespacePartition } from "./namespace.ts";
import { writeItems } from "./write-items.ts";
import { searchByMeaning, searchByWords, searchInOrder } from "./search-items.ts";

export interface MemoryParts {
  readonly records: () => Promise<RecordStore>;
  readonly clock: Clock;
  /** Embeddings, for search by meaning; without them a query is one of keywords. */
  readonly index?: IndexConfig;
}

/**
 * LangGraph's store over the record store: each namespace is a partition, whose items lie in the order of their keys. What a
 * batch reads is as it was before the batch; its writes to one namespace take effect together. Items whose records are
 * damaged are passed over by a search and refused by `get`.
 */
export class RecordStoreMemory extends BaseStore {
  readonly #parts: MemoryParts;

  constructor(parts: MemoryParts) {
    super();
    this.#parts = parts;
  }

  override async batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    const records = await this.#parts.records();
    const puts = operations.filter(isPut);
    for (const { namespace } of puts) checkNamespace(namespace);
    const results = await Promise.all(
      operations.map(async (operation) => {
        if (isPut(operation)) return undefined;
        if (isSearch(operation)) return this.#search(records, operation);
        return isGet(operation) ? getItem(records, operation) : listNamespaces(records, operation);
      }),
    );
    if (puts.length > 0) await this.#put(records, puts);
    return results as OperationResults<Op>;
  }

  /** A page of a namespace in the order of its keys (or in reverse), with what could not be read. */
  async range(namespace: readonly string[], range: Partial<KeyRange>): Promise<ItemPage> {
    return readPage(await this.#parts.records(), namespace, range);
  }

  async #search(records: RecordStore, operation: SearchOperation): Promise<SearchItem[]> {
    const { namespacePrefix, filter, limit = 10, offset = 0, query } = operation;
    const search = { namespacePrefix, filter, limit, offset };
    if (query === undefined || query === "" || limit <= 0) return searchInOrder(records, search);
    const { index } = this.#parts;
    if (index === undefined) return searchByWords(records, search, query);
    return searchByMeaning(records, search, index, await index.embeddings.embedQuery(query));
  }

  /** Of two puts of one item the later counts. */
  async #put(records: RecordStore, operations: readonly PutOperation[]): Promise<void> {
    const byNamespace = new Map<string, Map<string, PutOperation>>();
    for (const operation of operations) {
      const { id } = namespacePartition(operation.namespace);
      const requests = byNamespace.get(id) ?? new Map<string, PutOperation>();
      byNamespace.set(id, requests.set(operation.key, operation));
    }
    await writeItems(
      records,
      [...byNamespace.values()].map((requests) => [...requests.values()]),
      this.#parts,
    );
  }
}

async function getItem(records: RecordStore, { namespace, key }: GetOperation): Promise<Item | null> {
  if (namespace.length === 0) return null;
  const [bytes] = await records.get(namespacePartition(namespace), [itemKey(key)]);
  if (bytes === null || bytes === undefined) return null;
  const item = decodeItem(namespace, key, bytes);
  if (item === null) throw damaged(namespace, key);
  const { index: _index, ...rest } = item;
  return rest;
}

function damaged(namespace: readonly string[], key: string): FinAgentError {
  const place = namespace.join(".");
  return new FinAgentError("STORE_CORRUPT", `The item ${JSON.stringify(key)} of ${place} cannot be read.`, {
    hint: "Put it again, or delete it.",
    details: { namespace: place, key },
  });
}

function isPut(operation: Operation): operation is PutOperation {
  return "value" in operation;
}

function isSearch(operation: Operation): operation is SearchOperation {
  return "namespacePrefix" in operation;
}

function isGet(operation: GetOperation | ListNamespacesOperation): operation is GetOperation {
  return "key" in operation;
}
