import type { FACTOR_NAMES } from "../policy/alpha.ts";
import type { Factor } from "./factor.ts";
import { breakout } from "./factors/breakout.ts";
import { lowVolatility } from "./factors/low-volatility.ts";
import { momentum } from "./factors/momentum.ts";
import { reversal } from "./factors/reversal.ts";
import { trend } from "./factors/trend.ts";
import { volumeConfirmation } from "./factors/volume-confirmation.ts";

const BUILT_IN: Readonly<Record<(typeof FACTOR_NAMES)[number], Factor>> = {
  momentum,
  reversal,
  trend,
  breakout,
  "low-volatility": lowVolatility,
  "volume-confirmation": volumeConfirmation,
};

/** The built-in factors by name. */
export const FACTORS: ReadonlyMap<string, Factor> = new Map(Object.entries(BUILT_IN));
