import { FinAgentError } from "../../errors.ts";
import { calendarOf } from "../../market/calendars.ts";
import { at, last } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import { CAUSE, type Fills } from "../fills.ts";
import type { Simulation } from "../simulation.ts";
import type { Outcome } from "./scenario-report.ts";

/**
 * What a simulation went through from a row of its panel on.
 * @param startRow first row of the path; the close before it is the level that everything is measured from
 * @param fallBars rows of the path until the market stands lowest
 */
export function measurePath(
  panel: Panel,
  simulation: Simulation,
  startRow: number,
  fallBars: number,
): Outcome {
  const first = startRow - simulation.fromRow;
  const { equity, exposure } = simulation;
  const base = at(equity, first - 1);
  if (!(base > 0)) {
    throw new FinAgentError("BAD_ARGUMENT", "The equity is lost before the scenario begins.", {
      hint: "Lower the leverage, or begin the period later.",
    });
  }
  let high = base;
  let deepest = 0;
  let invested = 0;
  let lowest = base;
  let back: number | null = 0;
  for (let i = first; i < equity.length; i += 1) {
    const value = at(equity, i);
    high = Math.max(high, value);
    deepest = Math.min(deepest, value / high - 1);
    if (i < first + fallBars) invested += at(exposure, i);
    if (value < lowest) {
      lowest = value;
      back = null;
    } else if (value >= base && back === null) back = i - first + 1;
  }
  return {
    fallReturn: at(equity, first + fallBars - 1) / base - 1,
    totalReturn: last(equity) / base - 1,
    maxDrawdown: deepest,
    worstDay: worstDay(panel, simulation, first),
    exposureBefore: at(exposure, first - 1),
    exposureDuring: invested / fallBars,
    recoveryBars: back,
    liquidations: countForced(simulation.fills, startRow),
    ruined: simulation.ruinedRow !== null,
  };
}

/** Positions that were closed for want of margin or of equity. */
function countForced({ length, row, cause }: Fills, startRow: number): number {
  let forced = 0;
  for (let i = 0; i < length; i += 1) {
    if (cause[i] === CAUSE.liquidation && (row[i] ?? -1) >= startRow) forced += 1;
  }
  return forced;
}

/** The largest fall from one day's last close to the next one's. */
function worstDay(panel: Panel, { equity, fromRow }: Simulation, first: number): Outcome["worstDay"] {
  const dateOf = (i: number): string => calendarOf(panel.calendar).dateOf(at(panel.time, fromRow + i));
  const daily = panel.interval === "1d";
  const isLastOfDay = (i: number): boolean => daily || i + 1 === equity.length || dateOf(i + 1) !== dateOf(i);
  let worst = 0;
  let worstAt = first;
  let before = at(equity, first - 1);
  for (let i = first; i < equity.length; i += 1) {
    if (!isLastOfDay(i)) continue;
    const change = at(equity, i) / before - 1;
    if (change < worst) {
      worst = change;
      worstAt = i;
    }
    before = at(equity, i);
  }
  return { return: worst, day: dateOf(worstAt) };
}
