import type { RunReport } from "../../src/domain/run/report.ts";
import { plainDeviation, plainMaxDrawdown, plainMean, plainReturns } from "../support/plain-formulas.ts";
import { printedFigures, readsLike } from "../support/printed-figures.ts";
import type { Score } from "../support/suite.ts";
import type { NumbersCase } from "./cases.ts";
import { riskFigures, windowFigures, within } from "./expected.ts";
import type { NumbersSeen, PublishedCase } from "./suite.ts";

type Case = NumbersCase | PublishedCase;

/** Two computations of one figure in 64-bit numbers differ by less. */
const SAME = 1e-9;

/** An equity curve is reported in whole cents: of 100,000 they are a ten-millionth, and a Sharpe ratio sums them up. */
const SAME_FROM_CENTS = 1e-6;

/** Money is kept in whole cents, and rounded to them once for each position. */
const CENT = 0.01;

export function criteriaOf(one: Case): string[] {
  const told =
    one.kind === "portfolio" || one.kind === "backtest" ? "told in the answer" : "asked figures told";
  return ["answered", "figures computed", told];
}

export function scoreNumbers(one: Case, seen: NumbersSeen): Score[] {
  const { report, error } = seen;
  const criteria = criteriaOf(one);
  const [, computed = "", told = ""] = criteria;
  if (report === null) return [{ criterion: "answered", passed: false, detail: error ?? "" }];
  const { expected, found, tell } = figuresOf(one, seen, report);
  const wrong = Object.entries(expected).filter(
    ([name, value]) => !(Math.abs((found[name] ?? NaN) - value) <= toleranceOf(one, name, value)),
  );
  const printed = printedFigures(report.answer ?? "");
  const untold = tell.filter((name) => {
    const symbol = / (?:of|in) (\S+)$/.exec(name)?.[1];
    const own = printed.filter(({ row }) => symbol === undefined || row === null || row === symbol);
    return !own.some((figure) => readsLike(figure, expected[name] ?? NaN));
  });
  return [
    { criterion: "answered", passed: report.status === "done", detail: report.status },
    {
      criterion: computed,
      passed: wrong.length === 0 && Object.keys(expected).length > 0,
      detail: wrong
        .map(([name, value]) => `${name} is ${found[name] ?? "missing"}, and should be ${value}.`)
        .join(" "),
    },
    {
      criterion: told,
      passed: untold.length === 0,
      detail: untold.map((name) => `The answer does not tell ${name}: ${expected[name]}.`).join(" "),
    },
  ];
}

interface Figures {
  /** By name, computed from the raw bars. */
  readonly expected: Readonly<Record<string, number>>;
  /** The same in the run's report. */
  readonly found: Readonly<Record<string, number | null | undefined>>;
  /** Those that the answer must tell. */
  readonly tell: readonly string[];
}

function figuresOf(one: Case, { bars, published }: NumbersSeen, report: RunReport): Figures {
  const [symbol = ""] = one.symbols;
  const prices = report.data?.prices.find((price) => price.symbol === symbol);
  switch (one.kind) {
    case "window": {
      const expected = windowFigures(within(bars[symbol] ?? [], one.from, one.to));
      return { expected, found: numbersIn(prices), tell: one.asked };
    }
    case "published":
      return {
        expected: { ...published },
        found: numbersIn(prices),
        tell: ["change", "volatility", "maxDrawdown"],
      };
    case "risk": {
      const { risk } = report;
      const found = { ...risk, valueAtRisk: risk?.valueAtRisk.historical };
      const { volatility, valueAtRisk, maxDrawdown, currentDrawdown } = found;
      return {
        expected: riskFigures(bars, one.symbols, one.weights, one.asOf),
        found: { volatility, valueAtRisk, maxDrawdown, currentDrawdown },
        tell: one.asked,
      };
    }
    case "portfolio":
      return portfolioFigures(one, bars, report);
    case "backtest":
      return backtestFigures(one, bars, report);
  }
}

function numbersIn(fields: object = {}): Record<string, number> {
  const entries = Object.entries(fields).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return Object.fromEntries(entries);
}

/** Prices are the last closes, shares whole and as many as the weight pays for, and the money adds up to the capital. */
function portfolioFigures(
  one: Case & { kind: "portfolio" },
  bars: NumbersSeen["bars"],
  { portfolio }: RunReport,
): Figures {
  const expected: Record<string, number> = { capital: one.capital };
  const found: Record<string, number | null> = {};
  const tell: string[] = [];
  let spent = 0;
  for (const { symbol, weight, price, shares, notional } of portfolio?.positions ?? []) {
    const close = (bars[symbol] ?? []).findLast(({ date }) => date <= one.asOf)?.close ?? NaN;
    const money = weight * (one.capital - (portfolio?.cost ?? 0));
    expected[`price of ${symbol}`] = close;
    found[`price of ${symbol}`] = price;
    expected[`shares of ${symbol}`] = Math.floor(money / close);
    found[`shares of ${symbol}`] = shares;
    expected[`money in ${symbol}`] = shares * close;
    found[`money in ${symbol}`] = notional;
    tell.push(`price of ${symbol}`, `shares of ${symbol}`);
    spent += notional;
  }
  found["capital"] = spent + (portfolio?.cashAmount ?? NaN) + (portfolio?.cost ?? NaN);
  return { expected, found, tell: [...tell, "capital"] };
}

/**
 * Statistics of the strategy follow from its equity curve. Buy and hold is known from the bars alone: bought at the second open
 * and sold at the last, each at the stated commission and slippage against it.
 */
function backtestFigures(
  one: Case & { kind: "backtest" },
  bars: NumbersSeen["bars"],
  { metrics, benchmark, equity, backtest }: RunReport,
): Figures {
  const values = equity.map(([, value]) => value);
  const [start = NaN] = values;
  const returns = plainReturns(values);
  const rows = within(bars[one.symbols[0] ?? ""] ?? [], one.from, one.to);
  const { commission = NaN, slippageBps = NaN } = backtest?.settings ?? {};
  const bought = (rows[1]?.open ?? NaN) * (1 + slippageBps / 1e4) * (1 + commission);
  const sold = (rows.at(-1)?.open ?? NaN) * (1 - slippageBps / 1e4) * (1 - commission);
  return {
    expected: {
      totalReturn: (values.at(-1) ?? NaN) / start - 1,
      maxDrawdown: plainMaxDrawdown(values),
      sharpe: (plainMean(returns) / plainDeviation(returns)) * Math.sqrt(252),
      "buy and hold": sold / bought - 1,
    },
    found: {
      totalReturn: metrics?.totalReturn,
      maxDrawdown: metrics?.maxDrawdown,
      sharpe: metrics?.sharpe,
      "buy and hold": benchmark?.metrics.totalReturn,
    },
    tell: ["totalReturn", "maxDrawdown", "sharpe", "buy and hold"],
  };
}

function toleranceOf({ kind }: Case, name: string, value: number): number {
  if (/^(?:money|capital)/.test(name)) return CENT;
  return (kind === "backtest" ? SAME_FROM_CENTS : SAME) * Math.max(1, Math.abs(value));
}
