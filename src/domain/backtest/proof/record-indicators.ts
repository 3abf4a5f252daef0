import { type Indicators, INDICATORS } from "../../indicators/indicators.ts";

/** What one call of an indicator ended in. */
export interface IndicatorCall {
  /** Its name with its numbers: `ema(30)`. */
  readonly name: string;
  /** The last value of each of its columns. */
  readonly last: readonly number[];
}

/** The indicators, and a log of every call's name and last values. */
export function recordIndicators(): { indicators: Indicators; calls: IndicatorCall[] } {
  const calls: IndicatorCall[] = [];
  const record = (name: string, compute: (...inputs: never[]) => unknown) => {
    return (...inputs: never[]): unknown => {
      const result = compute(...inputs);
      const numbers = inputs.flatMap(numbersOf);
      calls.push({ name: `${name}(${numbers.join(", ")})`, last: columnsOf(result).map(lastValue) });
      return result;
    };
  };
  const entries = Object.entries(INDICATORS).map(([name, compute]) => [name, record(name, compute)]);
  return { indicators: Object.fromEntries(entries) as Indicators, calls };
}

function numbersOf(input: unknown): number[] {
  if (typeof input === "number") return [input];
  if (typeof input !== "object" || input === null || ArrayBuffer.isView(input)) return [];
  return Object.values(input).filter((value) => typeof value === "number");
}

function columnsOf(result: unknown): Float64Array[] {
  if (result instanceof Float64Array) return [result];
  if (typeof result !== "object" || result === null) return [];
  return Object.values(result).filter((value) => value instanceof Float64Array);
}

function lastValue(column: Float64Array): number {
  return column.at(-1) ?? NaN;
}
