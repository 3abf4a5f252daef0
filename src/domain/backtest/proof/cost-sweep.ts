import { last } from "../../market/column.ts";
import { percent } from "../../format.ts";
import { costsByKind } from "../costs-by-kind.ts";
import { simulate } from "../engine.ts";
import type { BacktestSettings } from "../settings.ts";
import type { Simulation } from "../simulation.ts";
import { riskFreePerPeriod } from "../statistics/risk-free.ts";
import { breakEvenRate, HIGHEST_RATE } from "./break-even.ts";
import { outcomeOf } from "./outcome.ts";
import type { CostSweep } from "./report.ts";
import { flatCosts, scaleCosts } from "./scale-costs.ts";
import type { Subject } from "./subject.ts";

/** Where trading is free in the settings, a gain must survive at least this. */
const MODEST_BPS = 5;

/** What a break-even is called that lies beyond what anybody pays. */
const BEYOND = HIGHEST_RATE * 1e4;

/**
 * The run at multiples of all its costs, and the flat cost per trade at which its gain is gone. Doubtful where no
 * gain over cash is left at twice the costs.
 * @param multiples of the costs, 1 among them
 * @param holding simulates buy and hold under other settings; null: it is left out
 */
export function* costSweep(
  subject: Subject,
  multiples: readonly number[],
  holding: ((settings: BacktestSettings) => Simulation) | null,
): Generator<undefined, CostSweep> {
  const { panel, decisions, settings, window, periodsPerYear } = subject;
  const levels: CostSweep["levels"] = [];
  for (const times of multiples) {
    yield;
    const simulation =
      times === 1 ? subject.simulation : simulate(panel, decisions, scaleCosts(settings, times), window);
    levels.push({
      times,
      ...outcomeOf(simulation, periodsPerYear, settings.riskFreeRate),
      costs: Math.round(costsOf(simulation) * 100) / 100,
    });
  }
  yield;
  const rows = window.toRow - window.fromRow;
  const cash = (rows - 1) * Math.log1p(riskFreePerPeriod(settings.riskFreeRate, periodsPerYear));
  const growth = remember((rate) =>
    grown(simulate(panel, decisions, flatCosts(settings, rate), window), settings),
  );
  const overCash = breakEvenRate((rate) => growth(rate) - cash);
  yield;
  const overHolding =
    holding === null
      ? null
      : breakEvenRate((rate) => growth(rate) - grown(holding(flatCosts(settings, rate)), settings));
  const sweep = {
    levels,
    paidBps: paidBps(subject.simulation),
    breakEvenBps: inBps(overCash),
    breakEvenAgainstHoldingBps: inBps(overHolding),
  };
  return { ...conclude(sweep, Math.expm1(cash)), ...sweep };
}

/** All costs of trading and holding, in money. */
function costsOf(simulation: Simulation): number {
  return Object.values(costsByKind(simulation)).reduce((sum, cost) => sum + cost, 0);
}

/** All costs / money traded, in basis points; null where nothing was traded. */
export function paidBps(simulation: Simulation): number | null {
  const { fills } = simulation;
  let traded = 0;
  for (let k = 0; k < fills.length; k += 1) {
    traded += Math.abs((fills.shares[k] ?? NaN) * (fills.price[k] ?? NaN));
  }
  return traded > 0 ? (1e4 * costsOf(simulation)) / traded : null;
}

function conclude(
  {
    levels,
    paidBps: paid,
    breakEvenBps,
    breakEvenAgainstHoldingBps,
  }: Omit<CostSweep, "standing" | "conclusion">,
  cash: number,
): Pick<CostSweep, "standing" | "conclusion"> {
  const returnAt = (times: number): number | null =>
    levels.find((level) => level.times === times)?.totalReturn ?? null;
  const twice = returnAt(2);
  const gone =
    breakEvenBps === null
      ? "there is no gain over cash even without costs"
      : breakEvenBps >= BEYOND
        ? `a gain over cash survives ${BEYOND} basis points per trade`
        : `the gain over cash is gone at ${breakEvenBps.toFixed(1)} basis points per trade`;
  const holding =
    breakEvenAgainstHoldingBps === null || breakEvenAgainstHoldingBps >= BEYOND
      ? ""
      : `, that over buy and hold at ${breakEvenAgainstHoldingBps.toFixed(1)}`;
  const free = paid === null || paid === 0;
  const returns = levels
    .filter(({ times }) => times !== 1)
    .map(({ times, totalReturn }) => `${percent(totalReturn)} at ${times} times`)
    .join(", ");
  const paying = free
    ? "Trading is free here"
    : `It returns ${returns} the costs of ${paid.toFixed(1)} basis points per trade`;
  const survives = free ? (breakEvenBps ?? 0) >= MODEST_BPS : twice !== null && twice > cash;
  return { standing: survives ? "passed" : "doubtful", conclusion: `${paying}; ${gone}${holding}.` };
}

function grown({ equity }: Simulation, { capital }: BacktestSettings): number {
  const end = last(equity);
  return end > 0 ? Math.log(end / capital) : -Infinity;
}

function inBps(rate: number | null): number | null {
  if (rate === null) return null;
  return rate === Infinity ? BEYOND : Math.round(rate * 1e6) / 100;
}

function remember(compute: (rate: number) => number): (rate: number) => number {
  const known = new Map<number, number>();
  return (rate) => {
    const value = known.get(rate) ?? compute(rate);
    known.set(rate, value);
    return value;
  };
}
