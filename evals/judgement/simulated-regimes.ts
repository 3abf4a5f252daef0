import { CALM, CRISIS } from "../../src/adapters/simulated/regimes.ts";
import { FIRST_DATE, World } from "../../src/adapters/simulated/world.ts";
import { calendarOf } from "../../src/domain/market/calendars.ts";
import { at } from "../../src/domain/market/column.ts";
import type { JudgementCase } from "./cases.ts";

const LAST_DATE = "2025-06-30";

/** Sessions that a regime has to last: the risk agent looks back as far. */
const LOOK_BACK = 63;

/**
 * Of those the share that must be in a crisis: with the rest normal, the market then moves by
 * sqrt(0.5 x 0.38^2 + 0.5 x 0.17^2) = 29 % a year, well above the 22 % from which no book of large shares is calm.
 */
const CRISIS_SHARE = 0.5;

/**
 * Days in a simulated market whose state is known: at the end of a quarter of calm, and late in a crisis. The market factor
 * moves by 10 % a year in a calm and by 38 % in a crisis (src/adapters/simulated/regimes.ts).
 * @returns null where the seed's market has no such days
 */
export function simulatedCase(seed: number): JudgementCase | null {
  const { regimes, times } = new World(seed, calendarOf("XNYS"), LAST_DATE);
  const share = (end: number, regime: number): number => {
    let count = 0;
    for (let i = end - LOOK_BACK + 1; i <= end; i += 1) if (regimes[i] === regime) count += 1;
    return count / LOOK_BACK;
  };
  const ends = Array.from(regimes.keys()).slice(2 * LOOK_BACK);
  const calm = ends.find((end) => share(end, CALM) === 1);
  const crisis = ends.find((end) => regimes[end] === CRISIS && share(end, CRISIS) >= CRISIS_SHARE);
  if (calm === undefined || crisis === undefined) return null;
  const day = (end: number): string =>
    new Date(at(times.time, end)).toISOString().slice(0, FIRST_DATE.length);
  return {
    id: `simulated-${seed}`,
    market: "simulated",
    symbols: ["SIM500"],
    moment: {
      day: day(crisis),
      levels: ["MODERATE", "HIGH"],
      drawdown: [-1, 0],
      facts: "The simulated market has been in a crisis for a good part of the quarter.",
    },
    before: {
      day: day(calm),
      levels: ["LOW"],
      drawdown: [-0.1, 0],
      facts: "The simulated market has been calm for a whole quarter.",
    },
  };
}
