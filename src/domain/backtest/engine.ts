import type { Panel } from "../market/panel.ts";
import { checkSignals } from "./check-signals.ts";
import { checkTargets } from "./check-targets.ts";
import { SignalSource, TargetSource } from "./decision-source.ts";
import type { Decisions, Steps } from "./decisions.ts";
import { StepperDesk } from "./desk.ts";
import { RowEngine } from "./row-engine.ts";
import type { RowWindow } from "./row-window.ts";
import type { BacktestSettings } from "./settings.ts";
import { fitsSignalPath } from "./signal-path.ts";
import { simulateSignal } from "./simulate-signal.ts";
import type { Simulation } from "./simulation.ts";
import { Stepper } from "./stepper.ts";

export type { RowWindow } from "./row-window.ts";

/**
 * Executes decisions on a panel. Within a row things happen in this order:
 *
 * 1. Interest and borrow cost from the close before to this one (carry.ts), then splits, dividends and delistings
 *    (scheduled-events.ts).
 * 2. At the open, decisions. A decision at the close of row t fills at the open of the symbol's next bar, or
 *    settings.latencyBars rows later. Where the symbol has no bar, or not the volume, it waits; a newer one
 *    replaces it. What is decided at the window's last close stays unfilled. With settings.fill `close` decisions
 *    fill at the close of their own row instead, after everything else.
 * 3. Working orders at the open; the stops and targets of the settings; working orders inside the bar
 *    (order-execution.ts, protection.ts).
 * 4. At the close, the value of the account. An equity of zero or below ends the run: all positions are closed at
 *    that close and the debt stays. An equity below settings.maintenanceMargin x gross exposure closes everything
 *    too and takes back what waits for a bar or for volume, but what is decided later trades again. Forced sales
 *    know no participation cap.
 *
 * Sizes: see sizing.ts, with the equity at the fill prices of the row. Symbols without a bar, and positions between
 * bars, are valued at the last known price. Sales come first, then shorts are bought back, then positions are
 * bought: all purchases of a row are scaled down alike where cash does not reach, which may fall to
 * -(maxLeverage - 1) x equity. The proceeds of shorts are cash, and short sales are not limited but by the
 * maintenance margin. A part that the participation cap left is sized anew at the next bar.
 *
 * The last decision per symbol before the window counts as made at the close of its first row. With
 * settings.closeOut, everything held that has a bar in the last row is closed at that row's fill price in place of
 * any other decision or order. The end of a window is known beforehand, so this looks at nothing ahead.
 *
 * There is one currency: panels whose symbols are quoted in several, and cash in several, are not modelled.
 *
 * @throws FinAgentError BAD_ARGUMENT where decisions or window do not fit the panel, DATA_INSUFFICIENT where the
 *   settings ask for raw prices or volumes that the data have not
 */
export function simulate(
  panel: Panel,
  decisions: Decisions,
  settings: BacktestSettings,
  window: RowWindow = { fromRow: 0, toRow: panel.rows },
): Simulation {
  if ("onBar" in decisions) return simulateSteps(panel, decisions, settings, window);
  if ("signals" in decisions) {
    checkSignals(decisions, panel);
    const [signal] = decisions.signals;
    if (signal !== undefined && fitsSignalPath(panel, settings)) {
      return simulateSignal(panel, signal, settings, window);
    }
    return new RowEngine(panel, settings, window, new SignalSource(panel, decisions), false).run();
  }
  checkTargets(decisions, panel);
  return new RowEngine(panel, settings, window, new TargetSource(decisions), false).run();
}

/** Asks the rule at every close until the end of the window, or of the equity. */
function simulateSteps(
  panel: Panel,
  { onBar }: Steps,
  settings: BacktestSettings,
  window: RowWindow,
): Simulation {
  const stepper = new Stepper(panel, settings, window);
  const desk = new StepperDesk(stepper, window.fromRow);
  while (stepper.advance()) if (!stepper.ruined) onBar(desk);
  return stepper.simulation();
}
