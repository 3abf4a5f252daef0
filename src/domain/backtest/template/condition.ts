import { z } from "zod";
import type { Column } from "../../market/column.ts";
import type { OperandColumns } from "./operand-columns.ts";
import type { Operand } from "./operand.ts";
import { operandSchema, referenceSchema } from "./operand-schema.ts";

type Pair = readonly [Operand, Operand];

/** One of its fields, or `$name` of a parameter that is true or false. */
export type Condition =
  | string
  | {
      readonly above?: Pair | undefined;
      readonly below?: Pair | undefined;
      readonly "crosses-above"?: Pair | undefined;
      readonly "crosses-below"?: Pair | undefined;
      readonly all?: readonly Condition[] | undefined;
      readonly any?: readonly Condition[] | undefined;
      readonly not?: Condition | undefined;
    };

const pair = z.tuple([operandSchema, operandSchema]).readonly().optional();
const nested = z.lazy(() => conditionSchema);
const list = z.array(nested).min(1).max(50).readonly().optional();

const objectSchema = z
  .strictObject({
    above: pair,
    below: pair,
    "crosses-above": pair,
    "crosses-below": pair,
    all: list,
    any: list,
    not: nested.optional(),
  })
  .refine((condition) => Object.keys(condition).length === 1, {
    error: "must have exactly one of above, below, crosses-above, crosses-below, all, any, not",
  });

export const conditionSchema: z.ZodType<Condition> = z.union([referenceSchema, objectSchema]);

const FALSE = 0;
const UNKNOWN = 1;
export const TRUE = 2;

/**
 * Whether a condition holds, for each bar: 2 yes, 0 no, 1 unknown, as long as one of its values is (Kleene's
 * logic: what is not unknown decides if it can, and "not unknown" is unknown).
 */
export function truths(condition: Condition, columns: OperandColumns, length: number): Uint8Array {
  if (typeof condition === "string") {
    return new Uint8Array(length).fill(columns.flag(condition) ? TRUE : FALSE);
  }
  const { above, below, all, any, not } = condition;
  const [crossesAbove, crossesBelow] = [condition["crosses-above"], condition["crosses-below"]];
  const both = ([one, other]: Pair): [Column, Column] => [columns.column(one), columns.column(other)];
  if (above !== undefined) return isAbove(...both(above));
  if (below !== undefined) return isAbove(...turned(both(below)));
  if (crossesAbove !== undefined) return hasCrossed(...both(crossesAbove));
  if (crossesBelow !== undefined) return hasCrossed(...turned(both(crossesBelow)));
  if (not !== undefined) return truths(not, columns, length).map((one) => TRUE - one);
  const parts = (all ?? any ?? []).map((part) => truths(part, columns, length));
  const join = all === undefined ? Math.max : Math.min;
  const joined = new Uint8Array(length).fill(all === undefined ? FALSE : TRUE);
  for (const part of parts) {
    for (let bar = 0; bar < length; bar += 1)
      joined[bar] = join(joined[bar] ?? UNKNOWN, part[bar] ?? UNKNOWN);
  }
  return joined;
}

function turned([one, other]: [Column, Column]): [Column, Column] {
  return [other, one];
}

function isAbove(one: Column, other: Column): Uint8Array {
  const out = new Uint8Array(one.length);
  for (let bar = 0; bar < out.length; bar += 1) {
    const gap = (one[bar] ?? NaN) - (other[bar] ?? NaN);
    out[bar] = gap > 0 ? TRUE : gap <= 0 ? FALSE : UNKNOWN;
  }
  return out;
}

/** Strictly below on the bar before and strictly above on this one. */
function hasCrossed(one: Column, other: Column): Uint8Array {
  const out = new Uint8Array(one.length);
  let before = NaN;
  for (let bar = 0; bar < out.length; bar += 1) {
    const gap = (one[bar] ?? NaN) - (other[bar] ?? NaN);
    out[bar] = Number.isNaN(gap) || Number.isNaN(before) ? UNKNOWN : before < 0 && gap > 0 ? TRUE : FALSE;
    before = gap;
  }
  return out;
}
