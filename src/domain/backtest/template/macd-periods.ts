import { place } from "./place.ts";
import type { Problem } from "./problem.ts";

type Values = Readonly<Record<string, unknown>>;

interface Macd {
  readonly path: Problem["path"];
  readonly fast: unknown;
  readonly slow: unknown;
}

/** Where a MACD of rules has a fast period that is not below the slow one, with the defaults of parameters. */
export function macdProblems(rules: object, defaults: Values): Problem[] {
  return misfits(rules, defaults).map(({ path, fast, slow }) => {
    const preset = isReference(fast) || isReference(slow) ? " where no value is given" : "";
    return {
      path: [...path, "fast"],
      message: `must be less than slow, but is ${valueOf(fast, defaults)}${preset}, and slow is ${valueOf(slow, defaults)}`,
    };
  });
}

/** The same of values that a run gives for the parameters, which the problems then name. */
export function macdValueProblems(rules: object, values: Values): Problem[] {
  return misfits(rules, values).map(({ path, fast, slow }) => {
    const where = `period of the MACD in ${place(path)}`;
    return isReference(fast)
      ? { path: [fast.slice(1)], message: `must be less than ${valueOf(slow, values)}, the slow ${where}` }
      : {
          path: [String(slow).slice(1)],
          message: `must be more than ${valueOf(fast, values)}, the fast ${where}`,
        };
  });
}

function misfits(rules: object, values: Values): Macd[] {
  return [...macds(rules, [])].filter(({ fast, slow }) => valueOf(fast, values) >= valueOf(slow, values));
}

function* macds(node: unknown, path: Macd["path"]): Generator<Macd> {
  if (typeof node !== "object" || node === null) return;
  if ("indicator" in node && node.indicator === "macd" && "fast" in node && "slow" in node) {
    yield { path, fast: node.fast, slow: node.slow };
  }
  for (const [key, inner] of Object.entries(node)) {
    yield* macds(inner, [...path, Array.isArray(node) ? Number(key) : key]);
  }
}

function isReference(count: unknown): count is string {
  return typeof count === "string";
}

function valueOf(count: unknown, values: Values): number {
  return Number(isReference(count) ? values[count.slice(1)] : count);
}
