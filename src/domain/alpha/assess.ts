import type { MarketView } from "../market/view.ts";
import type { AlphaPolicy } from "../policy/alpha.ts";
import type { Factor } from "./factor.ts";
import type { AlphaReport, Signal } from "./report.ts";
import { scoreAlpha } from "./score.ts";

export interface AlphaOptions {
  readonly policy: AlphaPolicy;
  readonly dataSetId: string;
  /** Default: every symbol of the view. */
  readonly symbols?: readonly string[];
  /** Factors beside the built-in ones, by name. */
  readonly factors?: ReadonlyMap<string, Factor>;
}

/** The alpha report as of the view's time. */
export function assessAlpha(view: MarketView, options: AlphaOptions): AlphaReport {
  const { signals, unscored } = scoreAlpha(view, options.policy, options.symbols, options.factors);
  return {
    asOf: new Date(view.asOf).toISOString(),
    dataSetId: options.dataSetId,
    policy: options.policy,
    signals,
    unscored,
    summary: summarise(signals, unscored.length),
  };
}

function summarise(signals: readonly Signal[], unscored: number): string {
  const named = (direction: Signal["direction"]): string => {
    const fitting = signals
      .filter((signal) => signal.direction === direction)
      .sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
    return fitting.length === 0
      ? ""
      : `${direction}: ${fitting.map((signal) => `${signal.symbol} (${signal.score.toFixed(2)})`).join(", ")}`;
  };
  const parts = [named("long"), named("short"), named("neutral")].filter((part) => part !== "");
  if (unscored > 0) parts.push(`not scored for lack of history: ${unscored}`);
  return parts.length === 0 ? "No symbol could be scored." : `${parts.join("; ")}.`;
}
