import type { z } from "zod";
import type { backtestSettingsSchema } from "../../domain/backtest/settings.ts";
import { badFlag } from "./bad-flag.ts";
import { given } from "./given.ts";

type Settings = z.input<typeof backtestSettingsSchema>;

/** Flags of every command that turns decisions into fills. */
export interface SettingsFlags {
  readonly capital?: number;
  readonly fill?: "next-open" | "close";
  readonly latencyBars?: number;
  readonly commission?: number;
  readonly commissionPerShare?: number;
  readonly commissionMinimum?: number;
  readonly commissionTier?: Settings["commissionTiers"];
  readonly halfSpreadBps?: number;
  readonly slippageBps?: number;
  readonly impact?: number;
  readonly maxParticipation?: number;
  readonly borrowRate?: number;
  readonly cashRate?: number;
  readonly marginRate?: number;
  readonly maxLeverage?: number;
  readonly maintenanceMargin?: number;
  readonly stopLoss?: number;
  readonly takeProfit?: number;
  readonly trailingStop?: number;
  readonly rawPrices?: boolean;
  readonly dividends?: "reinvest" | "cash";
  readonly wholeShares?: boolean;
  readonly keepOpen?: boolean;
  readonly riskFreeRate?: number;
}

/** Which flag sets which field, for messages. */
export const SETTINGS_FLAG_OF_FIELD = {
  "settings.capital": "--capital",
  "settings.fill": "--fill",
  "settings.latencyBars": "--latency-bars",
  "settings.commission": "--commission",
  "settings.commissionPerShare": "--commission-per-share",
  "settings.commissionMinimum": "--commission-minimum",
  "settings.commissionTiers": "--commission-tier",
  "settings.halfSpreadBps": "--half-spread-bps",
  "settings.slippageBps": "--slippage-bps",
  "settings.impact": "--impact",
  "settings.maxParticipation": "--max-participation",
  "settings.borrowRate": "--borrow-rate",
  "settings.cashRate": "--cash-rate",
  "settings.marginRate": "--margin-rate",
  "settings.maxLeverage": "--max-leverage",
  "settings.maintenanceMargin": "--maintenance-margin",
  "settings.stopLoss": "--stop-loss",
  "settings.takeProfit": "--take-profit",
  "settings.trailingStop": "--trailing-stop",
  "settings.prices": "--raw-prices",
  "settings.dividends": "--dividends",
  "settings.wholeShares": "--whole-shares",
  "settings.closeOut": "--keep-open",
  "settings.riskFreeRate": "--risk-free-rate",
} as const;

export function settingsOf(flags: SettingsFlags): Settings {
  if (flags.dividends !== undefined && flags.rawPrices !== true) {
    throw badFlag("--dividends", "adjusted prices pay none.", "Give --raw-prices too, or leave it out.");
  }
  return given({
    capital: flags.capital,
    fill: flags.fill,
    latencyBars: flags.latencyBars,
    commission: flags.commission,
    commissionPerShare: flags.commissionPerShare,
    commissionMinimum: flags.commissionMinimum,
    commissionTiers: flags.commissionTier,
    halfSpreadBps: flags.halfSpreadBps,
    slippageBps: flags.slippageBps,
    impact: flags.impact,
    maxParticipation: flags.maxParticipation,
    borrowRate: flags.borrowRate,
    cashRate: flags.cashRate,
    marginRate: flags.marginRate,
    maxLeverage: flags.maxLeverage,
    maintenanceMargin: flags.maintenanceMargin,
    stopLoss: flags.stopLoss,
    takeProfit: flags.takeProfit,
    trailingStop: flags.trailingStop,
    prices: flags.rawPrices === true ? "raw" : undefined,
    dividends: flags.dividends,
    wholeShares: flags.wholeShares,
    closeOut: flags.keepOpen === true ? false : undefined,
    riskFreeRate: flags.riskFreeRate,
  });
}
