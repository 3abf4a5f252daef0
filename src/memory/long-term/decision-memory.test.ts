import { BOTH_STORES } from "../../../tests/support/both-stores.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { marketOf } from "../../../tests/support/panel-market.ts";
import { sampleReport } from "../../../tests/support/scripted-runtime.ts";
import { isoTime } from "../../domain/iso-time.ts";
import { at } from "../../domain/market/column.ts";
import { type DecisionEntry, marketName, type Outcome } from "../../domain/memory/decision-entry.ts";
import type { DecisionMemory, RecallQuery, Recollection } from "../../domain/ports.ts";
import type { RecordEntry, RecordStore } from "../records/record-store.ts";
import { sqliteRecords } from "../records/sqlite-records.ts";
import { decisions } from "./decisions.ts";
import { MEMORY } from "./namespace.ts";
import { rememberRun } from "./remember-run.ts";

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1, 21);
const time = (day: number): string => isoTime(START + day * DAY);
const WRITTEN = "2026-01-01T00:00:00.000Z";
const LATE = Date.parse("2027-01-01T00:00:00Z");

const decided: fc.Arbitrary<DecisionEntry> = fc.record({
  symbol: fc.constantFrom("AAPL", "BRK.B", "BTC/USD"),
  runId: fc.constantFrom("run-1", "run-2", "run-3", "run-4"),
  decidedAt: fc.nat({ max: 40 }).map(time),
  recordedAt: fc.constant(WRITTEN),
  interval: fc.constant("1d" as const),
  level: fc.constantFrom("LOW", "MODERATE", "HIGH", null),
  score: fc.constantFrom(-0.5, 0.25, null),
  direction: fc.constantFrom("long", "short", null),
  confidence: fc.constant(0.5),
  weight: fc.constantFrom(0.2, null),
  by: fc.constant({ alpha: "rules" as const, risk: "llm" as const, portfolio: null }),
});

function outcomeOf({ symbol, runId, decidedAt, recordedAt }: DecisionEntry, change: number): Outcome {
  const knownAt = isoTime(Date.parse(decidedAt) + 10 * DAY);
  return { symbol, runId, decidedAt, recordedAt, knownAt, bars: 21, return: change };
}

describe.each(BOTH_STORES)("memory of decisions, %s", (_name, open) => {
  const home = mkdtempSync(join(tmpdir(), "finagent-memory-"));
  let records: RecordStore;
  let remove: () => Promise<void>;
  let memory: DecisionMemory;
  let markets = 0;
  beforeAll(async () => {
    ({ records, remove } = await open(home));
    memory = decisions({ records: () => Promise.resolve(records), clock: { now: () => LATE } });
  });
  afterAll(async () => {
    await records.close();
    await remove();
    rmSync(home, { recursive: true });
  });

  async function recallAll(market: string, query: Partial<RecallQuery>): Promise<Recollection> {
    const symbols = ["AAPL", "BRK.B", "BTC/USD"];
    return memory.recall(market, { symbols, asOf: LATE, recordedBy: LATE, limit: 50, ...query });
  }

  /** Every record of a market, with when it became known: of its content, whatever its key says. */
  async function recordsOf(market: string): Promise<{ id: string; entry: RecordEntry; known: string }[]> {
    const ids = (await records.partitions(MEMORY)).filter((id) => id.includes(`.${market}.`));
    const all = ids.map(async (id) =>
      (await records.range({ kind: MEMORY, id }, { prefix: "" })).map((entry) => {
        const { value } = JSON.parse(Buffer.from(entry.value).toString()) as {
          value: Record<string, string>;
        };
        return { id, entry, known: value["knownAt"] ?? value["decidedAt"] ?? "" };
      }),
    );
    return (await Promise.all(all)).flat();
  }

  it("gives the newest first, each with its outcome where that is known", async () => {
    const [base] = fc.sample(decided, 1);
    if (base === undefined) throw new Error("no sample");
    const entries = [1, 5, 3].map((day) => ({ ...base, symbol: "BRK.B", decidedAt: time(day) }));
    await memory.remember("m.1", entries);
    await memory.remember("m.1", entries);
    await memory.settle(
      "m.1",
      entries.map((entry) => outcomeOf(entry, 0.1)),
    );
    const { entries: found } = await recallAll("m.1", { asOf: START + 12 * DAY });
    expect(found.map((one) => [one.decidedAt, one.outcome?.knownAt ?? null])).toEqual([
      [time(5), null],
      [time(3), null],
      [time(1), time(11)],
    ]);
    expect((await recallAll("m.1", { limit: 2 })).entries.map((one) => one.decidedAt)).toEqual([
      time(5),
      time(3),
    ]);
    expect((await recallAll("m.2", {})).entries).toEqual([]);
    expect((await recallAll("m.1", { symbols: ["BRK"] })).entries).toEqual([]);
  });

  it("reads the same as of a time, whatever becomes of all that is dated after it", async () => {
    const spoil = fc.constantFrom("change", "backdate", "garble", "delete", "keep");
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(decided, {
          minLength: 2,
          maxLength: 12,
          selector: ({ symbol, decidedAt, runId }) => [symbol, decidedAt, runId].join(),
        }),
        fc.array(decided, { maxLength: 4 }),
        fc.integer({ min: -1, max: 52 }),
        fc.array(spoil, { minLength: 24, maxLength: 24 }),
        async (entries, added, day, ways) => {
          const market = `m${markets++}`;
          await memory.remember(market, entries);
          await memory.settle(
            market,
            entries.map((entry, n) => outcomeOf(entry, n / 100)),
          );
          const until = time(day);
          const asOf = Date.parse(until);
          const recall = async () => [
            await recallAll(market, { asOf }),
            await recallAll(market, { asOf, limit: 2 }),
            await recallAll(market, { asOf, words: "short HIGH", limit: 2 }),
          ];
          const before = await recall();
          expect(before[0]?.entries).toHaveLength(
            entries.filter(({ decidedAt }) => decidedAt <= until).length,
          );
          const later = (await recordsOf(market)).filter(({ known }) => known > until);
          for (const [n, { id, entry }] of later.entries()) {
            const partition = { kind: MEMORY, id };
            const text = Buffer.from(entry.value).toString();
            const write = (value: string) =>
              records.write(partition, { put: [{ key: entry.key, value: Buffer.from(value) }] });
            const way = ways[n];
            if (way === "change") await write(text.replaceAll("0.5", "-0.9").replaceAll("21", "99"));
            if (way === "backdate") await write(text.replaceAll(/2025-\d\d-\d\dT/g, "2024-01-01T"));
            if (way === "garble") await write(text.slice(0, 20));
            if (way === "delete") await records.write(partition, { delete: [entry.key] });
          }
          await memory.remember(
            market,
            added.filter(({ decidedAt }) => decidedAt > until),
          );
          const futures = entries.map((entry) => ({ ...outcomeOf(entry, 9), knownAt: time(60) }));
          await memory.settle(
            market,
            futures.filter(({ knownAt }) => knownAt > until),
          );
          expect(await recall()).toEqual(before);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("passes over a damaged entry and says how many there are", async () => {
    const [base] = fc.sample(decided, 1);
    if (base === undefined) throw new Error("no sample");
    await memory.remember(
      "torn",
      [1, 2, 3].map((day) => ({ ...base, decidedAt: time(day) })),
    );
    const [first, second] = await recordsOf("torn");
    if (first === undefined || second === undefined) throw new Error("no records");
    const partition = { kind: MEMORY, id: first.id };
    const moved = Buffer.from(second.entry.value).toString().replace(base.symbol, "OTHER");
    const put = [
      { key: first.entry.key, value: Buffer.from('{"value"') },
      { key: second.entry.key, value: Buffer.from(moved) },
    ];
    await records.write(partition, { put });
    const { entries, unreadable } = await recallAll("torn", {});
    expect(entries.map(({ decidedAt }) => decidedAt)).toEqual([time(3)]);
    expect(unreadable).toBe(2);
  });

  it("finds decisions by words", async () => {
    const [base] = fc.sample(decided, 1);
    if (base === undefined) throw new Error("no sample");
    const one = { ...base, symbol: "AAPL", level: "LOW" as const, direction: "long" as const };
    const two = { ...one, decidedAt: time(60), direction: "short" as const };
    await memory.remember("words", [one, two]);
    const found = await recallAll("words", { words: "Short", limit: 3 });
    expect(found.entries.map(({ decidedAt }) => decidedAt)).toEqual([time(60)]);
  });
});

describe("a run is remembered", () => {
  const home = mkdtempSync(join(tmpdir(), "finagent-memory-"));
  const close = Float64Array.from({ length: 40 }, (_, i) => 100 + i);
  const bars = dailyBars("AAPL", { open: close, close });
  const market = marketOf([bars]);
  const records = sqliteRecords(join(home, "records.db"), { now: () => Date.now() });
  const memory = decisions({ records: () => Promise.resolve(records), clock: { now: () => LATE } });
  afterAll(async () => {
    await records.close();
    rmSync(home, { recursive: true });
  });

  it("at the close that it knew, not at its as-of time or the clock; a later run settles what it can see", async () => {
    const report = (runId: string, asOf: number) =>
      sampleReport({
        runId,
        data: { symbols: ["AAPL"], interval: "1d", asOf: isoTime(asOf) } as never,
        signals: [{ symbol: "AAPL", score: 0.5, direction: "long", confidence: 1, evidence: [] }],
        steps: [{ agent: "alpha", tool: "", ms: 1, by: "rules", summary: "" }],
      });
    const clock = { now: () => LATE };
    const [first, second] = [at(bars.closeTime, 4), at(bars.closeTime, 30)];
    // Asked at midnight after the close of row 4.
    await rememberRun(report("a", first + 3 * 3_600_000), { market, memory, clock });
    const recall = async (asOf: number) =>
      (await memory.recall(marketName(market, 1), { symbols: ["AAPL"], asOf, recordedBy: LATE, limit: 9 }))
        .entries;
    expect(await recall(first - 1)).toEqual([]);
    expect(await recall(first)).toMatchObject([{ runId: "a", decidedAt: isoTime(first), outcome: null }]);
    await rememberRun(report("b", second), { market, memory, clock });
    await rememberRun(report("b", second), { market, memory, clock });
    expect(await recall(second)).toMatchObject([
      { runId: "b", outcome: null },
      { runId: "a", outcome: { knownAt: isoTime(at(bars.closeTime, 25)), return: 125 / 104 - 1 } },
    ]);
    expect(await recall(at(bars.closeTime, 24))).toMatchObject([{ runId: "a", outcome: null }]);
    await rememberRun(sampleReport(), { market, memory, clock });
    expect(await recall(LATE)).toHaveLength(2);
  });
});
