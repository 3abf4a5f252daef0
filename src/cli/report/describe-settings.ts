import { type BacktestSettings, backtestSettingsSchema } from "../../domain/backtest/settings.ts";
import { counted, money, rate } from "../format.ts";

/** Every setting in a few words. */
const WORDS: Readonly<Record<keyof BacktestSettings, (settings: BacktestSettings) => string>> = {
  capital: ({ capital }) => `capital ${money(capital)}`,
  fill: ({ fill }) => (fill === "close" ? "filled at the close that decided" : "filled at the next open"),
  latencyBars: ({ latencyBars }) => `${counted(latencyBars, "bar")} later`,
  prices: ({ prices }) => (prices === "raw" ? "raw prices" : "adjusted prices"),
  dividends: ({ dividends }) => (dividends === "cash" ? "dividends in cash" : "dividends reinvested"),
  commission: ({ commission }) => `commission ${rate(commission)}`,
  commissionPerShare: ({ commissionPerShare }) => `${commissionPerShare} per share`,
  commissionMinimum: ({ commissionMinimum }) => `at least ${money(commissionMinimum)} a fill`,
  commissionTiers: ({ commissionTiers }) =>
    commissionTiers.map((tier) => `${rate(tier.rate)} from ${money(tier.fromNotional)} traded on`).join(", "),
  halfSpreadBps: ({ halfSpreadBps }) => `half-spread ${halfSpreadBps} bps`,
  slippageBps: ({ slippageBps }) => `slippage ${slippageBps} bps`,
  impact: ({ impact }) => `impact ${impact}`,
  maxParticipation: ({ maxParticipation }) =>
    maxParticipation === null ? "any volume" : `at most ${rate(maxParticipation)} of a bar's volume`,
  borrowRate: ({ borrowRate }) => `borrowing shares at ${rate(borrowRate)}`,
  cashRate: ({ cashRate }) => `cash earns ${rate(cashRate)}`,
  marginRate: ({ marginRate }) => `borrowing cash at ${rate(marginRate)}`,
  maxLeverage: ({ maxLeverage }) => `leverage up to ${maxLeverage}`,
  maintenanceMargin: ({ maintenanceMargin }) => `maintenance margin ${rate(maintenanceMargin)}`,
  stopLoss: ({ stopLoss }) => `stop-loss ${offOr(stopLoss)}`,
  takeProfit: ({ takeProfit }) => `take-profit ${offOr(takeProfit)}`,
  trailingStop: ({ trailingStop }) => `trailing stop ${offOr(trailingStop)}`,
  wholeShares: ({ wholeShares }) => (wholeShares ? "whole shares" : "fractional shares"),
  closeOut: ({ closeOut }) => (closeOut ? "closed at the end" : "kept open at the end"),
  riskFreeRate: ({ riskFreeRate }) => `risk-free rate ${rate(riskFreeRate)}`,
};

/** Told whatever they are. */
const ALWAYS: ReadonlySet<string> = new Set<keyof BacktestSettings>([
  "capital",
  "fill",
  "commission",
  "slippageBps",
  "wholeShares",
]);

const DEFAULTS = backtestSettingsSchema.parse({});

/** The settings that matter to every run, and all that are not the default. */
export function describeSettings(settings: BacktestSettings): string {
  return backtestSettingsSchema
    .keyof()
    .options.filter(
      (name) => ALWAYS.has(name) || JSON.stringify(settings[name]) !== JSON.stringify(DEFAULTS[name]),
    )
    .map((name) => WORDS[name](settings))
    .join(", ");
}

function offOr(distance: number | null): string {
  return distance === null ? "off" : rate(distance);
}
