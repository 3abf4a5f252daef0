import { distance } from "fastest-levenshtein";
import { FinAgentError } from "../../errors.ts";
import {
  BEAR_MARKET_OF_2022,
  CRASH_OF_1987,
  declineOf,
  DOT_COM_BUST,
  FINANCIAL_CRISIS,
  FLASH_CRASH_LOW,
  FLASH_CRASH_OF_2010,
  LEVELS_SOURCE,
  PANDEMIC_CRASH,
  RATE_SHOCK_OF_1994,
} from "../../risk/index-declines.ts";
import type { StressScenario } from "./scenario.ts";
import { type Shock, shockSchema } from "./shock.ts";

function assumed(name: string, story: string, shock: Partial<Shock>): StressScenario {
  return { name, kind: "hypothetical", unit: "days", story, shock: shockSchema.parse(shock) };
}

/** Every named scenario, the historical ones first. */
export const STRESS_SCENARIOS: readonly StressScenario[] = [
  {
    name: "2000-2002",
    kind: "historical",
    decline: DOT_COM_BUST,
    story: `Dot-com bust: S&P 500 from 2000-03-24 to 2002-10-09, back on 2007-05-30 (${LEVELS_SOURCE})`,
  },
  {
    name: "2008",
    kind: "historical",
    decline: FINANCIAL_CRISIS,
    story: `Financial crisis: S&P 500 from 2007-10-09 to 2009-03-09, back on 2013-03-28 (${LEVELS_SOURCE})`,
  },
  {
    name: "march-2020",
    kind: "historical",
    decline: PANDEMIC_CRASH,
    story: `Pandemic crash: S&P 500 from 2020-02-19 to 2020-03-23 day by day, back on 2020-08-18 (${LEVELS_SOURCE})`,
  },
  {
    name: "2022",
    kind: "historical",
    decline: BEAR_MARKET_OF_2022,
    story: `Inflation and rates: S&P 500 from 2022-01-03 to 2022-10-12, back on 2024-01-19 (${LEVELS_SOURCE})`,
  },
  {
    name: "rate-shock",
    kind: "historical",
    decline: RATE_SHOCK_OF_1994,
    story: `Federal Reserve tightening: S&P 500 from 1994-02-02 to 1994-04-04, back on 1995-02-14 (${LEVELS_SOURCE})`,
  },
  {
    name: "flash-crash",
    kind: "historical",
    decline: FLASH_CRASH_OF_2010,
    firstLow: FLASH_CRASH_LOW / 1165.87 - 1,
    story: `Flash crash: S&P 500 on 2010-05-06, 8.6% down within the day and 3.2% at its close (${LEVELS_SOURCE})`,
  },
  assumed(
    "volatility-spike",
    "A month at three times the volatility of market and symbols, ending where it began",
    {
      volatility: 3,
      residuals: 3,
      recovery: 0,
    },
  ),
  assumed(
    "correlation-to-one",
    "The market falls by a fifth in a month, and every symbol by its beta alone",
    {
      drop: -0.2,
      volatility: 2,
      residuals: 0,
    },
  ),
  assumed(
    "gap-down",
    "The market opens lower by the fall of 1987-10-19, the largest of one day (282.70 to 224.84)",
    {
      drop: declineOf(CRASH_OF_1987),
      gap: declineOf(CRASH_OF_1987),
      bars: 1,
      volatility: 2,
    },
  ),
  assumed(
    "liquidity-drought",
    "The market falls by a tenth in a month with a fifth of the volume and 50 bps more half-spread",
    {
      drop: -0.1,
      volatility: 1.5,
      volume: 0.2,
      spreadBps: 50,
    },
  ),
];

/**
 * The scenario of a name.
 * @throws FinAgentError BAD_ARGUMENT with near names and the list
 */
export function findScenario(name: string): StressScenario {
  const wanted = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, "-");
  const found = STRESS_SCENARIOS.find((scenario) => scenario.name === wanted);
  if (found !== undefined) return found;
  const names = STRESS_SCENARIOS.map((scenario) => scenario.name);
  const near = names.filter(
    (one) => distance(wanted, one) <= one.length / 3 || (wanted.length > 2 && one.includes(wanted)),
  );
  throw new FinAgentError("BAD_ARGUMENT", `There is no scenario called ${JSON.stringify(name)}.`, {
    hint: `${near.length === 0 ? "" : `Did you mean ${near.join(" or ")}? `}The scenarios are ${names.join(", ")}; your own is written like drop=-0.3,bars=20,volatility=2.`,
    details: { field: "scenarios", scenario: name, near, scenarios: names },
  });
}
