import { FinAgentError } from "../domain/errors.ts";
import { assembleDataSet } from "../domain/market/assemble-data-set.ts";
import type { DataSet } from "../domain/market/data-set.ts";
import type { ArtifactKinds, Artifacts, MarketData } from "../domain/ports.ts";
import { artifactId, HeldArtifacts, unknownArtifact } from "./artifacts.ts";
import type { Partition, RecordStore } from "./records/record-store.ts";

/** Threads whose artifacts stay in memory; those of the others are read again when they are asked for. */
const THREADS_HELD = 64;

export interface ArtifactParts {
  readonly records: () => Promise<RecordStore>;
  readonly market: MarketData;
}

/** What is kept of a data set: its bars are read again from the source, and must then have the same hash. */
type Recipe = Pick<DataSet, "from" | "to" | "findings"> & { readonly symbols: readonly string[] };

const partitionOf = (id: string): Partition => ({ kind: "thread", id });

const keyOf = (kind: keyof ArtifactKinds, id: string): string => `a/${kind}/${id}`;

/**
 * The artifacts of each thread, kept beside its checkpoints, which name them: they last as long and go together. Only
 * what the thread itself has put is found. Without a thread nothing is kept, but for this process to hold.
 */
export function threadArtifacts(parts: ArtifactParts): (threadId: string | null) => Artifacts {
  const held = new Map<string, ThreadArtifacts>();
  const withoutThread = new HeldArtifacts();
  return (threadId) => {
    if (threadId === null) return withoutThread;
    const one = held.get(threadId) ?? new ThreadArtifacts(threadId, parts);
    held.delete(threadId);
    held.set(threadId, one);
    const [oldest] = held.keys();
    if (held.size > THREADS_HELD && oldest !== undefined) held.delete(oldest);
    return one;
  };
}

class ThreadArtifacts implements Artifacts {
  readonly #thread: string;
  readonly #parts: ArtifactParts;
  readonly #held = new HeldArtifacts();

  constructor(thread: string, parts: ArtifactParts) {
    this.#thread = thread;
    this.#parts = parts;
  }

  async put<K extends keyof ArtifactKinds>(kind: K, value: ArtifactKinds[K]): Promise<string> {
    const id = artifactId(value);
    // What is named and not hashed may be another when its step is done again.
    const named = "id" in value && !("panel" in value);
    if (!named && this.#held.peek(kind, id) !== undefined) return id;
    const kept: unknown = "panel" in value ? recipeOf(value) : value;
    const records = await this.#parts.records();
    const put = [{ key: keyOf(kind, id), value: Buffer.from(JSON.stringify(kept)) }];
    await records.write(partitionOf(this.#thread), { put });
    this.#held.hold(kind, id, value);
    return id;
  }

  async get<K extends keyof ArtifactKinds>(kind: K, id: string): Promise<ArtifactKinds[K]> {
    const known = this.#held.peek(kind, id);
    if (known !== undefined) return known;
    const records = await this.#parts.records();
    const [bytes] = await records.get(partitionOf(this.#thread), [keyOf(kind, id)]);
    if (bytes === null || bytes === undefined) throw unknownArtifact(kind, id);
    const kept: unknown = JSON.parse(Buffer.from(bytes).toString());
    const value = (kind === "data-set" ? await this.#read(kept as Recipe, id) : kept) as ArtifactKinds[K];
    if (artifactId(value) !== id) throw notWhole(kind, id);
    this.#held.hold(kind, id, value);
    return value;
  }

  /** @throws FinAgentError UNKNOWN_ARTIFACT where the source has other bars by now */
  async #read({ symbols, from, to, findings }: Recipe, id: string): Promise<DataSet> {
    const { market } = this.#parts;
    const series = await Promise.all(symbols.map((symbol) => market.series(symbol, to)));
    const { dataSet } = await assembleDataSet(market, series, { from, to });
    if (dataSet.id === id) return { ...dataSet, findings };
    throw new FinAgentError(
      "UNKNOWN_ARTIFACT",
      `The bars of ${symbols.join(", ")} in ${market.source} are not those of the data set "${id}" any more.`,
      {
        hint: "Call fetch_market_data and use the dataSetId that it returns.",
        details: { kind: "data-set", id, symbols },
      },
    );
  }
}

function notWhole(kind: string, id: string): FinAgentError {
  return new FinAgentError(
    "STORE_CORRUPT",
    `The ${kind} kept under the id "${id}" is not what was written.`,
    {
      hint: "Something else has changed the store: ask again in a new conversation.",
      details: { kind, id },
    },
  );
}

function recipeOf({ panel, from, to, findings }: DataSet): Recipe {
  return { symbols: [...panel.symbols], from, to, findings };
}
