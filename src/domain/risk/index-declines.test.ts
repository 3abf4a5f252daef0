import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { hasSharedData, readShared } from "../../../tests/support/shared-data.ts";
import { sharedBars } from "../../../tests/support/daily-bars.ts";
import { xnys } from "../market/xnys.ts";
import {
  BEAR_MARKET_OF_2022,
  declineOf,
  DOT_COM_BUST,
  FINANCIAL_CRISIS,
  FLASH_CRASH_OF_2010,
  type IndexDecline,
  PANDEMIC_CRASH,
  RATE_SHOCK_OF_1994,
} from "./index-declines.ts";

const DECLINES: Readonly<Record<string, IndexDecline>> = {
  BEAR_MARKET_OF_2022,
  DOT_COM_BUST,
  FINANCIAL_CRISIS,
  FLASH_CRASH_OF_2010,
  PANDEMIC_CRASH,
  RATE_SHOCK_OF_1994,
};

describe("falls of the index", () => {
  it.each(Object.entries(DECLINES))(
    "%s: days of trading in order, lowest at the end, then back",
    (_, one) => {
      const closes = [...one.fall, ...one.recovery];
      expect(closes.map(([day]) => day)).toEqual(closes.map(([day]) => day).toSorted());
      for (const [day] of closes) expect(xnys.session(day), day).toBeDefined();
      const start = one.fall[0]?.[1] ?? NaN;
      const low = one.fall.at(-1)?.[1] ?? NaN;
      for (const [day, close] of closes.slice(0, -1)) {
        expect(close, day).toBeGreaterThanOrEqual(low);
        expect(close, day).toBeLessThanOrEqual(start);
      }
      expect(closes.at(-1)?.[1]).toBeGreaterThan(start);
    },
  );

  it("have the depths that are published", () => {
    expect(declineOf(DOT_COM_BUST)).toBeCloseTo(-0.491, 3);
    expect(declineOf(FINANCIAL_CRISIS)).toBeCloseTo(-0.568, 3);
    expect(declineOf(PANDEMIC_CRASH)).toBeCloseTo(-0.339, 3);
    expect(declineOf(BEAR_MARKET_OF_2022)).toBeCloseTo(-0.254, 3);
  });
});

describe.skipIf(!hasSharedData)("against prices", () => {
  const fund = new Map<string, number>();
  if (hasSharedData) {
    const [header = [], ...rows] = parse(readShared("market", "SPY-1993-2020.csv"));
    for (const row of rows) fund.set(row[0] ?? "", Number(row[header.indexOf("Close")]));
  }

  it("the index of March 2020 to the cent", () => {
    const bars = sharedBars("sp500", "market", "crash-2019-2020", "sp500.csv");
    const closes = new Map(
      Array.from(bars.close, (close, i) => [new Date(bars.time[i] ?? 0).toISOString().slice(0, 10), close]),
    );
    for (const [day, close] of [...PANDEMIC_CRASH.fall, ...PANDEMIC_CRASH.recovery]) {
      expect(closes.get(day), day).toBeCloseTo(close, 2);
    }
  });

  it.each(Object.entries(DECLINES).filter(([name]) => name !== "BEAR_MARKET_OF_2022"))(
    "%s: the fund on the index moved alike to 1.5 %, with the volatility stated",
    (_, one) => {
      const closes = [...one.fall, ...one.recovery];
      const [first] = closes;
      for (const [day, close] of closes) {
        const ratio = (fund.get(day) ?? NaN) / (fund.get(first?.[0] ?? "") ?? NaN);
        expect(Math.abs(ratio / (close / (first?.[1] ?? NaN)) - 1), day).toBeLessThan(0.015);
      }
      if (one === FLASH_CRASH_OF_2010) return;
      const low = one.fall.at(-1)?.[0] ?? "";
      expect(volatility(first?.[0] ?? "", low)).toBeCloseTo(one.fallVolatility, 2);
      expect(volatility(low, closes.at(-1)?.[0] ?? "")).toBeCloseTo(one.recoveryVolatility, 2);
    },
  );

  function volatility(from: string, to: string): number {
    const closes = [...fund].filter(([day]) => day >= from && day <= to).map(([, close]) => close);
    const moves = closes.slice(1).map((close, i) => Math.log(close / (closes[i] ?? NaN)));
    const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
    return Math.sqrt((moves.reduce((sum, move) => sum + (move - mean) ** 2, 0) / (moves.length - 1)) * 252);
  }
});
