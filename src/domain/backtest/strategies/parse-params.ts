import type { z } from "zod";
import { describeIssue } from "../../describe-issue.ts";
import { FinAgentError } from "../../errors.ts";
import type { Named, ParamsSchema } from "../strategy.ts";

/**
 * A strategy's parameters from loose values: text that reads as a number or as true or false is taken as
 * such, defaults fill what is missing.
 * @throws FinAgentError BAD_ARGUMENT naming the field that is wrong
 */
export function parseParams<P extends ParamsSchema>(
  strategy: Named<P>,
  given: Readonly<Record<string, string | number | boolean>>,
): z.output<P> {
  const coerced = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, coerce(value)]));
  const parsed = strategy.params.safeParse(coerced);
  if (parsed.success) {
    // A schema that is not strict leaves out what it does not know without a word.
    const unknown = Object.keys(coerced).find((key) => !(key in parsed.data));
    if (unknown === undefined) return parsed.data;
    throw badParam(strategy, given, unknown, "is not a parameter");
  }
  const [issue] = parsed.error.issues;
  const field = issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : (issue?.path.join(".") ?? "");
  const unknown = issue === undefined || issue.code === "unrecognized_keys";
  throw badParam(strategy, given, field, unknown ? "is not a parameter" : describeIssue(issue));
}

function badParam(
  strategy: Named,
  given: Readonly<Record<string, unknown>>,
  field: string,
  why: string,
): FinAgentError {
  const shown = field in given ? ` (${JSON.stringify(given[field])})` : "";
  return new FinAgentError("BAD_ARGUMENT", `${strategy.name}: ${field}${shown} ${why}.`, {
    hint: `${strategy.name} takes ${describeParams(strategy)}.`,
    details: { strategy: strategy.name, field: `params.${field}` },
  });
}

/** The parameters with their defaults, e.g. `fast=10, slow=30`. */
export function describeParams(strategy: Named): string {
  const entries = Object.entries(strategy.params.parse({}));
  return entries.length === 0
    ? "no parameters"
    : entries.map(([key, value]) => `${key}=${String(value)}`).join(", ");
}

function coerce(value: string | number | boolean): string | number | boolean {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return text !== "" && Number.isFinite(number) ? number : value;
}
