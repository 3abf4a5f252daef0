import type { Signal } from "../alpha/report.ts";
import { FinAgentError } from "../errors.ts";
import type { Bars } from "../market/bars.ts";
import { at, type Column } from "../market/column.ts";
import type { MarketView } from "../market/view.ts";
import { commonTimes, MINIMUM_BARS, windowTimes } from "../risk/common-window.ts";
import type { RiskReport } from "../risk/report.ts";
import type { PortfolioRules } from "./rules.ts";
import { formatScore } from "./format-score.ts";

export interface Exclusion {
  readonly symbol: string;
  readonly reason: string;
  /** `direction` and `rank` come from the signal and can change with it; `risk` and `history` cannot. */
  readonly because: "risk" | "direction" | "rank" | "history";
}

export interface Candidates {
  /** Best score first. */
  readonly chosen: readonly Signal[];
  readonly excluded: readonly Exclusion[];
  /** The bars that the chosen have in common within the look-back. */
  readonly time: Column;
}

/** Signals by the size of their score, largest first; of equal ones the first by symbol. */
export function byScore(signals: readonly Signal[]): Signal[] {
  return signals.toSorted(
    (a, b) =>
      Math.abs(b.score) - Math.abs(a.score) || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0),
  );
}

/**
 * Who may be held: names whose risk was measured, with a long signal (a short one too where that is allowed), that move
 * and have at least half of the look-back (and 20 bars) in common with the better ones; the best up to the number of
 * names.
 * @throws FinAgentError BAD_ARGUMENT on two signals for a symbol, UNKNOWN_SYMBOL on one without data
 */
export function chooseCandidates(
  view: MarketView,
  signals: readonly Signal[],
  risk: Pick<RiskReport, "perSymbol" | "unmeasured">,
  rules: PortfolioRules,
  lookback: number,
): Candidates {
  refuseDuplicates(signals);
  const needed = Math.min(lookback, Math.max(MINIMUM_BARS, Math.ceil(lookback / 2)));
  const chosen: Signal[] = [];
  const excluded: Exclusion[] = [];
  let common: Column | null = null;
  for (const signal of byScore(signals)) {
    const exclude = (because: Exclusion["because"], reason: string): void => {
      excluded.push({ symbol: signal.symbol, reason, because });
    };
    const bars = view.bars(signal.symbol);
    const unmeasured = riskProblem(signal.symbol, risk);
    if (unmeasured !== null) {
      exclude("risk", unmeasured);
      continue;
    }
    const direction = directionProblem(signal, rules);
    if (direction !== null) {
      exclude("direction", direction);
      continue;
    }
    const history = historyProblem(bars, needed, lookback);
    if (history !== null) {
      exclude("history", history);
      continue;
    }
    if (chosen.length >= rules.maxNames) {
      exclude("rank", `Its score of ${formatScore(signal.score)} is not among the best ${rules.maxNames}.`);
      continue;
    }
    const times: Column = windowTimes(bars, lookback);
    const shared: Column = common === null ? times : commonTimes(common, times);
    if (shared.length < needed) {
      exclude(
        "history",
        `It has only ${shared.length} bars in common with ${chosen.map((one) => one.symbol).join(", ")}; the covariance needs ${needed}.`,
      );
      continue;
    }
    common = shared;
    chosen.push(signal);
  }
  return { chosen, excluded, time: common ?? new Float64Array(0) };
}

function refuseDuplicates(signals: readonly Signal[]): void {
  const symbols = signals.map((signal) => signal.symbol);
  const twice = symbols.find((symbol, i) => symbols.indexOf(symbol) !== i);
  if (twice === undefined) return;
  throw new FinAgentError("BAD_ARGUMENT", `${twice} has two signals.`, {
    hint: "Give one signal for each symbol.",
    details: { symbol: twice },
  });
}

function riskProblem(
  symbol: string,
  { perSymbol, unmeasured }: Pick<RiskReport, "perSymbol" | "unmeasured">,
): string | null {
  if (perSymbol.some((one) => one.symbol === symbol)) return null;
  const reason = unmeasured.find((one) => one.symbol === symbol)?.reason;
  return `Its risk was not measured: ${reason ?? "it is not in the book of the risk report"}.`;
}

function directionProblem(signal: Signal, rules: PortfolioRules): string | null {
  if (signal.direction === "neutral") return `Its score of ${formatScore(signal.score)} is neutral.`;
  if (signal.direction === "short" && rules.longOnly) {
    return `Its score of ${formatScore(signal.score)} is short, and the portfolio is long only.`;
  }
  return null;
}

function historyProblem(bars: Bars, needed: number, lookback: number): string | null {
  if (bars.length < needed) {
    return `It has ${bars.length} bars of history; the covariance over ${lookback} bars needs at least ${needed}.`;
  }
  const first = Math.max(0, bars.length - lookback);
  const start = at(bars.close, first);
  if (bars.close.subarray(first).every((close) => close === start)) {
    return `Its price did not move in the last ${bars.length - first} bars.`;
  }
  return null;
}
