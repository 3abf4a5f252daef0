/**
 * A number is finite or absent. NaN and Infinity never leave the domain: a statistic that has no value
 * says why instead.
 */
export interface Absent {
  readonly absent: string;
}

export type Statistic = number | Absent;

export function absent(reason: string): Absent {
  return { absent: reason };
}

export function isAbsent(statistic: Statistic): statistic is Absent {
  return typeof statistic !== "number";
}

/** The value itself where it is finite, else an absence with the given reason. */
export function finite(value: number, reason: string): Statistic {
  return Number.isFinite(value) ? value : absent(reason);
}

/** For JSON: the number, or null. */
export function orNull(statistic: Statistic): number | null {
  return typeof statistic === "number" ? statistic : null;
}

/** Splits named statistics into plain numbers or nulls and the reasons of the nulls. */
export function splitStatistics<K extends string>(
  statistics: Readonly<Record<K, Statistic>>,
): { values: Record<K, number | null>; absent: Partial<Record<K, string>> } {
  const values = {} as Record<K, number | null>;
  const reasons: Partial<Record<K, string>> = {};
  for (const key of Object.keys(statistics) as K[]) {
    const statistic = statistics[key];
    values[key] = orNull(statistic);
    if (isAbsent(statistic)) reasons[key] = statistic.absent;
  }
  return { values, absent: reasons };
}
