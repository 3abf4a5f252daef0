import type { z } from "zod";
import type { backtestSettingsSchema } from "../../domain/backtest/settings.ts";
import { given } from "./given.ts";

/** Flags of every command that turns decisions into fills. */
export interface SettingsFlags {
  readonly capital?: number;
  readonly fill?: "next-open" | "close";
  readonly commission?: number;
  readonly slippageBps?: number;
  readonly wholeShares?: boolean;
}

/** Which flag sets which field, for messages. */
export const SETTINGS_FLAG_OF_FIELD = {
  "settings.capital": "--capital",
  "settings.fill": "--fill",
  "settings.commission": "--commission",
  "settings.slippageBps": "--slippage-bps",
  "settings.wholeShares": "--whole-shares",
} as const;

export function settingsOf(flags: SettingsFlags): z.input<typeof backtestSettingsSchema> {
  const { capital, fill, commission, slippageBps, wholeShares } = flags;
  return given({ capital, fill, commission, slippageBps, wholeShares });
}
