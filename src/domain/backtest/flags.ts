import { money, rate } from "../format.ts";
import type { DataSet } from "../market/data-set.ts";
import { CAUSE } from "./fills.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Simulation } from "./simulation.ts";

/** What a reader of the figures must know, in sentences. */
export function flagsOf(dataSet: DataSet, settings: BacktestSettings, simulation: Simulation): string[] {
  return [
    ...(dataSet.simulated ? ["The prices are simulated and say nothing about any real market."] : []),
    ...ofSettings(settings),
    ...ofDividends(dataSet, settings, simulation),
    ...ofEnds(dataSet, settings, simulation),
    ...ofFills(settings, simulation),
    ...ofAccount(settings, simulation),
  ];
}

function ofSettings(settings: BacktestSettings): string[] {
  const flags: string[] = [];
  if (settings.fill === "close") {
    flags.push(
      settings.latencyBars === 0
        ? "Fills at the same close that decides: nobody can trade at a close that is already known."
        : `Fills at the close, ${count(settings.latencyBars, "bar")} after the decision.`,
    );
  } else if (settings.latencyBars > 0) {
    flags.push(`Fills come ${count(settings.latencyBars, "bar")} later than the next open.`);
  }
  const { commission, commissionPerShare, commissionMinimum, halfSpreadBps, slippageBps, impact } = settings;
  if (commission + commissionPerShare + commissionMinimum + halfSpreadBps + slippageBps + impact === 0) {
    flags.push("Trading costs nothing here.");
  }
  if (settings.maxLeverage > 1) {
    flags.push(
      `Purchases could borrow, up to ${settings.maxLeverage} times the equity${settings.marginRate === 0 ? ", at no interest" : ""}.`,
    );
  }
  return flags;
}

function ofDividends(
  { panel }: DataSet,
  { prices, dividends }: BacktestSettings,
  { fromRow, toRow }: Simulation,
): string[] {
  if (prices === "adjusted") {
    return dividends === "cash"
      ? ["No dividend was paid in cash: adjusted prices were traded, and raw prices alone pay them."]
      : [];
  }
  const from = panel.time[fromRow] ?? NaN;
  const to = panel.time[toRow - 1] ?? NaN;
  const paid = panel.bars.some(({ actions }) =>
    actions.some(({ time, dividend }) => dividend > 0 && time > from && time <= to),
  );
  if (!paid) return ["Raw prices were traded; the data has no dividends in this period."];
  return [
    dividends === "reinvest"
      ? "Raw prices were traded; splits and reinvested dividends changed the shares held."
      : "Raw prices were traded; splits changed the shares held and dividends were paid in cash.",
  ];
}

function ofEnds(
  { panel }: DataSet,
  settings: BacktestSettings,
  { trades, fills, unfilled, working, delisted }: Simulation,
): string[] {
  const flags: string[] = [];
  let closedAtEnd = 0;
  for (let i = 0; i < fills.length; i += 1) {
    if (fills.cause[i] === CAUSE.closeOut && fills.held[i] === 0) closedAtEnd += 1;
  }
  if (closedAtEnd > 0) {
    flags.push(
      `${count(closedAtEnd, "position")} held at the end closed at the last ${settings.fill === "close" ? "close" : "open"} of the window.`,
    );
  }
  const open = trades.filter((trade) => trade.open).length;
  if (open > 0) flags.push(`${count(open, "position")} still held, valued at the last close.`);
  if (delisted.length > 0) {
    const names = delisted.map((symbol) => panel.symbols[symbol] ?? "").join(", ");
    flags.push(
      `${names}: the prices end before the window does, and the position was closed at the last of them. A real delisting may have paid less.`,
    );
  }
  if (unfilled > 0) {
    flags.push(
      `${count(unfilled, "decision")} unfilled: no bar, or not enough volume, followed in the window.`,
    );
  }
  if (working > 0) flags.push(`${count(working, "order")} still waiting for a fill at the end.`);
  return flags;
}

function ofFills(settings: BacktestSettings, { fills, volumeCuts, unmeasuredImpacts }: Simulation): string[] {
  const flags: string[] = [];
  const stops = [
    [CAUSE.stopLoss, "stop-loss"],
    [CAUSE.trailingStop, "trailing stop"],
    [CAUSE.takeProfit, "take-profit"],
  ] as const;
  const taken = stops
    .map(
      ([cause, name]) => [fills.cause.reduce((sum, one) => sum + (one === cause ? 1 : 0), 0), name] as const,
    )
    .filter(([times]) => times > 0)
    .map(([times, name]) => `${name} ${times} ${times === 1 ? "time" : "times"}`);
  if (taken.length > 0) {
    flags.push(
      `Closed inside a bar by ${taken.join(", ")}; where a bar touched both a stop and a target, the stop was taken.`,
    );
  }
  if (volumeCuts > 0) {
    flags.push(
      `${count(volumeCuts, "order")} cut at ${rate(settings.maxParticipation ?? 1)} of a bar's volume, the rest carried on.`,
    );
  }
  if (unmeasuredImpacts > 0) {
    flags.push(
      `${count(unmeasuredImpacts, "fill")} without market impact: too few earlier bars, or no volume, to measure it by.`,
    );
  }
  return flags;
}

function ofAccount(
  { capital, maxLeverage }: BacktestSettings,
  { decisions, equity, cashShortRows, liquidations, ruinedRow }: Simulation,
): string[] {
  const flags: string[] = [];
  const first = equity[0] ?? NaN;
  if (first !== capital) {
    flags.push(`Returns count from the first close, after the costs of its fills: from ${money(first)}.`);
  }
  if (cashShortRows > 0) {
    flags.push(
      `Purchases cut in ${count(cashShortRows, "row")} (of ${count(decisions, "decision")}): what was decided took more cash than there was, at a leverage of at most ${maxLeverage}.`,
    );
  }
  if (liquidations > 0) {
    flags.push(
      `Everything was sold by force ${liquidations === 1 ? "once" : `${liquidations} times`}: the equity fell below the maintenance margin.`,
    );
  }
  if (ruinedRow !== null) {
    flags.push("The equity was lost and everything closed; nothing was traded afterwards.");
  }
  return flags;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
