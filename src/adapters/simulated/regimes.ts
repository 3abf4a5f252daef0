import type { Random } from "../../domain/random.ts";

/** A state of the market that lasts for weeks to months. Rates are per year unless said otherwise. */
export interface Regime {
  readonly name: "calm" | "normal" | "crisis";
  /** Mean and volatility of the market factor. */
  readonly drift: number;
  readonly volatility: number;
  /** Multiplies the volatility of sectors and companies: less than the market's, so that correlations rise in a crisis. */
  readonly ownVolatility: number;
  /** Chance per session of moving on to each of the regimes below, by index. */
  readonly leave: readonly { readonly to: number; readonly chance: number }[];
}

export const CALM = 0;
export const NORMAL = 1;
export const CRISIS = 2;

/**
 * A Markov chain of regimes (J. D. Hamilton, Econometrica 57(2), 1989). In the long run 55 % of sessions are
 * calm, 41 % normal and 4 % a crisis; the market's mean return is 9.3 % a year and its volatility 15 %, which
 * compounds to about 8 % a year.
 */
export const REGIMES: readonly [Regime, Regime, Regime] = [
  {
    name: "calm",
    drift: 0.13,
    volatility: 0.1,
    ownVolatility: 0.9,
    leave: [{ to: NORMAL, chance: 1 / 120 }],
  },
  {
    name: "normal",
    drift: 0.07,
    volatility: 0.17,
    ownVolatility: 1,
    leave: [
      { to: CALM, chance: 1 / 90 },
      { to: CRISIS, chance: 1 / 350 },
    ],
  },
  {
    name: "crisis",
    drift: -0.2,
    volatility: 0.38,
    ownVolatility: 1.5,
    leave: [{ to: NORMAL, chance: 1 / 30 }],
  },
];

/** The regime of each session, as indices into REGIMES, beginning in the normal one. */
export function regimePath(random: Random, sessions: number): Uint8Array {
  const path = new Uint8Array(sessions);
  let current: number = NORMAL;
  for (let i = 0; i < sessions; i += 1) {
    let draw = random.uniform();
    for (const { to, chance } of REGIMES[current]?.leave ?? []) {
      if (draw < chance) {
        current = to;
        break;
      }
      draw -= chance;
    }
    path[i] = current;
  }
  return path;
}
