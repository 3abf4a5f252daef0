import { at, type Column, last } from "../../market/column.ts";
import type { DataSet } from "../../market/data-set.ts";
import type { Panel } from "../../market/panel.ts";
import { randomFrom } from "../../random.ts";
import { periodsPerYear } from "../../risk/annualisation.ts";
import { correlatedPairs } from "../../risk/correlation.ts";
import { absent, type Absent } from "../../statistic.ts";
import type { Decisions } from "../decisions.ts";
import { simulate } from "../engine.ts";
import { measure } from "../measure.ts";
import { barsPerPeriod, coarseReturns } from "../proof/coarse-returns.ts";
import { courseOf } from "../run.ts";
import type { BacktestSettings } from "../settings.ts";
import { riskFreePerPeriod } from "../statistics/risk-free.ts";
import { windowRows } from "../window-rows.ts";
import { conclude } from "./conclude.ts";
import { type Contrast, MEAN_DIFFERENCE, SHARPE_DIFFERENCE } from "./pair.ts";
import type { Comparison } from "./report.ts";
import { type DifferenceTest, testDifference } from "./test-difference.ts";

const CONFIDENCE = 0.95;
const RESAMPLES = 4999;

/** One of the two: how it is called, and how it decides over the data set's panel. */
export interface Side {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly decide: (panel: Panel) => Decisions;
}

interface CompareOptions {
  readonly dataSet: DataSet;
  readonly a: Side;
  readonly b: Side;
  readonly settings: BacktestSettings;
  readonly seed: number;
}

/**
 * Runs two strategies over the same rows with the same settings and tests the difference of their Sharpe ratios and of
 * their mean returns on the pairs of returns; see testDifference. Excess over the risk-free rate counts in both. Yields
 * between parts of the work.
 * @throws FinAgentError EMPTY_WINDOW, DATA_INSUFFICIENT
 */
export function* compare({
  dataSet,
  a,
  b,
  settings,
  seed,
}: CompareOptions): Generator<undefined, Comparison> {
  const { panel } = dataSet;
  const window = windowRows(dataSet);
  const time = panel.closeTime.subarray(window.fromRow, window.toRow);
  const year = periodsPerYear(panel);
  const runOf = function* (side: Side) {
    yield;
    const decisions = side.decide(panel);
    yield;
    const simulation = simulate(panel, decisions, settings, window);
    const { metrics, absent: reasons } = measure(courseOf(simulation, time), year, settings.riskFreeRate);
    return {
      report: { name: side.name, params: { ...side.params }, metrics, absent: reasons },
      equity: simulation.equity,
      ruined: simulation.ruinedRow !== null,
    };
  };
  const one = yield* runOf(a);
  const other = yield* runOf(b);

  const bars = barsPerPeriod(time.length);
  const periods = year / bars;
  const free = riskFreePerPeriod(settings.riskFreeRate, periods);
  const excess = (equity: Column): Column => coarseReturns(equity, bars).map((value) => value - free);
  const pair = { a: excess(one.equity), b: excess(other.equity) };
  const ruined = [one, other].filter((side) => side.ruined).map(({ report }) => report.name);
  const random = randomFrom(seed).fork("compare");
  const test = function* (contrast: Contrast, label: string): Generator<undefined, DifferenceTest | Absent> {
    return ruined.length > 0
      ? absent(`The equity of ${ruined.join(" and ")} was lost.`)
      : yield* testDifference(pair.a, pair.b, contrast, {
          confidence: CONFIDENCE,
          resamples: RESAMPLES,
          random: random.fork(label),
        });
  };
  const sharpe = yield* test(SHARPE_DIFFERENCE, "sharpe");
  const meanReturn = yield* test(MEAN_DIFFERENCE, "mean");
  const correlation = correlatedPairs([pair.a, pair.b])[0]?.value ?? null;
  const shown = !("absent" in sharpe) && sharpe.pValue < 1 - CONFIDENCE;
  return {
    from: new Date(at(panel.time, window.fromRow)).toISOString(),
    to: new Date(last(time)).toISOString(),
    bars: time.length,
    a: one.report,
    b: other.report,
    sharpe: annual(sharpe, Math.sqrt(periods)),
    meanReturn: annual(meanReturn, periods),
    correlation,
    absent: {
      ...("absent" in sharpe ? { sharpe: sharpe.absent } : {}),
      ...("absent" in meanReturn ? { meanReturn: meanReturn.absent } : {}),
      ...(correlation === null ? { correlation: "The returns of one of the two do not vary." } : {}),
    },
    confidence: CONFIDENCE,
    resamples: RESAMPLES,
    periods: pair.a.length,
    barsPerPeriod: bars,
    shown,
    conclusion: conclude(sharpe, Math.sqrt(periods), CONFIDENCE),
  };
}

function annual(test: DifferenceTest | Absent, factor: number): Comparison["sharpe"] {
  if ("absent" in test) return null;
  return {
    difference: test.difference * factor,
    low: test.low * factor,
    high: test.high * factor,
    pValue: test.pValue,
    detectable: test.detectable * factor,
    blockLength: test.blockLength,
  };
}
