import { requireFreeName } from "../../domain/backtest/strategies/register-strategies.ts";
import type { ParamsSchema, Strategy } from "../../domain/backtest/strategy.ts";
import { FinAgentError } from "../../domain/errors.ts";

/** What decides; a strategy has exactly one of them. */
const RULES = ["signal", "targets", "onBar"] as const;

/**
 * A value that somebody else's file exports, as a strategy.
 * @param bad makes the error
 */
export function checkStrategy(value: unknown, bad: (why: string) => Error): Strategy {
  if (typeof value !== "object" || value === null)
    throw bad(`its default export is ${describe(value)}, and not a strategy.`);
  const field = (name: string): unknown => Reflect.get(value, name);
  for (const name of ["name", "description"]) {
    if (typeof field(name) !== "string" || field(name) === "") throw bad(`its strategy has no \`${name}\`.`);
  }
  try {
    requireFreeName(String(field("name")));
  } catch (error) {
    throw error instanceof FinAgentError ? bad(error.message) : error;
  }
  const rules = RULES.filter((name) => typeof field(name) === "function");
  if (rules.length !== 1) {
    const has = rules.length === 0 ? "none of them" : rules.join(" and ");
    throw bad(`its strategy needs one of the functions ${RULES.join(", ")}, and has ${has}.`);
  }
  const params = field("params");
  if (!isSchema(params)) throw bad("the `params` of its strategy are not a zod object (zod 4).");
  const defaults = params.safeParse({});
  if (!defaults.success) {
    const [issue] = defaults.error.issues;
    throw bad(`its parameter ${issue?.path.join(".") ?? ""} has no default that fits.`);
  }
  return value as Strategy;
}

function isSchema(value: unknown): value is ParamsSchema {
  return typeof value === "object" && value !== null && "_zod" in value && "safeParse" in value;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "function" ? "a function" : `a ${typeof value}`;
}
