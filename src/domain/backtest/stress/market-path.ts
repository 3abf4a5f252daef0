import type { CalendarId } from "../../market/calendar.ts";
import { calendarOf } from "../../market/calendars.ts";
import { at, type Column } from "../../market/column.ts";
import type { Random } from "../../random.ts";
import { type Level } from "../../risk/index-declines.ts";
import type { StressScenario } from "./scenario.ts";

/** What turns a scenario into bars. Volatilities are standard deviations of log returns over one bar. */
export interface MarketScale {
  readonly calendar: CalendarId;
  readonly barsPerDay: number;
  readonly periodsPerYear: number;
  /** Of the market in the history. */
  readonly volatility: number;
}

/** The market through a scenario, bar by bar. */
export interface MarketPath {
  /** Log return of every bar, close to close. */
  readonly moves: Column;
  /** Bars until the lowest close, and after it. */
  readonly fallBars: number;
  readonly recoveryBars: number;
  /** Volatility over one bar, of the fall and of the rest. */
  readonly fallVolatility: number;
  readonly recoveryVolatility: number;
  /** Log move from the close before to the first open, and to the lowest price in the first bar; null where free. */
  readonly firstGap: number | null;
  readonly firstLow: number | null;
}

/** A log level that the market stands at after so many bars. */
interface Anchor {
  readonly bar: number;
  readonly level: number;
}

/**
 * The market's path: it passes through the scenario's closes, and between them is a Brownian bridge of the stated
 * volatility, reflected so that no close lies below the lowest one or, before that, above the beginning. So depth and
 * length are as stated, to rounding. Days of a historical path become bars of the data's calendar and interval.
 */
export function marketPath(scenario: StressScenario, scale: MarketScale, random: Random): MarketPath {
  const { fall, recovery, fallVolatility, recoveryVolatility, firstGap, firstLow } = outline(scenario, scale);
  const low = fall.at(-1) ?? { bar: 0, level: 0 };
  const end = recovery.at(-1) ?? low;
  const levels = new Float64Array(end.bar + 1);
  bridge(levels, fall, fallVolatility, low.level, 0, random);
  bridge(levels, [low, ...recovery], recoveryVolatility, low.level, Math.max(0, end.level), random);
  return {
    moves: Float64Array.from({ length: end.bar }, (_, bar) => at(levels, bar + 1) - at(levels, bar)),
    fallBars: low.bar,
    recoveryBars: end.bar - low.bar,
    fallVolatility,
    recoveryVolatility,
    firstGap,
    firstLow,
  };
}

function outline(
  scenario: StressScenario,
  scale: MarketScale,
): Omit<MarketPath, "moves" | "fallBars" | "recoveryBars"> & {
  readonly fall: readonly Anchor[];
  readonly recovery: readonly Anchor[];
} {
  if (scenario.kind === "historical") {
    const { decline, firstLow } = scenario;
    const [first, ...after] = anchorsOf([...decline.fall, ...decline.recovery], scale);
    const annual = Math.sqrt(scale.periodsPerYear);
    return {
      fall: [first ?? { bar: 0, level: 0 }, ...after.slice(0, decline.fall.length - 1)],
      recovery: after.slice(decline.fall.length - 1),
      fallVolatility: decline.fallVolatility / annual,
      recoveryVolatility: decline.recoveryVolatility / annual,
      firstGap: null,
      firstLow: firstLow === undefined ? null : Math.log(1 + firstLow),
    };
  }
  const { drop, volatility, gap, low } = scenario.shock;
  const unit = scenario.unit === "days" ? scale.barsPerDay : 1;
  const bars = scenario.shock.bars * unit;
  const recovery = scenario.shock.recovery * unit;
  const noise = volatility * scale.volatility;
  const bottom = Math.log(1 + drop);
  return {
    fall: [
      { bar: 0, level: 0 },
      ...(gap < 0 && bars > 1 ? [{ bar: 1, level: Math.log(1 + gap) }] : []),
      { bar: bars, level: bottom },
    ],
    recovery: recovery === 0 ? [] : [{ bar: bars + recovery, level: 0 }],
    fallVolatility: noise,
    recoveryVolatility: scale.volatility,
    firstGap: gap < 0 ? Math.log(1 + gap) : null,
    firstLow: low < 0 ? Math.log(1 + low) : null,
  };
}

function anchorsOf(closes: readonly Level[], scale: MarketScale): Anchor[] {
  const calendar = calendarOf(scale.calendar);
  const [first] = closes;
  if (first === undefined) return [];
  return closes.map(([day, close]) => ({
    bar: (calendar.sessions(first[0], day).length - 1) * scale.barsPerDay,
    level: Math.log(close / first[1]),
  }));
}

/** Fills the levels between anchors; those of the anchors themselves are exact. */
function bridge(
  levels: Column,
  anchors: readonly Anchor[],
  volatility: number,
  floor: number,
  ceiling: number,
  random: Random,
): void {
  for (const [index, to] of anchors.entries()) {
    const from = anchors[index - 1];
    levels[to.bar] = to.level;
    if (from === undefined) continue;
    const bars = to.bar - from.bar;
    const walk = new Float64Array(bars + 1);
    for (let bar = 1; bar <= bars; bar += 1) walk[bar] = at(walk, bar - 1) + volatility * random.normal();
    for (let bar = 1; bar < bars; bar += 1) {
      const share = bar / bars;
      const straight = from.level + (to.level - from.level) * share;
      const level = straight + at(walk, bar) - share * at(walk, bars);
      levels[from.bar + bar] = ceiling > floor ? reflect(level, floor, ceiling) : level;
    }
  }
}

/** Folds a level back into the band as often as it takes. */
function reflect(level: number, floor: number, ceiling: number): number {
  const width = ceiling - floor;
  const offset = (((level - floor) % (2 * width)) + 2 * width) % (2 * width);
  return floor + (offset <= width ? offset : 2 * width - offset);
}
