import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { sharedBars } from "../../../../tests/support/daily-bars.ts";
import { hasSharedData, readShared, readSharedJson } from "../../../../tests/support/shared-data.ts";
import type { Column } from "../../market/column.ts";
import { periodsPerYear } from "../../risk/annualisation.ts";
import { beta } from "../../risk/beta.ts";
import { simpleReturns } from "../../risk/returns.ts";
import { volatility } from "../../risk/volatility.ts";
import { isAbsent } from "../../statistic.ts";
import { alpha } from "./alpha.ts";
import { averageDrawdown } from "./average-drawdown.ts";
import { downsideDeviation } from "./downside-deviation.ts";
import { averageDrawdownDays } from "./drawdown-days.ts";
import { drawdownSpells } from "./drawdown-spells.ts";
import { maxDrawdown } from "./max-drawdown.ts";
import { omega } from "./omega.ts";
import { namedReturns, periodEnds, returnsBetween } from "./period-returns.ts";
import { sharpe } from "./sharpe.ts";
import { stability } from "./stability.ts";
import { tailRatio } from "./tail-ratio.ts";
import { totalReturn } from "./total-return.ts";

type Figure = number | "NaN";

interface Series {
  readonly index: readonly string[];
  readonly values: readonly Figure[];
}

interface Case {
  readonly metric: string;
  readonly case: string;
  readonly args: Readonly<Record<string, Series | string | number>>;
  readonly expected: Figure | readonly Figure[];
}

function series(one: Case, name: string): Series {
  const value = one.args[name];
  return typeof value === "object" ? value : { index: [], values: [] };
}

/** The wealth that compounds returns from 1, with the time of each: the first one a day before the first return. */
function wealth({ index, values }: Series): { equity: Column; time: Column } {
  const equity = new Float64Array(values.length + 1).fill(1);
  for (const [i, value] of values.entries()) {
    equity[i + 1] = (equity[i] ?? NaN) * (1 + (value === "NaN" ? 0 : value));
  }
  const days = index.map((date) => Date.parse(date) + 1);
  return { equity, time: Float64Array.of((days[0] ?? NaN) - 1, ...days) };
}

describe.skipIf(!hasSharedData)("empyrical's own vectors, of two series and by calendar", () => {
  const { cases } = hasSharedData
    ? (readSharedJson("known-results", "empyrical", "vectors.json") as { cases: Case[] })
    : { cases: [] };
  const of = (metric: string): Case[] => cases.filter((one) => one.metric === metric);

  it("alpha and beta", () => {
    for (const one of [...of("alpha_beta"), ...of("beta")]) {
      const market = series(one, "benchmark");
      const valueAt = new Map(market.index.map((date, i) => [date, market.values[i] ?? "NaN"]));
      // It drops the days that either side lacks.
      const own: number[] = [];
      const other: number[] = [];
      for (const [i, date] of series(one, "returns").index.entries()) {
        const [value, reference] = [series(one, "returns").values[i], valueAt.get(date)];
        if (typeof value !== "number" || typeof reference !== "number") continue;
        own.push(value);
        other.push(reference);
      }
      const [returns, benchmark] = [Float64Array.from(own), Float64Array.from(other)];
      const figures =
        one.metric === "beta"
          ? [beta(returns, benchmark)]
          : [alpha(returns, benchmark, 252, 0), beta(returns, benchmark)];
      for (const [k, expected] of [one.expected].flat().entries()) {
        const actual = figures[k] ?? NaN;
        if (expected === "NaN") expect(isAbsent(actual), one.case).toBe(true);
        else expect(actual, one.case).toBeCloseTo(expected, 8);
      }
    }
    expect(of("alpha_beta").length + of("beta").length).toBe(8);
  });

  it("returns by month and by year", () => {
    let compared = 0;
    for (const one of of("aggregate_returns")) {
      const period = one.args["convert_to"];
      if (period !== "monthly" && period !== "yearly") continue;
      const { equity, time } = wealth(series(one, "returns"));
      const actual = returnsBetween(equity, periodEnds(time, period === "monthly" ? "month" : "year"));
      const expected = [one.expected].flat().map(Number);
      expect(actual).toHaveLength(expected.length);
      for (const [k, value] of expected.entries()) expect(actual[k]).toBeCloseTo(value, 10);
      compared += 1;
    }
    expect(compared).toBe(5);
  });

  it("simple returns and the maximum drawdown of rolling windows", () => {
    for (const one of of("simple_returns")) {
      const prices = Float64Array.from(series(one, "prices").values, Number);
      expect([...simpleReturns(prices)]).toEqual(one.expected);
    }
    for (const one of of("roll_max_drawdown")) {
      const { index, values } = series(one, "returns");
      const expected = [one.expected].flat();
      for (const [k, value] of expected.entries()) {
        const window = wealth({ index: index.slice(k, k + 6), values: values.slice(k, k + 6) });
        expect(maxDrawdown(window.equity)).toBeCloseTo(Number(value), 4);
      }
    }
    expect(of("simple_returns").length + of("roll_max_drawdown").length).toBe(3);
  });
});

describe.skipIf(!hasSharedData)("empyrical on three years of real closes", () => {
  const reference = hasSharedData
    ? (readSharedJson("market", "reference_metrics.json") as Record<string, Record<string, number>>)
    : {};
  // SPY's last close of each day from its hourly file, as the reference's note says.
  const spy = new Map<string, number>();
  for (const row of hasSharedData ? parse(readShared("market", "hourly", "SPY.csv")).slice(1) : []) {
    spy.set((row[0] ?? "").slice(0, 10), Number(row[4]));
  }

  it.each(["AAPL", "MSFT", "GOOGL", "AMZN", "NVDA", "JPM"])("%s", (symbol) => {
    const figure = (name: string): number => reference[symbol]?.[name] ?? NaN;
    const { close, time } = sharedBars(symbol, "market", "daily", `${symbol}.csv`);
    const returns = simpleReturns(close);
    expect(omega(returns, 252, 0)).toBeCloseTo(figure("omega"), 10);
    expect(downsideDeviation(returns, 252, 0)).toBeCloseTo(figure("downside_risk"), 10);
    expect(tailRatio(returns)).toBeCloseTo(figure("tail_ratio"), 10);
    expect(stability(close)).toBeCloseTo(figure("stability"), 10);

    const market = Float64Array.from(time, (one) => spy.get(new Date(one).toISOString().slice(0, 10)) ?? NaN);
    const marketReturns = simpleReturns(market);
    const own = returns.filter((_, i) => !Number.isNaN(marketReturns[i] ?? NaN));
    const benchmark = marketReturns.filter((value) => !Number.isNaN(value));
    expect(beta(own, benchmark)).toBeCloseTo(figure("beta_vs_SPY"), 8);
    expect(alpha(own, benchmark, 252, 0)).toBeCloseTo(figure("alpha_vs_SPY"), 8);
  });
});

describe.skipIf(!hasSharedData)("ffn on ten years of closes, by calendar", () => {
  it.each(["AAPL", "MSFT", "C"])("%s", (symbol) => {
    const { full } = readSharedJson("known-results", "ffn", "expected.json") as {
      full: Record<string, Record<string, number>>;
    };
    const figure = (name: string): number => full[name]?.[symbol] ?? NaN;
    const rows: Record<string, string>[] = parse(readShared("known-results", "ffn", "test_data.csv"), {
      columns: true,
    });
    const close = Float64Array.from(rows, (row) => Number(row[symbol]));
    const time = Float64Array.from(rows, (row) => {
      const [month = NaN, day = NaN, year = NaN] = (Object.values(row)[0] ?? "").split("/").map(Number);
      return Date.UTC(year < 100 ? 2000 + year : year, month - 1, day) + 1;
    });
    // It has no return for the period that the series begins in.
    const [months, years] = (["month", "year"] as const).map((period) => {
      const ends = periodEnds(time, period);
      return namedReturns(returnsBetween(close, ends), ends, time, period).slice(1);
    });
    const values = (named: typeof months): number[] => (named ?? []).map(([, value]) => value);
    const monthly = values(months);
    const yearly = values(years);
    const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
    expect([months?.[0]?.[0], months?.at(-1)?.[0], years?.[0]?.[0]]).toEqual(["2004-04", "2014-03", "2005"]);
    expect(Math.max(...simpleReturns(close))).toBeCloseTo(figure("best_day"), 10);
    expect(Math.min(...simpleReturns(close))).toBeCloseTo(figure("worst_day"), 10);
    expect(Math.max(...monthly)).toBeCloseTo(figure("best_month"), 10);
    expect(Math.min(...monthly)).toBeCloseTo(figure("worst_month"), 10);
    expect(12 * mean(monthly)).toBeCloseTo(figure("monthly_mean"), 10);
    expect(mean(monthly.filter((one) => one > 0))).toBeCloseTo(figure("avg_up_month"), 10);
    expect(mean(monthly.filter((one) => one <= 0))).toBeCloseTo(figure("avg_down_month"), 10);
    expect(monthly.at(-1)).toBeCloseTo(figure("mtd"), 10);
    expect(yearly.at(-1)).toBeCloseTo(figure("ytd"), 10);
    expect(Math.max(...yearly)).toBeCloseTo(figure("best_year"), 10);
    expect(Math.min(...yearly)).toBeCloseTo(figure("worst_year"), 10);
    expect(mean(yearly)).toBeCloseTo(figure("yearly_mean"), 10);
    expect(volatility(Float64Array.from(monthly), 12)).toBeCloseTo(figure("monthly_vol"), 10);
    expect(sharpe(Float64Array.from(monthly), 12, 0)).toBeCloseTo(figure("monthly_sharpe"), 10);
    expect(yearly.filter((one) => one > 0).length / yearly.length).toBeCloseTo(figure("win_year_perc"), 10);

    const spells = drawdownSpells(close);
    expect(averageDrawdown(spells)).toBeCloseTo(figure("avg_drawdown"), 10);
    // It counts from the first day below the high, ours from the high.
    const later = spells.map((spell) => ({ ...spell, start: spell.start + 1 }));
    expect(averageDrawdownDays(later, time)).toBeCloseTo(figure("avg_drawdown_days"), 8);
  });
});

describe.skipIf(!hasSharedData)("nine months of hours, at 7 bars a day", () => {
  it.each(["AAPL", "MSFT", "GOOGL", "JPM", "NVDA", "SPY"])("%s", (symbol) => {
    const reference = readSharedJson("market", "reference_paper_window_hourly.json") as Record<
      string,
      Record<string, number>
    >;
    const figure = (name: string): number => reference[symbol]?.[name] ?? NaN;
    const rows = parse(readShared("market", "hourly", `${symbol}.csv`))
      .slice(1)
      .filter((row) => (row[0] ?? "") >= "2024-04-01" && (row[0] ?? "") < "2025-01-01");
    const close = Float64Array.from(rows, (row) => Number(row[4]));
    const year = periodsPerYear({ calendar: "XNYS", interval: "1h" });
    expect(close).toHaveLength(figure("bars"));
    expect(totalReturn(close)).toBeCloseTo(figure("total_return"), 10);
    expect(maxDrawdown(close)).toBeCloseTo(figure("max_drawdown_hourly"), 10);
    expect(sharpe(simpleReturns(close), year, 0)).toBeCloseTo(figure("sharpe_hourly_x1764"), 8);
  });
});
