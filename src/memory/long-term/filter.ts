import { isDeepStrictEqual } from "node:util";
import { FinAgentError } from "../../domain/errors.ts";

export type Filter = Readonly<Record<string, unknown>>;

type Operator = (held: unknown, wanted: unknown) => boolean;

/** Those of the in-memory store of LangGraph; sizes are compared as numbers. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  $eq: (held, wanted) => isDeepStrictEqual(held, wanted),
  $ne: (held, wanted) => !isDeepStrictEqual(held, wanted),
  $gt: (held, wanted) => Number(held) > Number(wanted),
  $gte: (held, wanted) => Number(held) >= Number(wanted),
  $lt: (held, wanted) => Number(held) < Number(wanted),
  $lte: (held, wanted) => Number(held) <= Number(wanted),
  $in: (held, wanted) => Array.isArray(wanted) && wanted.some((one) => isDeepStrictEqual(held, one)),
  $nin: (held, wanted) => !Array.isArray(wanted) || !wanted.some((one) => isDeepStrictEqual(held, one)),
};

/**
 * Whether a value has all the fields as the filter says: a field's value itself, or `{$gt: 4}` and the like.
 * @throws FinAgentError BAD_ARGUMENT for an operator that there is not
 */
export function matchesFilter(value: Readonly<Record<string, unknown>>, filter: Filter): boolean {
  return Object.entries(filter).every(([field, wanted]) => {
    const tests = operatorsIn(wanted);
    return tests === undefined
      ? isDeepStrictEqual(value[field], wanted)
      : tests.every(([test, operand]) => test(value[field], operand));
  });
}

function operatorsIn(wanted: unknown): [Operator, unknown][] | undefined {
  if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) return undefined;
  const entries = Object.entries(wanted);
  if (entries.length === 0 || !entries.every(([name]) => name.startsWith("$"))) return undefined;
  return entries.map(([name, operand]): [Operator, unknown] => {
    const test = OPERATORS[name];
    if (test !== undefined) return [test, operand];
    throw new FinAgentError("BAD_ARGUMENT", `The filter has an operator ${name}, which there is not.`, {
      hint: `Use ${Object.keys(OPERATORS).join(", ")}.`,
      details: { operator: name },
    });
  });
}
