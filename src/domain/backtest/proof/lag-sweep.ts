import { ratio } from "../../format.ts";
import { simulate } from "../engine.ts";
import type { BacktestSettings } from "../settings.ts";
import { outcomeOf } from "./outcome.ts";
import type { LagSweep } from "./report.ts";
import type { Subject } from "./subject.ts";

/**
 * The run with other delays between a decision and its fill: 0 bars is the close that decided, 1 the next open.
 * Failed where the run fills at the close that decided and nothing is left at the next open: nobody could have
 * traded there. Doubtful where one bar later than in the run itself nothing is left; a mere note where nothing
 * trades then (orders that are placed anew at every bar never come to stand).
 */
export function* lagSweep(subject: Subject, lags: readonly number[]): Generator<undefined, LagSweep> {
  const { panel, decisions, settings, window, periodsPerYear } = subject;
  const own = lagOf(settings);
  const levels: LagSweep["levels"] = [];
  const idle = new Set<number>();
  for (const bars of Array.from(new Set([...lags, own, own + 1])).sort((a, b) => a - b)) {
    yield;
    const simulation =
      bars === own ? subject.simulation : simulate(panel, decisions, withLag(settings, bars), window);
    if (simulation.fills.length === 0) idle.add(bars);
    levels.push({ bars, own: bars === own, ...outcomeOf(simulation, periodsPerYear, settings.riskFreeRate) });
  }
  return { ...conclude(levels, own, idle), levels };
}

/** Bars between a decision and its fill. */
function lagOf({ fill, latencyBars }: BacktestSettings): number {
  return latencyBars + (fill === "close" ? 0 : 1);
}

function withLag(settings: BacktestSettings, bars: number): BacktestSettings {
  return bars === 0
    ? { ...settings, fill: "close", latencyBars: 0 }
    : { ...settings, fill: "next-open", latencyBars: bars - 1 };
}

function conclude(
  levels: LagSweep["levels"],
  own: number,
  idle: ReadonlySet<number>,
): Pick<LagSweep, "standing" | "conclusion"> {
  const sharpeAt = (bars: number): number => levels.find((level) => level.bars === bars)?.sharpe ?? 0;
  const told = levels.map(({ bars, sharpe }) => `${ratio(sharpe)} at ${bars}`).join(", ");
  const figures = `Sharpe ratios by bars between decision and fill: ${told}`;
  if (own === 0 && sharpeAt(1) <= 0) {
    return {
      standing: "failed",
      conclusion: `${figures}; it earns only at the close that decides, where nobody can trade.`,
    };
  }
  if (idle.has(own + 1) && !idle.has(own)) {
    const why = "it never trades with a fill one bar later, as where orders are replaced before they stand";
    return { standing: "note", conclusion: `${figures}; ${why}, so nothing is known of a delay.` };
  }
  if (sharpeAt(own + 1) <= 0) {
    const lost = sharpeAt(own) > 0 ? "a fill one bar later loses the gain" : "there is no gain to lose";
    return { standing: "doubtful", conclusion: `${figures}; ${lost}.` };
  }
  return { standing: "passed", conclusion: `${figures}.` };
}
