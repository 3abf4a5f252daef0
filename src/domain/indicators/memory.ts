import type { Column } from "../market/column.ts";
import { INDICATORS, type Indicators } from "./indicators.ts";

/** Room for 32 columns of a million values. */
const CAPACITY_BYTES = 256 * 2 ** 20;

type Call = (source: object, ...rest: readonly unknown[]) => object;

/**
 * Indicators that remember what they computed, by input (the very same column or bars) and arguments: a sweep
 * computes each column once, however many combinations look at it. What no longer fits is computed anew each
 * time and never pushes out what is held, as a grid comes round to the same columns again and again. Whoever
 * gets a column must not write into it.
 *
 * @param capacity bytes of results that are held
 */
export function memoised(indicators: Indicators = INDICATORS, capacity: number = CAPACITY_BYTES): Indicators {
  let free = capacity;
  const remember = (compute: Call): Call => {
    const bySource = new Map<object, Map<number | string, object>>();
    return (source, ...rest) => {
      let held = bySource.get(source);
      if (held === undefined) bySource.set(source, (held = new Map<number | string, object>()));
      // Most take one period, and a number is a quick key; others take several, or an object of periods.
      const key = rest.length === 1 && typeof rest[0] === "number" ? rest[0] : JSON.stringify(rest);
      const known = held.get(key);
      if (known !== undefined) return known;
      const made = compute(source, ...rest);
      const bytes = bytesOf(made);
      if (bytes <= free) {
        free -= bytes;
        held.set(key, made);
      }
      return made;
    };
  };
  return Object.fromEntries(
    Object.entries(indicators).map(([name, compute]) => [name, remember(compute as Call)]),
  ) as unknown as Indicators;
}

function bytesOf(made: object): number {
  if (made instanceof Float64Array) return made.byteLength;
  const columns: unknown[] = Object.values(made);
  return columns.reduce<number>((sum, column) => sum + (isColumn(column) ? column.byteLength : 0), 0);
}

function isColumn(value: unknown): value is Column {
  return value instanceof Float64Array;
}
