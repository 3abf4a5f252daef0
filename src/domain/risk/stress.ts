import { normalQuantile } from "./normal.ts";
import { percent } from "./percent.ts";
import type { RiskReport } from "./report.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";

const MONTHS_PER_YEAR = 12;

/** What the scenarios need to know of a book. Volatilities are annualised. */
export interface StressedBook {
  readonly positions: readonly {
    readonly symbol: string;
    readonly weight: number;
    readonly volatility: number;
  }[];
  readonly volatility: number;
  /** Null where no benchmark says: then 1 per unit of net exposure is assumed and said. */
  readonly beta: { readonly value: number; readonly marketVolatility: number; readonly name: string } | null;
  readonly confidence: number;
}

export type StressLoss = RiskReport["stress"][number];

/**
 * The book's return under every scenario:
 * - market: beta x move, less one month's standard deviation of what the index does not explain
 *   (sqrt(volatility^2 - beta^2 x market volatility^2), the single-index model of Sharpe 1963), since names in
 *   trouble of their own fall beyond their beta. Without a benchmark beta is 1 and that part unknown;
 * - volatility: the loss over a month at twice the volatility that `confidence` of normal outcomes do not exceed;
 * - correlation: the same at the volatility of a book whose positions all move against it together, sum |w| x vol;
 * - gap: the largest position's weight x move.
 * A book without shorts loses at most what is invested.
 */
export function stressLosses(book: StressedBook): StressLoss[] {
  const gross = book.positions.reduce((sum, one) => sum + Math.abs(one.weight), 0);
  const floor = book.positions.every((one) => one.weight >= 0) ? -gross : -Infinity;
  return SCENARIOS.map((scenario) => {
    const { loss, rule } = applied(scenario, book);
    return {
      scenario: scenario.name,
      kind: scenario.kind,
      description: `${scenario.story}: ${rule}.`,
      shock: scenario.move,
      return: Math.max(floor, loss),
    };
  });
}

function applied(scenario: Scenario, book: StressedBook): { loss: number; rule: string } {
  const month = normalQuantile(book.confidence) / Math.sqrt(MONTHS_PER_YEAR);
  switch (scenario.shock) {
    case "market":
      return marketMove(scenario.move, book);
    case "volatility":
      return {
        loss: -2 * month * book.volatility,
        rule: `the normal loss at ${percent(book.confidence)} confidence with ${percent(2 * book.volatility)} a year`,
      };
    case "correlation": {
      const together = book.positions.reduce((sum, one) => sum + Math.abs(one.weight) * one.volatility, 0);
      return {
        loss: -month * together,
        rule: `the normal loss at ${percent(book.confidence)} confidence with ${percent(together)} a year`,
      };
    }
    case "gap": {
      const largest = book.positions.reduce((a, b) => (Math.abs(b.weight) > Math.abs(a.weight) ? b : a));
      const weight = Math.abs(largest.weight);
      return {
        loss: weight * scenario.move,
        rule: `${largest.symbol} is ${percent(weight)} of the book`,
      };
    }
  }
}

function marketMove(move: number, book: StressedBook): { loss: number; rule: string } {
  if (book.beta === null) {
    const net = book.positions.reduce((sum, one) => sum + one.weight, 0);
    return {
      loss: net * move,
      rule: `${percent(move)} x beta 1, ASSUMED because there is no benchmark to measure it, without an own part`,
    };
  }
  const { value, marketVolatility, name } = book.beta;
  const unexplained = Math.sqrt(Math.max(0, book.volatility ** 2 - (value * marketVolatility) ** 2));
  const own = unexplained / Math.sqrt(MONTHS_PER_YEAR);
  return {
    loss: value * move - own,
    rule: `${percent(move)} x beta ${value.toFixed(2)} to ${name}, less ${percent(own)}, a month's deviation of what the index does not explain`,
  };
}
