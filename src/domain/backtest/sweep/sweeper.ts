import { FinAgentError } from "../../errors.ts";
import { memoised } from "../../indicators/memory.ts";
import { at, last } from "../../market/column.ts";
import { decide } from "../decide.ts";
import { simulate } from "../engine.ts";
import type { Signal } from "../signal.ts";
import { SignalLedger } from "../signal-ledger.ts";
import { fitsSignalPath, type SignalPath, signalPath, walkSignal } from "../signal-path.ts";
import { riskFreePerPeriod } from "../statistics/risk-free.ts";
import type { Strategy } from "../strategy.ts";
import { type BlockSums, blockSums } from "./block-sums.ts";
import { valuesAt } from "./grid.ts";
import { type Annual, SCORE_SIZE, writeScore } from "./score.ts";
import { scoreSignal } from "./score-signal.ts";
import { scoreSimulation } from "./score-simulation.ts";
import type { Stretch, SweepJob } from "./sweep-job.ts";
import { Tally } from "./tally.ts";

const YEAR_MS = 365.25 * 86_400_000;

/**
 * Runs combinations of a job in this thread. Indicators are computed once for all of them, and what a
 * combination needs beside its decisions is made once and used again. Its figures depend on the combination
 * alone, so that any division of the work gives the same results.
 */
export class Sweeper {
  readonly #job: SweepJob;
  readonly #strategy: Strategy;
  readonly #indicators = memoised();
  readonly #tally = new Tally();
  readonly #ledger = new SignalLedger(64);
  readonly #path: SignalPath | null;
  readonly #sums: BlockSums;
  readonly #annual: Annual;

  constructor(job: SweepJob, strategy: Strategy) {
    const { panel, settings, window, periodsPerYear } = job;
    this.#job = job;
    this.#strategy = strategy;
    const [bars] = panel.bars;
    const simple = "signal" in strategy && fitsSignalPath(panel, settings);
    this.#path = simple && bars !== undefined ? signalPath(bars, settings, window) : null;
    this.#sums = blockSums(window.toRow - window.fromRow, job.blocks, job.sums);
    const closeTime = panel.closeTime.subarray(window.fromRow, window.toRow);
    this.#annual = {
      periodsPerYear,
      riskFree: riskFreePerPeriod(settings.riskFreeRate, periodsPerYear),
      years: (last(closeTime) - at(closeTime, 0)) / YEAR_MS,
    };
  }

  /** @throws FinAgentError naming the combination whose decisions could not be made */
  run({ from, to }: Stretch): void {
    const { grid, scores, blocks } = this.#job;
    for (let k = from; k < to; k += 1) {
      const values = { ...grid.fixed, ...valuesAt(grid.axes, grid.taken[k] ?? -1) };
      try {
        this.#score(this.#strategy.params.parse(values), 2 * blocks * k);
      } catch (error) {
        throw named(error, values);
      }
      writeScore(this.#tally, this.#annual, scores, SCORE_SIZE * k);
    }
  }

  #score(params: Record<string, unknown>, offset: number): void {
    const { panel, settings, window } = this.#job;
    const { riskFree } = this.#annual;
    const [bars] = panel.bars;
    if (this.#path !== null && bars !== undefined && "signal" in this.#strategy) {
      const signal: Signal = this.#strategy.signal(bars, params, this.#indicators);
      walkSignal(this.#path, signal, this.#ledger);
      scoreSignal(this.#path, this.#ledger, riskFree, this.#tally, this.#sums, offset);
      return;
    }
    const decisions = decide(this.#strategy, panel, params, this.#indicators);
    const simulation = simulate(panel, decisions, settings, window);
    scoreSimulation(simulation, riskFree, this.#tally, this.#sums, offset);
  }
}

function named(error: unknown, values: Readonly<Record<string, unknown>>): FinAgentError {
  const combination = Object.entries(values)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(" ");
  const known = error instanceof FinAgentError;
  const message = error instanceof Error ? error.message : String(error);
  return new FinAgentError(known ? error.code : "BAD_ARGUMENT", `With ${combination}: ${message}`, {
    ...(known && error.hint !== undefined ? { hint: error.hint } : {}),
    details: { ...(known ? error.details : {}), combination },
    cause: error,
  });
}
