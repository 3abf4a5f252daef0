import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect, inject, it } from "vitest";
import { clearRedis, redisPrefix } from "../../../tests/support/redis-prefix.ts";
import { watched } from "../../../tests/support/watched-records.ts";
import type { Budget } from "../../domain/cost/budget.ts";
import type { Reservation, Spending } from "../../domain/cost/spending.ts";
import type { Costs } from "../../domain/ports.ts";
import type { RecordStore } from "../records/record-store.ts";
import { redisRecords } from "../records/redis-records.ts";
import { sqliteRecords } from "../records/sqlite-records.ts";
import { costLedger } from "./cost-ledger.ts";

const RUN = "20261121-120000000-0123456789ab";
const BY = { agent: "alpha", model: "openai:m" };
/** A call of this size may cost $1. */
const SIZE = { bytes: 600_000, maxOutputTokens: 400_000 };
const PRICES = [
  { model: "m", from: "2026-01-01", inputPerMillion: 1, outputPerMillion: 1 },
  { model: "m", from: "2026-11-22", inputPerMillion: 2, outputPerMillion: 2 },
];
const NOON = Date.UTC(2026, 10, 21, 12);

const home = mkdtempSync(join(inject("homes"), "costs-"));
const closing: (() => Promise<void>)[] = [];
let files = 0;
let now = NOON;

beforeEach(() => {
  now = NOON;
});

afterAll(async () => {
  for (const close of closing) await close();
});

function newStore(): RecordStore {
  const store = sqliteRecords(join(home, `${(files += 1)}.db`), { now: () => now });
  closing.push(async () => store.close());
  return store;
}

const ledger = (store: RecordStore, budget: Budget): Costs =>
  costLedger({ records: () => Promise.resolve(store), clock: { now: () => now }, prices: PRICES, budget });

const spent = (usd: number) => ({ tokens: { input: 5, cachedInput: 0, output: 2 }, usd, assumed: false });

/** Reservations that were granted, and how many were refused. */
async function reserve(
  spending: Spending,
  times: number,
): Promise<{ granted: Reservation[]; refused: number }> {
  const asked = Array.from({ length: times }, async () => spending.reserve(BY, SIZE));
  const ended = await Promise.allSettled(asked);
  const granted = ended.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  for (const one of ended)
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "BUDGET_SPENT" });
  return { granted, refused: times - granted.length };
}

it("grants no more than a run's budget, says how it stands, and lets go of what was not spent", async () => {
  const costs = ledger(newStore(), { perRunUsd: 2.5 });
  const run = costs.spendingOf(RUN);
  const first = await run.reserve(BY, SIZE);
  await first.settle(spent(0.75));
  await (await run.reserve(BY, SIZE)).release();
  const second = await run.reserve(BY, SIZE);
  await second.settle({ tokens: null, usd: 1, assumed: true });
  await expect(run.reserve(BY, SIZE)).rejects.toMatchObject({
    code: "BUDGET_SPENT",
    exitStatus: 5,
    message:
      "Stopped: budget of the run. Of $2.50, $1.75 is spent and $0.00 reserved, and the next call of a model could cost up to $1.00.",
    hint: expect.stringContaining(`finagent runs resume ${RUN} --budget-usd N`) as string,
    details: { budget: "run", limitUsd: 2.5, spentUsd: 1.75, reservedUsd: 0, callUsd: 1 },
  });
  // Another run has a budget of its own.
  await (await costs.spendingOf("20261121-130000000-0123456789ab").reserve(BY, SIZE)).release();
  expect(await costs.list()).toMatchObject([
    { day: "2026-11-21", run: RUN, ...BY, calls: 2, inputTokens: 5, cost: 1.75, assumed: 1, reserved: 0 },
    { calls: 0, cost: 0, reserved: 0 },
  ]);
});

it("lets a call wait while calls under way may leave enough, and no longer", async () => {
  const run = ledger(newStore(), { perRunUsd: 2 }).spendingOf(RUN);
  const [a, b] = [await run.reserve(BY, SIZE), await run.reserve(BY, SIZE)];
  const ends: string[] = [];
  const waiting = ["first", "second", "third"].map(async (name) => {
    try {
      const granted = await run.reserve(BY, SIZE);
      ends.push(`${name} granted`);
      await granted.settle(spent(1));
    } catch {
      ends.push(`${name} refused`);
    }
  });
  await a.settle(spent(0.25));
  expect(ends).toEqual([]);
  // 0.75 are spent: one more fits, and the others once it is known what that has left.
  await b.settle(spent(0.5));
  await Promise.all(waiting);
  expect(ends).toEqual(["first granted", "second refused", "third refused"]);
});

it.each([["embedded"], ["Redis"]])("keeps one account of a day for two processes, %s", async (driver) => {
  const [url, prefix] = [inject("redisUrl"), redisPrefix()];
  const store = driver === "embedded" ? newStore() : await redisRecords({ url, prefix });
  const budget = { perDayUsd: 7.5 };
  const one = ledger(store, budget).spendingOf(RUN);
  const other = ledger(store, budget).spendingOf("20261121-130000000-0123456789ab");
  const [here, there] = await Promise.all([drain(one), drain(other)]);
  expect(here + there).toBe(7);
  const { total, reserved } = await sumOf(ledger(store, budget));
  expect([total, reserved]).toEqual([7, 0]);
  if (driver === "Redis") {
    await store.close();
    await clearRedis(url, prefix);
  }

  /** Spends all of what it is granted, one call at a time. */
  async function drain(spending: Spending): Promise<number> {
    for (let calls = 0; ; calls += 1) {
      const granted = await spending.reserve(BY, SIZE).catch(() => null);
      if (granted === null) return calls;
      await granted.settle(spent(1));
    }
  }
});

async function sumOf(costs: Costs): Promise<{ total: number; reserved: number }> {
  const entries = await costs.list();
  const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);
  return {
    total: sum(entries.map(({ cost }) => cost ?? NaN)),
    reserved: sum(entries.map((one) => one.reserved)),
  };
}

it("counts what a killed process had set apart as spent, and what a run has spent on other days", async () => {
  const store = newStore();
  const killed = ledger(store, { perRunUsd: 4 }).spendingOf(RUN);
  await killed.reserve(BY, SIZE);
  await (await killed.reserve(BY, SIZE)).settle(spent(0.5));
  now += 86_400_000;
  // Prices have doubled: a call may cost $2.
  const again = ledger(store, { perRunUsd: 3.5 }).spendingOf(RUN);
  const one = await again.reserve(BY, SIZE);
  await one.settle(spent(0.25));
  await expect(again.reserve(BY, SIZE)).rejects.toMatchObject({
    details: { budget: "run", spentUsd: 1.75, reservedUsd: 0, callUsd: 2 },
  });
  const entries = await ledger(store, {}).list();
  expect(entries.map(({ day, cost, reserved }) => [day, cost, reserved])).toEqual([
    ["2026-11-21", 0.5, 1],
    ["2026-11-22", 0.25, 0],
  ]);
});

it("settles a call that ends after midnight on the day on which it began", async () => {
  const costs = ledger(newStore(), { perDayUsd: 2 });
  const run = costs.spendingOf(RUN);
  const late = await run.reserve(BY, SIZE);
  now += 86_400_000;
  await (await run.reserve(BY, { ...SIZE, bytes: 0 })).settle(spent(0.5));
  await late.settle(spent(0.75));
  expect((await costs.list()).map(({ day, cost, reserved }) => [day, cost, reserved])).toEqual([
    ["2026-11-21", 0.75, 0],
    ["2026-11-22", 0.5, 0],
  ]);
});

it("asks for the price where a budget is set, and asks for nothing where none is", async () => {
  const costs = ledger(newStore(), { perRunUsd: 1 });
  await expect(costs.spendingOf(RUN).reserve({ ...BY, model: "openai:other" }, SIZE)).rejects.toMatchObject({
    code: "BAD_CONFIG",
    message: "A budget is set, and the price of openai:other on 2026-11-21 is not known.",
    hint: expect.stringMatching(/prices in finagent\.yaml.*a model of your own costs 0/) as string,
  });
  const free = ledger(newStore(), {});
  expect(free.spendingOf(RUN).limited).toBe(false);
  await free.spendingOf(RUN).note({ ...BY, model: "other" }, { ...spent(0), usd: null });
  expect(await free.list()).toMatchObject([{ model: "other", calls: 1, inputTokens: 5, cost: null }]);
});

it("writes once for all calls of a moment, and reads nothing twice", async () => {
  const { held, store } = watched(newStore());
  const run = ledger(store, { perDayUsd: 1000 }).spendingOf(RUN);
  const { granted } = await reserve(run, 50);
  await Promise.all(granted.map(async (one) => one.settle(spent(0.1))));
  expect(held.writes).toBeLessThanOrEqual(4);
});

it("refuses a call whose money cannot be set apart, and keeps set apart what cannot be settled", async () => {
  const { held, store } = watched(newStore());
  const costs = ledger(store, { perRunUsd: 10 });
  const run = costs.spendingOf(RUN);
  held.failing = 1;
  await expect(run.reserve(BY, SIZE)).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
  const granted = await run.reserve(BY, SIZE);
  held.failing = 1;
  await granted.settle(spent(0.5));
  expect(run.fault()).toMatch(/Redis is away/);
  expect(await costs.list()).toMatchObject([{ calls: 0, cost: 0, reserved: 1 }]);
});
