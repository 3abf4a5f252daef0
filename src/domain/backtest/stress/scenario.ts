import type { IndexDecline } from "../../risk/index-declines.ts";
import { type Shock, shockSchema } from "./shock.ts";

interface Told {
  readonly name: string;
  /** What happened or what is assumed, with dates and source. */
  readonly story: string;
}

/** A fall of the index as it was, from close to close. */
interface HistoricalScenario extends Told {
  readonly kind: "historical";
  readonly decline: IndexDecline;
  /** Lowest price within the first bar against the close before, where that is what the scenario is about. */
  readonly firstLow?: number;
}

interface HypotheticalScenario extends Told {
  readonly kind: "hypothetical";
  readonly shock: Shock;
  /** What the lengths of the shock count: a person's own count bars, named ones days whatever the bar. */
  readonly unit: "bars" | "days";
}

/** A path of the market and what it does to symbols and trading. */
export type StressScenario = HistoricalScenario | HypotheticalScenario;

/** A scenario in the person's own numbers. */
export function ownScenario(shock: Shock): HypotheticalScenario {
  const given = Object.entries(shock)
    .filter(([key, value]) => key === "drop" || key === "bars" || value !== DEFAULTS.get(key))
    .map(([key, value]) => `${key}=${value}`);
  return { name: given.join(","), kind: "hypothetical", unit: "bars", shock, story: "As given" };
}

const DEFAULTS = new Map<string, number>(Object.entries(shockSchema.parse({})));
