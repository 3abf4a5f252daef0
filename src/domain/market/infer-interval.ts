import { FinAgentError } from "../errors.ts";
import { type Column } from "./column.ts";
import { DAY_MS } from "./day.ts";
import { INTERVALS, type Interval, intervalMs } from "./interval.ts";

/**
 * The interval of bars whose opens are given in ascending order: the step between two bars that occurs most often.
 * A single bar at midnight is a daily one.
 * @throws FinAgentError DATA_INVALID where that is no interval that bars can have
 */
export function inferInterval(ascending: Column, symbol: string, file: string | null): Interval {
  const counts = new Map<number, number>();
  const note = (step: number, times: number): void => {
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + times);
  };
  // Equal steps follow each other.
  let held = NaN;
  let times = 0;
  for (let i = 1; i < ascending.length; i++) {
    const step = (ascending[i] ?? NaN) - (ascending[i - 1] ?? NaN);
    if (step === held) {
      times += 1;
      continue;
    }
    note(held, times);
    held = step;
    times = 1;
  }
  note(held, times);
  let step = (ascending[0] ?? NaN) % DAY_MS === 0 ? DAY_MS : NaN;
  let most = 0;
  for (const [candidate, count] of counts) {
    if (count > most || (count === most && candidate < step)) {
      step = candidate;
      most = count;
    }
  }
  const interval = INTERVALS.find((one) => intervalMs(one) === step);
  if (interval !== undefined) return interval;
  const found = Number.isNaN(step) ? "a single time of day" : `bars ${inWords(step)} apart`;
  throw new FinAgentError("DATA_INVALID", `${file ?? symbol} has ${found}.`, {
    hint: `Bars of ${INTERVALS.join(", ")} can be read: convert the file to one of them.`,
    details: { symbol, file },
  });
}

function inWords(step: number): string {
  const days = step / DAY_MS;
  if (days >= 27) return "a month or more";
  return days >= 1 ? `${round(days)} days` : `${round(step / 60_000)} minutes`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
