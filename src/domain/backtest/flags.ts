import type { DataSet } from "../market/data-set.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Simulation } from "./simulation.ts";

/** What a reader of the figures must know, in sentences. */
export function flagsOf(dataSet: DataSet, settings: BacktestSettings, simulation: Simulation): string[] {
  const { trades, toRow, unfilled, cashShortRows, ruinedRow } = simulation;
  const flags: string[] = [];
  if (dataSet.simulated) flags.push("The prices are simulated and say nothing about any real market.");
  if (settings.fill === "close") {
    flags.push("Fills at the same close that decides: nobody can trade at a close that is already known.");
  }
  if (settings.commission === 0 && settings.slippageBps === 0) flags.push("Trading costs nothing here.");
  const closedAtEnd = trades.filter((trade) => !trade.open && trade.exitRow === toRow - 1).length;
  if (settings.closeOut && closedAtEnd > 0) {
    flags.push(
      `${count(closedAtEnd, "position")} held at the end closed at the last ${settings.fill === "close" ? "close" : "open"} of the window.`,
    );
  }
  const open = trades.filter((trade) => trade.open).length;
  if (open > 0) flags.push(`${count(open, "position")} still held, valued at the last close.`);
  if (unfilled > 0) flags.push(`${count(unfilled, "decision")} unfilled: no bar followed in the window.`);
  if (cashShortRows > 0) {
    flags.push(
      `Purchases cut in ${count(cashShortRows, "row")}: the cash did not reach for the weights decided.`,
    );
  }
  if (ruinedRow !== null)
    flags.push("The equity was lost and everything closed; nothing was traded afterwards.");
  return flags;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
