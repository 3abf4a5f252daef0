import { decideSignal } from "../../domain/backtest/decide-signal.ts";
import type { Signal } from "../../domain/backtest/signal.ts";
import type { Strategy } from "../../domain/backtest/strategy.ts";
import type { Targets } from "../../domain/backtest/targets.ts";
import { FinAgentError } from "../../domain/errors.ts";
import type { StrategyFile } from "./strategy-file.ts";

/**
 * The strategy, whose rule fails with an error that names the file, the line and what it decided on, and whose
 * decisions are looked at before anything reads them.
 */
export function guardStrategy(strategy: Strategy, file: StrategyFile): Strategy {
  if ("signal" in strategy) {
    return {
      ...strategy,
      signal: (bars, params, indicators) => {
        const signal = attempt(file, bars.symbol, () => decideSignal(strategy, bars, params, indicators));
        const why = signalFault(signal, bars.length);
        if (why === null) return signal;
        throw file.bad(`its signal for ${bars.symbol} ${why}.`, SIGNAL_HINT);
      },
    };
  }
  if ("onBar" in strategy) {
    return {
      ...strategy,
      onBar: (desk, params) => {
        attempt(file, new Date(desk.time).toISOString(), () => strategy.onBar(desk, params));
      },
    };
  }
  return {
    ...strategy,
    targets: (panel, params, indicators) => {
      const targets = attempt(file, panel.symbols.join(", "), () =>
        strategy.targets(panel, params, indicators),
      );
      const why = targetsFault(targets, panel.symbols.length);
      if (why === null) return targets;
      throw file.bad(`what its targets returned ${why}.`, TARGETS_HINT);
    },
  };
}

const SIGNAL_HINT =
  "Return `signalOf(bars.length, (bar) => 1, 0, -1 or undefined)`, or the bars and sides of the changes as Int32Array and Int8Array.";

const TARGETS_HINT =
  "Return { rows: Int32Array, weights: [Float64Array per symbol] }, with one weight for each row.";

function attempt<T>(file: StrategyFile, on: string, decide: () => T): T {
  try {
    return decide();
  } catch (error) {
    const line = file.lineOf(error);
    const where = line === null ? "" : ` (line ${line})`;
    throw file.bad(
      `failed while deciding on ${on}${where}: ${messageOf(error)}`,
      (error instanceof FinAgentError ? error.hint : undefined) ??
        "Correct the file and try again; --debug shows the stack.",
      { ...(error instanceof FinAgentError ? error.details : {}), ...(line === null ? {} : { line }) },
      error,
    );
  }
}

/** An error of FinAgent's is a sentence for people, which the name of its class would not make clearer. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof FinAgentError ? error.message : `${error.name}: ${error.message}`;
}

function signalFault(signal: Signal | undefined, length: number): string | null {
  if (!(signal?.bars instanceof Int32Array) || !(signal.sides instanceof Int8Array)) {
    return "is not made of `bars` (Int32Array) and `sides` (Int8Array)";
  }
  const { bars, sides } = signal;
  if (bars.length !== sides.length) return `has ${bars.length} bars and ${sides.length} sides`;
  let before = -1;
  for (const [k, bar] of bars.entries()) {
    if (bar <= before || bar >= length) return `has bar ${bar} after bar ${before}, of ${length}`;
    if (Math.abs(sides[k] ?? NaN) > 1) return `has side ${sides[k]} at bar ${bar}; sides are 1, 0 and -1`;
    before = bar;
  }
  return null;
}

function targetsFault(targets: Targets | undefined, symbols: number): string | null {
  if (!(targets?.rows instanceof Int32Array) || !Array.isArray(targets.weights)) {
    return "is not made of `rows` (Int32Array) and `weights` (a list)";
  }
  if (targets.weights.length !== symbols)
    return `has ${targets.weights.length} columns of weights for ${symbols} symbols`;
  const fits = targets.weights.every(
    (column) => column instanceof Float64Array && column.length === targets.rows.length,
  );
  return fits ? null : "has a column of weights that is no Float64Array with one weight for each row";
}
