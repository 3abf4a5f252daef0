import { at } from "../column.ts";
import type { Rows } from "../rows.ts";
import { stampOf } from "./finding-at.ts";

/** Prices that move to this many times the last close, or to one part in as many, are taken for a wrong number. */
const TIMES = 5;

/** A price that is out of proportion to the close of the bar before, both adjusted. */
export interface Excursion {
  readonly field: "open" | "close";
  /** The price over the last close: at least 5, or at most a fifth. */
  readonly ratio: number;
  /** Whether the next known close stands in proportion to the last one again. */
  readonly returns: boolean;
}

/**
 * The excursion that a bar (index from 1 on) makes, if any. A price that falls so far and stays there may be a company
 * that failed: it is one only once the next close has come back.
 */
export function excursionAt(rows: Rows, i: number): Excursion | undefined {
  const before = adjusted(rows, "close", i - 1);
  const field = (["close", "open"] as const).find((one) => isFar(adjusted(rows, one, i) / before));
  if (field === undefined) return undefined;
  const returns = i + 1 < rows.length && !isFar(adjusted(rows, "close", i + 1) / before);
  const ratio = adjusted(rows, field, i) / before;
  return ratio > 1 || returns ? { field, ratio, returns } : undefined;
}

/** What is wrong at the bar, with both figures as the source has them, and what to do. */
export function describeExcursion(rows: Rows, i: number, { field, ratio, returns }: Excursion): string {
  const size = ratio > 1 ? `${figure(ratio)} times` : `1/${figure(1 / ratio)} of`;
  const move = `${rows.symbol} has the ${field} ${at(rows[field], i)}, ${size} the close ${at(rows.close, i - 1)} of ${stampOf(rows, i - 1)}`;
  const back = returns
    ? `, and the next close is ${at(rows.close, i + 1)} (${stampOf(rows, i + 1)}): a wrong number.`
    : ", and no split accounts for it.";
  const next = returns
    ? "Correct or remove this row."
    : "Correct the row that is wrong, or use adjusted prices if it was a split; if the price truly moved so, begin or end the file here.";
  return `${move}${back} ${next}`;
}

/** Prices that are no positive number are the business of another check. */
function isFar(ratio: number): boolean {
  return ratio > 0 && ratio < Infinity && (ratio >= TIMES || ratio <= 1 / TIMES);
}

function adjusted(rows: Rows, field: "open" | "close", i: number): number {
  return at(rows[field], i) * at(rows.factor, i);
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
