import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { sharedBars } from "../../../../tests/support/daily-bars.ts";
import { hasSharedData, readShared, readSharedJson } from "../../../../tests/support/shared-data.ts";
import type { Column } from "../../market/column.ts";
import { simpleReturns } from "../../risk/returns.ts";
import { volatility } from "../../risk/volatility.ts";
import { isAbsent, type Statistic } from "../../statistic.ts";
import { annualReturn } from "./annual-return.ts";
import { cagr } from "./cagr.ts";
import { calmar } from "./calmar.ts";
import { drawdownColumn } from "./drawdown.ts";
import { maxDrawdown } from "./max-drawdown.ts";
import { sharpe } from "./sharpe.ts";
import { sortino } from "./sortino.ts";
import { totalReturn } from "./total-return.ts";

type Figure = number | "NaN" | "Infinity";

const PERIODS: Record<string, number> = { daily: 252, weekly: 52, monthly: 12, yearly: 1 };

/** The wealth that compounds the returns from 1. */
function wealth(returns: Column): Column {
  const column = new Float64Array(returns.length + 1).fill(1);
  for (const [i, value] of returns.entries()) column[i + 1] = (column[i] ?? NaN) * (1 + value);
  return column;
}

/** Bad figures of the reference (NaN, infinity) are absences here. */
function expectEqual(actual: Statistic, expected: Figure, digits: number): void {
  if (typeof expected === "string") expect(isAbsent(actual)).toBe(true);
  else expect(actual).toBeCloseTo(expected, digits);
}

interface Case {
  readonly metric: string;
  readonly case: string;
  readonly passes_here: boolean;
  readonly args: {
    readonly returns?: { readonly values: readonly Figure[] };
    readonly risk_free?: number | { readonly values: readonly Figure[] };
    readonly period?: string;
    readonly starting_value?: number;
  };
  readonly expected: Figure;
}

describe.skipIf(!hasSharedData)("empyrical's own test vectors", () => {
  const cases = hasSharedData
    ? (readSharedJson("known-results", "empyrical", "vectors.json") as { cases: Case[] }).cases
    : [];
  // How empyrical treats a NaN among returns: as no observation for means and deviations, as zero for growth.
  const statistics: Record<string, (known: Column, filled: Column, one: Case) => Statistic> = {
    max_drawdown: (_, filled) => (filled.length === 0 ? maxDrawdown(filled) : maxDrawdown(wealth(filled))),
    annual_ret: (_, filled, one) => annualReturn(filled, periods(one)),
    cagr: (_, filled, one) => annualReturn(filled, periods(one)),
    annual_volatility: (known, _, one) => volatility(known, periods(one)),
    calmar: (_, filled, one) => calmar(annualReturn(filled, periods(one)), maxDrawdown(wealth(filled))),
    sharpe_ratio: (known, _, one) => sharpe(known, periods(one), 0),
    cum_returns_final: (_, filled) =>
      filled.length === 0 ? totalReturn(filled) : totalReturn(wealth(filled)),
  };
  const covered = cases.filter((one) => one.passes_here && one.metric in statistics);

  it("has the cases", () => {
    expect(covered).toHaveLength(36);
  });

  it.each(covered.map((one) => ({ name: one.case, one })))("$name", ({ one }) => {
    const values = (one.args.returns?.values ?? []).map(Number);
    const rate = one.args.risk_free ?? 0;
    // A risk-free rate per period is taken off the returns first; the statistic itself takes an annual rate.
    const excess = values.map(
      (value, i) => value - (typeof rate === "number" ? rate : Number(rate.values[i])),
    );
    const known = Float64Array.from(excess.filter((value) => !Number.isNaN(value)));
    const filled = Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : value));
    const start = one.args.starting_value ?? 0;
    const actual = statistics[one.metric]?.(known, filled, one) ?? NaN;
    const scaled = start === 0 || isAbsent(actual) ? actual : start * (1 + actual);
    // Cumulative returns are published to four decimals, the rest to eight.
    expectEqual(scaled, one.expected, one.metric === "cum_returns_final" ? 4 : 8);
  });

  function periods(one: Case): number {
    return PERIODS[one.args.period ?? "daily"] ?? NaN;
  }
});

describe.skipIf(!hasSharedData)("empyrical on three years of real closes", () => {
  const reference = hasSharedData
    ? (readSharedJson("market", "reference_metrics.json") as Record<string, Record<string, number>>)
    : {};
  it.each(["AAPL", "MSFT", "GOOGL", "AMZN", "NVDA", "JPM"])("%s", (symbol) => {
    const figures = reference[symbol] ?? {};
    const { close } = sharedBars(symbol, "market", "daily", `${symbol}.csv`);
    const returns = simpleReturns(close);
    expect(returns).toHaveLength(figures["n"] ?? NaN);
    expect(totalReturn(close)).toBeCloseTo(figures["cum_return"] ?? NaN, 10);
    expect(annualReturn(returns, 252)).toBeCloseTo(figures["annual_return"] ?? NaN, 10);
    expect(volatility(returns, 252)).toBeCloseTo(figures["annual_volatility"] ?? NaN, 10);
    expect(sharpe(returns, 252, 0)).toBeCloseTo(figures["sharpe"] ?? NaN, 10);
    expect(sortino(returns, 252, 0)).toBeCloseTo(figures["sortino"] ?? NaN, 10);
    expect(maxDrawdown(close)).toBeCloseTo(figures["max_drawdown"] ?? NaN, 10);
    expect(calmar(annualReturn(returns, 252), maxDrawdown(close))).toBeCloseTo(figures["calmar"] ?? NaN, 10);
  });
});

describe.skipIf(!hasSharedData)("ffn on ten years of closes", () => {
  const { full, first10 } = hasSharedData
    ? (readSharedJson("known-results", "ffn", "expected.json") as {
        full: Record<string, Record<string, number>>;
        first10: Record<string, Record<string, number>>;
      })
    : { full: {}, first10: {} };
  // Its daily_sortino has the sample deviation of the negative returns below, another definition.
  it.each(["AAPL", "MSFT", "C"])("%s", (symbol) => {
    const rows: Record<string, string>[] = parse(readShared("known-results", "ffn", "test_data.csv"), {
      columns: true,
    });
    const figure = (name: string): number => full[name]?.[symbol] ?? NaN;
    const close = Float64Array.from(rows, (row) => Number(row[symbol]));
    const time = Float64Array.from(rows, (row) => {
      const [month = NaN, day = NaN, year = NaN] = (Object.values(row)[0] ?? "").split("/").map(Number);
      return Date.UTC(year < 100 ? 2000 + year : year, month - 1, day);
    });
    const returns = simpleReturns(close);
    expect(totalReturn(close)).toBeCloseTo(figure("total_return"), 10);
    expect(cagr(close, time)).toBeCloseTo(figure("cagr"), 10);
    expect(maxDrawdown(close)).toBeCloseTo(figure("max_drawdown"), 10);
    expect(calmar(cagr(close, time), maxDrawdown(close))).toBeCloseTo(figure("calmar"), 10);
    expect(volatility(returns, 252)).toBeCloseTo(figure("daily_vol"), 10);
    expect(sharpe(returns, 252, 0)).toBeCloseTo(figure("daily_sharpe"), 10);
    const ten = close.subarray(0, 10);
    // Its test of the total return takes eleven rows, those of drawdowns ten.
    expect(totalReturn(close.subarray(0, 11))).toBeCloseTo(first10["total_return"]?.[symbol] ?? NaN, 3);
    expect(maxDrawdown(ten)).toBeCloseTo(first10["max_drawdown"]?.[symbol] ?? NaN, 3);
    expect(drawdownColumn(ten)[9]).toBeCloseTo(first10["drawdown_idx9"]?.[symbol] ?? NaN, 3);
  });
});
