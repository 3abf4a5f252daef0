import type { Factor } from "../alpha/factor.ts";
import type { Policies } from "../policy/policies.ts";
import type { DecidingAgent } from "../prompt/deciding-agents.ts";

/** A team with a neutral policy in an agent's place. */
export interface StandIn {
  readonly policies: Policies;
  /** Factors that the policy names and that nobody else uses. */
  readonly factors: readonly Factor[];
  /** What it does, in words. */
  readonly says: string;
}

/** Orders of the symbols that are looked at where not all are held. */
const MOST_ORDERS = 5;

/**
 * Says the same of every symbol, but for a millionth that puts them in an order: where not all can be held, something has to
 * choose.
 */
function constantFactor(symbols: readonly string[], first: number): Factor {
  const rank = (symbol: string): number =>
    (symbols.indexOf(symbol) - first + symbols.length) % symbols.length;
  return {
    name: "stand-in: constant",
    description: "The same for every symbol, whatever its prices.",
    evaluate: ({ symbol }) => 1 - 1e-6 * rank(symbol),
    score: (value) => value,
  };
}

/** A limit that nothing reaches, in fractions. */
const NEVER = 1000;
const NEVER_REACHED = { volatility: NEVER, valueAtRisk: NEVER, drawdown: NEVER };

/**
 * The team with a stand-in for one agent. A stand-in knows nothing of the market and leaves the others as they are. The one
 * for alpha says the same of every symbol; where the portfolio does not hold all of them, which ones it holds is
 * chance, so there is a team for each of some orders of the symbols.
 * @param base the policies of the base prompts; a stand-in does not depend on the policy that it stands in for
 */
export function standInsFor(
  agent: DecidingAgent,
  policies: Policies,
  base: Policies,
  symbols: readonly string[],
): readonly [StandIn, ...StandIn[]] {
  switch (agent) {
    case "alpha": {
      const orders =
        policies.portfolio.maxNames >= symbols.length ? 1 : Math.min(MOST_ORDERS, symbols.length);
      const inOrder = (order: number): StandIn => {
        const factor = constantFactor(symbols, Math.floor((order * symbols.length) / orders));
        return {
          policies: {
            ...policies,
            alpha: {
              factors: [{ name: factor.name, lookbackBars: 2, weight: 1 }],
              combination: "time-series",
              threshold: 0,
            },
          },
          factors: [factor],
          says:
            orders === 1
              ? "the same positive score for every symbol"
              : `the same positive score for every symbol, the middle one of ${orders} ways to choose among them`,
        };
      };
      return [inOrder(0), ...Array.from({ length: orders - 1 }, (_, k) => inOrder(k + 1))];
    }
    case "risk": {
      const exposure = base.risk.exposureByLevel.MODERATE;
      const standIn = {
        policies: {
          ...policies,
          risk: {
            ...base.risk,
            volatilityTarget: NEVER,
            moderateFrom: NEVER_REACHED,
            highFrom: NEVER_REACHED,
            maxDrawdown: NEVER,
            maxStressLoss: NEVER,
            exposureByLevel: { LOW: exposure, MODERATE: exposure, HIGH: exposure },
            breachExposure: exposure,
          },
        },
        factors: [],
        says: `an exposure of at most ${exposure} at all times, the base prompt's at MODERATE, whatever the risk`,
      };
      return [standIn];
    }
    case "portfolio": {
      const standIn = {
        policies: {
          ...policies,
          portfolio: {
            ...base.portfolio,
            method: "equal-weight" as const,
            maxNames: symbols.length,
            maxWeight: 1,
            longOnly: true,
            maxTurnover: 2,
            minTrade: 0,
            minCash: 0,
          },
        },
        factors: [],
        says: `equal weights of every symbol with a positive signal, without caps, anew every ${base.portfolio.rebalanceBars} bars`,
      };
      return [standIn];
    }
  }
}
