import { count, counted } from "../../format.ts";
import type { Indicators } from "../../indicators/indicators.ts";
import type { DataSet } from "../../market/data-set.ts";
import type { Panel } from "../../market/panel.ts";
import { randomFrom } from "../../random.ts";
import { periodsPerYear } from "../../risk/annualisation.ts";
import { decide } from "../decide.ts";
import type { Decisions } from "../decisions.ts";
import { simulate } from "../engine.ts";
import { windowRows } from "../window-rows.ts";
import type { BacktestSettings } from "../settings.ts";
import { buyAndHold } from "../strategies/buy-and-hold.ts";
import type { Strategy } from "../strategy.ts";
import { barsPerPeriod } from "./coarse-returns.ts";
import { confidenceIntervals } from "./confidence-intervals.ts";
import { costSweep } from "./cost-sweep.ts";
import { gridTrials } from "./grid-trials.ts";
import { historyDependence } from "./history-dependence.ts";
import { lagSweep } from "./lag-sweep.ts";
import { lookAhead } from "./look-ahead.ts";
import { overfitting } from "./overfitting.ts";
import { parameterGrid, type Params } from "./parameter-grid.ts";
import type { Proof } from "./report.ts";
import { cellsOf, type Subject } from "./subject.ts";
import { walkForward } from "./walk-forward.ts";

const COSTS = [0, 1, 2, 5, 10] as const;
const LAGS = [0, 1, 2, 3] as const;

/** Bars times symbols that may be decided and simulated anew, and bounds of how often. */
const LOOK_AHEAD_WORK = 4_000_000;
const CUTS = { least: 4, most: 24, slow: 10 } as const;
const GRID_WORK = 8_000_000;
const TRIALS = { least: 5, most: 49, slow: 5 } as const;

export interface ProofOptions {
  readonly dataSet: DataSet;
  readonly strategy: Strategy;
  readonly params: Params;
  /** What the strategy decides on the data set's panel. */
  readonly decisions: Decisions;
  readonly settings: BacktestSettings;
  readonly seed: number;
  /** A strategy that takes long to decide is asked less often. */
  readonly slow?: boolean;
}

/** How far a proof is; the total is an estimate that may grow. */
export interface ProofProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * The truth tests of one backtest. A generator, so that whoever runs it can tell progress and stop between any two
 * steps; the result depends on the data and the seed alone.
 */
export function* proveBacktest(options: ProofOptions): Generator<ProofProgress, Proof> {
  const { dataSet, strategy, params, settings, seed, slow = false } = options;
  const { panel } = dataSet;
  const window = windowRows(dataSet);
  const decideOn = (other: Panel): Decisions => decide(strategy, other, params);
  const holdOn = (other: BacktestSettings) => simulate(panel, decide(buyAndHold, panel, {}), other, window);
  const subject: Subject = {
    panel,
    window,
    settings,
    decisions: options.decisions,
    simulation: simulate(panel, options.decisions, settings, window),
    periodsPerYear: periodsPerYear(panel),
    seed,
  };
  const cells = cellsOf(subject);
  const cuts = slow ? CUTS.slow : bounded(LOOK_AHEAD_WORK / cells, CUTS);
  const most = slow ? TRIALS.slow : bounded(GRID_WORK / cells, TRIALS);
  const grid = parameterGrid(strategy.params, params, most, randomFrom(seed).fork("parameter-grid"));

  const progress = new Steps(3 * cuts + Math.max(0, grid.length - 1) + COSTS.length + LAGS.length + 16);
  const found = yield* progress.through(lookAhead(subject, decideOn, cuts));
  const history = yield* progress.through(
    historyDependence(subject, (other: Panel, indicators: Indicators) =>
      decide(strategy, other, params, indicators),
    ),
  );
  const costs = yield* progress.through(costSweep(subject, COSTS, holdOn));
  const lags = yield* progress.through(lagSweep(subject, LAGS));
  const bootstrap = yield* progress.through(confidenceIntervals(subject, holdOn(settings)));
  const trials = yield* progress.through(
    gridTrials(subject, grid, (other, variant) => decide(strategy, other, variant)),
  );
  return {
    lookAhead: found,
    history,
    costs,
    lags,
    bootstrap,
    walkForward: walkForward(trials),
    overfitting: overfitting(trials, settings.riskFreeRate),
    notes: notesOf(subject, cuts, grid.length, grid.length - trials.params.length, slow),
  };
}

function bounded(number: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, Math.floor(number)));
}

/** What was done less thoroughly than on a small run. */
function notesOf(subject: Subject, cuts: number, trials: number, failed: number, slow: boolean): string[] {
  const why = slow
    ? "deciding anew takes long"
    : `there are ${count(cellsOf(subject))} bars to decide and simulate each time`;
  const bars = barsPerPeriod(subject.simulation.equity.length);
  return [
    ...(cuts < CUTS.most ? [`The future was changed at ${cuts} rows instead of ${CUTS.most}: ${why}.`] : []),
    ...(trials > 0 && trials < TRIALS.most && !slow && cellsOf(subject) * TRIALS.most > GRID_WORK
      ? [
          `At most ${Math.floor(Math.max(TRIALS.least, GRID_WORK / cellsOf(subject)))} sets of parameters were tried instead of ${TRIALS.most}: ${why}.`,
        ]
      : []),
    ...(trials > 0 && slow ? [`At most ${TRIALS.slow} sets of parameters were tried: ${why}.`] : []),
    ...(failed > 0 ? [`${counted(failed, "set")} of parameters failed on these bars: left out.`] : []),
    ...(bars > 1
      ? [`Intervals, folds and trials use returns over ${bars} bars each: more periods would tell no more.`]
      : []),
  ];
}

/** Counts steps of parts whose number is not known beforehand. */
class Steps {
  #done = 0;
  #total: number;

  constructor(total: number) {
    this.#total = total;
  }

  *through<T>(part: Generator<undefined, T>): Generator<ProofProgress, T> {
    for (;;) {
      const { done, value } = part.next();
      if (done === true) return value;
      this.#done += 1;
      this.#total = Math.max(this.#total, this.#done + 1);
      yield { done: this.#done, total: this.#total };
    }
  }
}
