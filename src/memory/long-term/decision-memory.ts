import type { z } from "zod";
import { isoTime } from "../../domain/iso-time.ts";
import {
  type DecisionEntry,
  decisionEntrySchema,
  type Outcome,
  outcomeSchema,
  type Recalled,
} from "../../domain/memory/decision-entry.ts";
import { isKnown, isOutcomeKnown, knownAt, type Standpoint } from "../../domain/memory/known-at.ts";
import type { DecisionMemory, Recollection } from "../../domain/ports.ts";
import { Best } from "./best.ts";
import { Bm25 } from "./bm25.ts";
import { leavesOf } from "./values-at.ts";
import type { RecordStoreMemory } from "./record-store-memory.ts";

/** How many of a symbol's newest decisions are searched for words. */
const SEARCHED = 1000;

/**
 * Decisions in LangGraph's store, under `decisions` and `outcomes` and the market. The key of each begins with its symbol
 * and the time at which it became known, so that a reader never touches a record dated after its own time.
 */
export function decisionMemory(store: RecordStoreMemory): DecisionMemory {
  /** Newest first, from an instant back. */
  async function* dated<T extends DecisionEntry | Outcome>(
    place: Place<T>,
    market: string,
    symbol: string,
    until: number,
  ): AsyncGenerator<T | null> {
    const prefix = `${label(symbol)}/`;
    let after = `${prefix}${isoTime(until)}${LAST}`;
    for (;;) {
      const page = await store.range(place.namespace(market), { prefix, after, reverse: true });
      for (const _key of page.corrupt) yield null;
      for (const { key, value } of page.items) {
        const parsed = place.schema.safeParse(value);
        yield parsed.success && place.key(parsed.data) === key ? parsed.data : null;
      }
      if (page.last === undefined) return;
      after = page.last;
    }
  }

  async function recallSymbol(
    market: string,
    symbol: string,
    standpoint: Standpoint,
    limit: number,
  ): Promise<{ entries: Recalled[]; unreadable: number }> {
    const entries: DecisionEntry[] = [];
    const outcomes: Outcome[] = [];
    let unreadable = 0;
    for await (const entry of dated(DECISIONS, market, symbol, standpoint.asOf)) {
      if (entry === null) unreadable += 1;
      else if (isKnown(entry, standpoint)) entries.push(entry);
      if (entries.length >= limit) break;
    }
    const oldest = entries.at(-1)?.decidedAt;
    if (oldest === undefined) return { entries: [], unreadable };
    for await (const outcome of dated(OUTCOMES, market, symbol, standpoint.asOf)) {
      if (outcome === null) unreadable += 1;
      else if (outcome.knownAt <= oldest) break;
      else if (isOutcomeKnown(outcome, standpoint)) outcomes.push(outcome);
    }
    return { entries: knownAt(entries, outcomes, standpoint), unreadable };
  }

  async function put<T extends DecisionEntry | Outcome>(
    place: Place<T>,
    market: string,
    items: readonly T[],
  ): Promise<void> {
    if (items.length === 0) return;
    const namespace = place.namespace(market);
    await store.batch(
      items.map((item) => ({ namespace, key: place.key(item), value: item, index: false as const })),
    );
  }

  return {
    remember: (market, entries) => put(DECISIONS, market, entries),
    settle: (market, outcomes) => put(OUTCOMES, market, outcomes),
    async recall(market, { symbols, words, limit, asOf, recordedBy }): Promise<Recollection> {
      const newest = words === undefined ? limit : SEARCHED;
      const found = await Promise.all(
        symbols.map(async (symbol) => recallSymbol(market, symbol, { asOf, recordedBy }, newest)),
      );
      const entries = found.flatMap((one) => one.entries);
      const unreadable = found.reduce((sum, one) => sum + one.unreadable, 0);
      return {
        entries: words === undefined ? entries : bestMatches(entries, words, limit * symbols.length),
        unreadable,
      };
    },
  };
}

interface Place<T extends DecisionEntry | Outcome> {
  readonly schema: z.ZodType<T>;
  namespace(market: string): string[];
  key(item: T): string;
}

const DECISIONS: Place<DecisionEntry> = {
  schema: decisionEntrySchema,
  namespace: (market) => ["decisions", label(market)],
  key: ({ symbol, decidedAt, runId }) => [label(symbol), decidedAt, label(runId)].join("/"),
};

const OUTCOMES: Place<Outcome> = {
  schema: outcomeSchema,
  namespace: (market) => ["outcomes", label(market)],
  key: ({ symbol, knownAt: known, decidedAt, runId }) =>
    [label(symbol), known, decidedAt, label(runId)].join("/"),
};

/** Comes after the "/" that follows a time in a key. */
const LAST = "0";

/** As a part of a key or as a label of a namespace, which may hold neither "/" nor a period. */
function label(text: string): string {
  return encodeURIComponent(text).replaceAll(".", "%2E");
}

function bestMatches(entries: readonly Recalled[], words: string, limit: number): Recalled[] {
  const bm25 = new Bm25<Recalled>(words);
  for (const entry of entries) bm25.add(entry, leavesOf(entry));
  const best = new Best<Recalled>(limit);
  for (const { item, score } of bm25.scores()) best.add(score, item);
  return best.sorted().map(({ item }) => item);
}
