import { z } from "zod";
import type { Column } from "../../market/column.ts";
import { at } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import type { BacktestSettings } from "../settings.ts";
import type { Simulation } from "../simulation.ts";
import { drawdownColumn } from "../statistics/drawdown.ts";
import { distribution } from "./distribution.ts";
import { heldWeights } from "./held-weights.ts";
import { pointPositions } from "./point-positions.ts";
import { lastOf, lowestOf, meanOf, MOST_POINTS, pointsOf, sumOf } from "./points.ts";
import { rolling } from "./rolling.ts";

const column = z.array(z.number());
const gapped = z.array(z.number().nullable());

/** So many symbols have their prices told. */
const MOST_PRICES = 6;

/** How a backtest went, thinned for charts: every column has one value per point. */
export const courseSchema = z.object({
  barsPerPoint: z.int().describe(`Rows of the window per point, so that there are at most ${MOST_POINTS}`),
  time: z.array(z.string()).describe("Close of each point's last row, ISO 8601"),
  equity: column.describe("In money, at the end of each point"),
  benchmark: column.describe("Equity of buy and hold"),
  market: column.nullable().describe("The source's index, starting at the same capital"),
  drawdown: column.describe("The deepest of each point's rows"),
  benchmarkDrawdown: column,
  exposure: column.describe("Sum of absolute weights, the mean of each point's rows"),
  turnover: column.describe("Money traded / equity, summed over each point's rows"),
  weights: z.object({
    symbols: z
      .array(z.object({ symbol: z.string(), weights: column }))
      .describe("Means of each point's rows, the largest symbol first"),
    others: column.nullable().describe("All other symbols together, net"),
  }),
  prices: z
    .array(z.object({ symbol: z.string(), close: gapped }))
    .describe(`Of the ${MOST_PRICES} symbols whose trades moved the result most`),
  rolling: z
    .object({ bars: z.int().describe("Length of the window"), sharpe: gapped, volatility: gapped })
    .nullable()
    .describe("Over the bars up to each point, per year; null where the run is too short"),
  distribution: z
    .object({
      bars: z.int().describe("Returns counted"),
      idleBars: z.int().describe("Bars without a position, left out"),
      mean: z.number(),
      deviation: z.number(),
      from: z.number().describe("Lower edge of the first bin"),
      binWidth: z.number(),
      counts: z.array(z.int()).describe("The first and the last bin hold what lies beyond them too"),
    })
    .nullable()
    .describe("Returns per bar; null where too few or all alike"),
});

export type CourseReport = z.output<typeof courseSchema>;

export interface CourseParts {
  readonly panel: Panel;
  readonly settings: BacktestSettings;
  readonly simulation: Simulation;
  /** Closes of the window's rows, epoch milliseconds. */
  readonly closeTime: Column;
  readonly benchmark: Column;
  /** Any scale. */
  readonly market: Column | null;
  readonly periodsPerYear: number;
}

export function describeCourse(parts: CourseParts): CourseReport {
  const { panel, settings, simulation, closeTime, benchmark, market, periodsPerYear } = parts;
  const { equity, exposure } = simulation;
  const points = pointsOf(equity.length);
  const { prices, weights } = pointPositions(panel, simulation, points, settings.prices === "raw");
  return {
    barsPerPoint: points.barsPerPoint,
    time: lastOf(closeTime, points).map((time) => new Date(time).toISOString()),
    equity: lastOf(equity, points),
    benchmark: lastOf(benchmark, points),
    market:
      market === null
        ? null
        : lastOf(market, points).map((value) => (value / at(market, 0)) * settings.capital),
    drawdown: lowestOf(drawdownColumn(equity), points),
    benchmarkDrawdown: lowestOf(drawdownColumn(benchmark), points),
    exposure: meanOf(exposure, points),
    turnover: sumOf(simulation.turnover, points),
    weights: heldWeights(panel.symbols, weights),
    prices: mostMoving(simulation).map((s) => ({
      symbol: panel.symbols[s] ?? "",
      close: Array.from(prices[s] ?? [], (price) => (Number.isNaN(price) ? null : price)),
    })),
    rolling: rolling(equity, points, periodsPerYear, settings.riskFreeRate),
    distribution: distribution(equity, exposure),
  };
}

/** Symbols (as indices, in the panel's order) whose trades won or lost most. */
function mostMoving({ trades }: Simulation): number[] {
  const moved = new Map<number, number>();
  for (const { symbol, profit } of trades) moved.set(symbol, (moved.get(symbol) ?? 0) + Math.abs(profit));
  return [...moved]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_PRICES)
    .map(([symbol]) => symbol)
    .sort((a, b) => a - b);
}
