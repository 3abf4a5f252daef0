import { describe, expect, it } from "vitest";
import { marketDataContract } from "../../../tests/contract/market-data.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { type Bars, barsContent } from "../../domain/market/bars.ts";
import { calendarOf } from "../../domain/market/calendars.ts";
import { at, last } from "../../domain/market/column.ts";
import { contentHash } from "../../domain/hash.ts";
import type { MarketData } from "../../domain/ports.ts";
import { COMPANIES } from "./companies.ts";
import { simulatedMarketData } from "./simulated-market-data.ts";

const NOW = Date.parse("2025-08-15T20:00:00Z");
const SYMBOLS = [...COMPANIES.map((company) => company.symbol), "SIM500"];

const market = (seed = 1, now = NOW): MarketData => simulatedMarketData({ seed, clock: { now: () => now } });

async function bars(source: MarketData, symbol: string, until = Infinity): Promise<Bars> {
  return (await source.series(symbol, until)).bars;
}

async function errorOf(run: Promise<unknown>): Promise<FinAgentError> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof FinAgentError) return error;
  throw new Error("No FinAgentError was thrown.", { cause: error });
}

marketDataContract("simulated", () => market(), "AAPL");
marketDataContract("simulated, its index", () => market(), "SIM500");

describe("what it offers", () => {
  it("says that it is simulated", () => {
    expect(market()).toMatchObject({ source: "simulated", simulated: true, benchmark: "SIM500" });
  });

  it("lists about 30 named companies across sectors and the index, sorted", async () => {
    const listed = await market().list();
    const symbols = listed.map((one) => one.symbol);
    expect(symbols).toEqual(SYMBOLS.toSorted());
    expect(symbols.length).toBeGreaterThanOrEqual(30);
    expect(new Set(COMPANIES.map((company) => company.sector)).size).toBeGreaterThanOrEqual(6);
    for (const one of listed) expect(one.name).not.toBeNull();
    expect(listed.find((one) => one.kind === "index")).toEqual({
      symbol: "SIM500",
      name: "Simulated index",
      kind: "index",
    });
  });

  it("has a bar for every session in New York since 2015, half days included", async () => {
    const aapl = await bars(market(), "AAPL");
    const sessions = calendarOf("XNYS").sessions("2015-01-02", "2025-08-15");
    expect([...aapl.time]).toEqual(sessions.map((session) => session.open));
    expect([...aapl.closeTime]).toEqual(sessions.map((session) => session.close));
    expect(aapl).toMatchObject({
      interval: "1d",
      calendar: "XNYS",
      adjustment: "splits-and-dividends",
      rawKnown: true,
    });
    expect(aapl.factor.every((factor) => factor === 1)).toBe(true);
  });

  it("gives prices that make sense: positive, in cents, open and close between low and high", async () => {
    for (const seed of [1, 2, 3]) {
      const source = market(seed);
      for (const symbol of SYMBOLS) {
        const { length, open, high, low, close, volume } = await bars(source, symbol);
        let wrong = 0;
        for (let i = 0; i < length; i += 1) {
          const [o, h, l, c, v] = [at(open, i), at(high, i), at(low, i), at(close, i), at(volume, i)];
          const ordered = l >= 0.01 && l <= Math.min(o, c) && h >= Math.max(o, c);
          const inCents = [o, h, l, c].every((price) => price === Number(price.toFixed(2)));
          if (!ordered || !inCents || !(v > 0) || !Number.isSafeInteger(v)) wrong += 1;
        }
        expect([symbol, wrong]).toEqual([symbol, 0]);
      }
    }
  });
});

describe("time", () => {
  it("gives no bar that closes after `until`, nor after the clock", async () => {
    const source = market();
    const close = Date.parse("2024-11-29T18:00:00Z"); // a half day
    expect(last((await bars(source, "MSFT", close)).closeTime)).toBe(close);
    expect(last((await bars(source, "MSFT", close - 1)).closeTime)).toBe(Date.parse("2024-11-27T21:00:00Z"));
    expect(last((await bars(source, "MSFT", Infinity)).closeTime)).toBe(NOW);
    expect((await bars(source, "MSFT", Date.parse("2015-01-01"))).length).toBe(0);
  });

  it("is latest at the last close, at or before the clock", async () => {
    expect(await market().latest(["AAPL"])).toBe(NOW);
    expect(await market(1, NOW - 1).latest([])).toBe(Date.parse("2025-08-14T20:00:00Z"));
    expect(await market(1, Date.parse("2025-08-17T12:00:00Z")).latest(["AAPL"])).toBe(NOW);
    const early = await errorOf(market(1, Date.parse("2014-06-01")).latest(["AAPL"]));
    expect([early.code, early.message]).toEqual([
      "DATA_INSUFFICIENT",
      "The simulated market begins on 2015-01-02.",
    ]);
  });

  it("moves on with the clock, over the turn of the year", async () => {
    let now = Date.parse("2024-12-31T22:00:00Z");
    const source = simulatedMarketData({ seed: 1, clock: { now: () => now } });
    const before = await bars(source, "AAPL");
    now = Date.parse("2025-01-03T22:00:00Z");
    const after = await bars(source, "AAPL");
    expect(after.length).toBe(before.length + 2);
    expect(after.close.subarray(0, before.length)).toEqual(before.close);
  });
});

describe("sameness", () => {
  it("does not depend on the clock: the past is the same at every time of asking", async () => {
    const full = market(5);
    for (const now of ["2016-02-29T21:00:00Z", "2020-03-16T20:00:00Z", "2024-12-31T21:00:00Z"].map(
      Date.parse,
    )) {
      const early = market(5, now);
      for (const symbol of SYMBOLS) {
        const [then, later] = [await bars(early, symbol), await bars(full, symbol, now)];
        expect(then.length).toBeGreaterThan(250);
        expect(contentHash(barsContent(then))).toBe(contentHash(barsContent(later)));
      }
    }
  });

  it("does not depend on what else is asked for, nor on the order", async () => {
    const [forward, backward] = [market(), market()];
    const hashes = new Map<string, string>();
    for (const symbol of SYMBOLS) hashes.set(symbol, contentHash(barsContent(await bars(forward, symbol))));
    for (const symbol of SYMBOLS.toReversed()) {
      expect(contentHash(barsContent(await bars(backward, symbol)))).toBe(hashes.get(symbol));
    }
    expect(new Set(hashes.values()).size).toBe(SYMBOLS.length);
  });

  // Recorded once, not derived: it fails where another machine, or an edit, makes another market of seed 1.
  it("is the same on every machine", async () => {
    const source = market(1, Date.parse("2024-12-31T21:00:00Z"));
    const aapl = await bars(source, "AAPL");
    expect(aapl.length).toBe(2516);
    expect([last(aapl.open), last(aapl.high), last(aapl.low), last(aapl.close), last(aapl.volume)]).toEqual([
      279.05, 283.28, 279.03, 282.32, 69957594,
    ]);
    expect(last((await bars(source, "SIM500")).close)).toBe(6723.97);
    const content = [];
    for (const symbol of SYMBOLS.toSorted()) content.push(...barsContent(await bars(source, symbol)));
    expect(contentHash(content)).toBe("0ab3160d06f275bea70fa01bb873b3e20a7de5f823952a0f41667420c6444183");
  });

  it("is another market with another seed", async () => {
    const [one, two] = [await bars(market(1), "AAPL"), await bars(market(2), "AAPL")];
    expect(one.length).toBe(two.length);
    expect(one.close).not.toEqual(two.close);
  });

  // About 70 ms where nothing else runs; the bound leaves room for a busy machine.
  it("makes all symbols well within a second, and one of them in a fraction of that", async () => {
    const best = async (symbols: readonly string[]): Promise<number> => {
      let fastest = Infinity;
      for (let run = 0; run < 5; run += 1) {
        const source = market(run);
        const start = performance.now();
        for (const symbol of symbols) await bars(source, symbol);
        fastest = Math.min(fastest, performance.now() - start);
      }
      return fastest;
    };
    const all = await best(SYMBOLS);
    expect(all).toBeLessThan(800);
    expect(await best(["AAPL", "SIM500"])).toBeLessThan(all / 2);
  });
});

describe("what is refused", () => {
  it("a symbol that it does not have: says that the market is simulated, what is near, how to use real data", async () => {
    const error = await errorOf(market().series("APPL", NOW));
    expect(error.code).toBe("UNKNOWN_SYMBOL");
    expect(error.message).toContain("APPL is not in the simulated market");
    expect(error.hint).toContain("Did you mean AAPL (Apple)?");
    expect(error.hint).toContain("--data csv:DIR");
    expect(error.details).toMatchObject({ symbol: "APPL", source: "simulated" });
  });

  it("a real company that is not simulated, by its name", async () => {
    const error = await errorOf(market().series("ORCL", NOW));
    expect(error.message).toContain("ORCL (Oracle) is not in the simulated market");
  });

  it("a name far from all, with the whole offer", async () => {
    const error = await errorOf(market().latest(["QQQQQQ"]));
    expect(error.code).toBe("UNKNOWN_SYMBOL");
    expect(error.hint).toContain("It offers AAPL, AMD");
  });

  it("an interval other than daily", async () => {
    const error = await errorOf(market().series("AAPL", NOW, "1h"));
    expect(error.code).toBe("BAD_ARGUMENT");
    expect(error.message).toContain("daily bars only");
  });
});
