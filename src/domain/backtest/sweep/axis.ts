import { FinAgentError } from "../../errors.ts";

export type GridValue = number | string | boolean;

/** A parameter and the values that a sweep gives it, in order. */
export interface Axis {
  readonly name: string;
  readonly values: readonly GridValue[];
}

const MOST_VALUES = 10_000;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const HINT = "Write a range like fast=5:60:5 (from, to, step), or a list like fast=5,10,20.";

/**
 * The values of a parameter from text: `5:60:5` is 5, 10 … 60 (the step is 1 where it is left out), `5,10,20`
 * is a list, and a single value stands for itself.
 * @throws FinAgentError BAD_ARGUMENT
 */
export function parseAxis(name: string, text: string): Axis {
  const parts = text.split(":").map((part) => part.trim());
  return checked(name, parts.length > 1 ? range(name, text, parts) : list(name, text));
}

/**
 * The values of a parameter from a list.
 * @throws FinAgentError BAD_ARGUMENT
 */
export function axisOf(name: string, values: readonly GridValue[]): Axis {
  return checked(name, values);
}

function range(name: string, text: string, parts: readonly string[]): GridValue[] {
  if (parts.length > 3) throw bad(name, `${JSON.stringify(text)} has more than from, to and step`);
  for (const part of parts) {
    if (!NUMBER.test(part)) throw bad(name, `${JSON.stringify(part)} in ${text} is not a number`);
  }
  const [from = NaN, to = NaN, step = 1] = parts.map(Number);
  if (step <= 0) throw bad(name, `the step of ${text} must be more than 0`);
  if (to < from) throw bad(name, `${text} ends before it begins`);
  // The last value may come out a rounding error short of the end.
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > MOST_VALUES) throw bad(name, `${text} has ${count} values; at most ${MOST_VALUES} are taken`);
  // 0.1 + 2 x 0.1 shall be 0.3.
  return Array.from({ length: count }, (_, k) => Number((from + k * step).toPrecision(12)));
}

function list(name: string, text: string): GridValue[] {
  return text.split(",").map((part) => {
    const value = part.trim();
    if (value === "") throw bad(name, `${JSON.stringify(text)} leaves a value out`);
    if (value === "true" || value === "false") return value === "true";
    return NUMBER.test(value) ? Number(value) : value;
  });
}

function checked(name: string, values: readonly GridValue[]): Axis {
  if (values.length === 0) throw bad(name, "it has no values");
  if (values.length > MOST_VALUES) {
    throw bad(name, `it has ${values.length} values; at most ${MOST_VALUES} are taken`);
  }
  const twice = values.find((value, at) => values.indexOf(value) !== at);
  if (twice !== undefined) throw bad(name, `${String(twice)} is given twice`);
  return { name, values };
}

function bad(name: string, problem: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", `The grid of ${name}: ${problem}.`, {
    hint: HINT,
    details: { field: `grid.${name}` },
  });
}
