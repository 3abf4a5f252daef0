import type { BacktestSettings } from "../settings.ts";

/** All costs of trading and holding times a factor. */
export function scaleCosts(settings: BacktestSettings, times: number): BacktestSettings {
  return {
    ...settings,
    commission: settings.commission * times,
    commissionPerShare: settings.commissionPerShare * times,
    commissionMinimum: settings.commissionMinimum * times,
    commissionTiers: settings.commissionTiers.map((tier) => ({ ...tier, rate: tier.rate * times })),
    halfSpreadBps: settings.halfSpreadBps * times,
    slippageBps: settings.slippageBps * times,
    impact: settings.impact * times,
    borrowRate: settings.borrowRate * times,
    marginRate: settings.marginRate * times,
  };
}

/** A flat cost per trade, a fraction of its notional, in place of all costs of trading. */
export function flatCosts(settings: BacktestSettings, rate: number): BacktestSettings {
  return {
    ...settings,
    commission: rate,
    commissionPerShare: 0,
    commissionMinimum: 0,
    commissionTiers: [],
    halfSpreadBps: 0,
    slippageBps: 0,
    impact: 0,
  };
}
