import { describeIssue } from "../../describe-issue.ts";
import { FinAgentError } from "../../errors.ts";
import { describeParams } from "../strategies/parse-params.ts";
import type { Strategy } from "../strategy.ts";
import type { Axis, GridValue } from "./axis.ts";

/** More would take more memory than they are worth: choose coarser steps, then look closer. */
const MOST_COMBINATIONS = 100_000;

interface Refusals {
  /** In the schema's words, e.g. `fast must be less than slow`. */
  readonly reason: string;
  readonly count: number;
}

/** Every combination of the values of some parameters; the last parameter runs fastest. */
export interface Grid {
  readonly axes: readonly Axis[];
  /** Parameters that are the same in all of them. */
  readonly fixed: Readonly<Record<string, GridValue>>;
  /** Numbers (places in the grid) of the combinations that the strategy takes, ascending. */
  readonly taken: Int32Array;
  readonly refused: readonly Refusals[];
}

/**
 * The combinations that a strategy takes; those that its parameter schema refuses are counted.
 * @throws FinAgentError BAD_ARGUMENT where a parameter is unknown, named twice, or no combination is taken
 */
export function gridOf(
  strategy: Strategy,
  axes: readonly Axis[],
  fixed: Readonly<Record<string, GridValue>>,
): Grid {
  const total = sizeOf(axes);
  checkAxes(axes, fixed, total);
  const taken: number[] = [];
  const refused = new Map<string, number>();
  for (let number = 0; number < total; number += 1) {
    const given = { ...fixed, ...valuesAt(axes, number) };
    const parsed = strategy.params.safeParse(given);
    if (parsed.success) {
      taken.push(number);
      continue;
    }
    const [issue] = parsed.error.issues;
    // A parameter that does not exist is no matter of its values.
    if (issue?.code === "unrecognized_keys") throw unknown(strategy, issue.keys, axes);
    const reason = issue === undefined ? "does not fit" : `${issue.path.join(".")} ${describeIssue(issue)}`;
    refused.set(reason, (refused.get(reason) ?? 0) + 1);
  }
  const refusals = Array.from(refused, ([reason, count]) => ({ reason, count }));
  if (taken.length === 0) {
    throw new FinAgentError(
      "BAD_ARGUMENT",
      `${strategy.name} takes none of the ${total} combinations: ${refusals.map(({ reason }) => reason).join("; ")}.`,
      { hint: "Choose other values for the grid.", details: { field: "grid", strategy: strategy.name } },
    );
  }
  return { axes, fixed, taken: Int32Array.from(taken), refused: refusals };
}

/** The values of a combination by its number. */
export function valuesAt(axes: readonly Axis[], number: number): Record<string, GridValue> {
  const places = placesAt(axes, number);
  return Object.fromEntries(
    axes.map(({ name, values }, a) => [name, values[places[a] ?? -1] ?? ""] as const),
  );
}

/** Which value of each axis a combination has. */
export function placesAt(axes: readonly Axis[], number: number): number[] {
  const places = axes.map(() => 0);
  let rest = number;
  for (let a = axes.length - 1; a >= 0; a -= 1) {
    const { length } = axes[a]?.values ?? [];
    places[a] = rest % length;
    rest = Math.floor(rest / length);
  }
  return places;
}

/** The number of the combination at these places. */
export function numberAt(axes: readonly Axis[], places: readonly number[]): number {
  return axes.reduce((number, { values }, a) => number * values.length + (places[a] ?? 0), 0);
}

function unknown(strategy: Strategy, names: readonly string[], axes: readonly Axis[]): FinAgentError {
  const name = names.find((one) => axes.some((axis) => axis.name === one));
  return new FinAgentError(
    "BAD_ARGUMENT",
    `${strategy.name}: ${name ?? names.join(", ")} is not a parameter.`,
    {
      hint: `${strategy.name} takes ${describeParams(strategy)}.`,
      details: {
        strategy: strategy.name,
        field: name === undefined ? `params.${names[0] ?? ""}` : `grid.${name}`,
      },
    },
  );
}

function sizeOf(axes: readonly Axis[]): number {
  return axes.reduce((size, { values }) => size * values.length, 1);
}

function checkAxes(axes: readonly Axis[], fixed: Readonly<Record<string, GridValue>>, total: number): void {
  const bad = (message: string, hint: string): FinAgentError =>
    new FinAgentError("BAD_ARGUMENT", message, { hint, details: { field: "grid" } });
  if (axes.length === 0) {
    throw bad("A sweep needs a grid.", "Name a parameter and its values, e.g. fast=5:60:5.");
  }
  for (const [a, { name }] of axes.entries()) {
    if (axes.findIndex((axis) => axis.name === name) !== a) {
      throw bad(`The grid names ${name} twice.`, "Give all values of a parameter together.");
    }
    if (Object.hasOwn(fixed, name)) {
      throw bad(`${name} is in the grid and among the fixed parameters.`, "Leave it out in one of them.");
    }
  }
  if (total > MOST_COMBINATIONS) {
    throw bad(
      `The grid has ${total} combinations; at most ${MOST_COMBINATIONS} are tried in one sweep.`,
      "Take wider steps, then look closer where it is worth it.",
    );
  }
}
