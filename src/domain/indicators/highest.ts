import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import { MovingMaximum, movingMaxima } from "./moving-maximum.ts";

/** The greatest of the last `period` values; exact. First value at index period - 1. TA-Lib's MAX agrees. */
export class Highest extends MovingMaximum {
  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    super(requirePeriod("highest", period));
  }
}

/** {@link Highest} as a column. */
export function highest(values: Column, period: number): Column {
  return movingMaxima(values, requirePeriod("highest", period));
}
