import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import type { Factor } from "../../src/domain/alpha/factor.ts";
import { FinAgentError } from "../../src/domain/errors.ts";
import type { MarketData } from "../../src/domain/ports.ts";
import type { RuntimeParts } from "../../src/runtime.ts";

const NOW = { now: () => Date.UTC(2025, 6, 1) };

/** Made once: every sample reads the same market. */
const MARKET = simulatedMarketData({ seed: 1, clock: NOW });

const always = { volatility: 1e-6, valueAtRisk: 1e-6, drawdown: 1e-6 };
const never = { volatility: 100, valueAtRisk: 100, drawdown: 1 };

/** Thresholds that every market reaches, or none: the level is the case's choice. */
export const riskIs = (level: "LOW" | "MODERATE" | "HIGH"): (() => RuntimeParts) => {
  const highFrom = level === "HIGH" ? always : never;
  const moderateFrom = level === "LOW" ? never : always;
  return () => ({ policies: { risk: { highFrom, moderateFrom, maxDrawdown: 1 } } });
};

const away = (): FinAgentError =>
  new FinAgentError("DATA_UNREADABLE", "The source could not be read: the connection was reset.", {
    hint: "Try again.",
  });

/** A source whose first reads of prices fail. */
export const sourceFails = (times: number): (() => RuntimeParts) => {
  return () => {
    let left = times;
    const market: MarketData = {
      ...MARKET,
      series: async (symbol, until, interval) => {
        if (left-- > 0) throw away();
        return MARKET.series(symbol, until, interval);
      },
    };
    return { market };
  };
};

/** The only factor of the alpha agent cannot be computed, so that the agent has nothing to report. */
export const alphaFails = (): RuntimeParts => {
  const broken: Factor = {
    name: "broken",
    description: "Cannot be computed.",
    evaluate: () => {
      throw new FinAgentError("NUMERICAL", "The factor broken has no value for these bars.", {
        hint: "Use other factors: it is the alpha agent's policy that names them.",
      });
    },
    score: () => 0,
  };
  return {
    factors: [broken],
    policies: { alpha: { factors: [{ name: "broken", lookbackBars: 20, weight: 1 }] } },
  };
};
