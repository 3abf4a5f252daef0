import { MOST_BARS } from "./operand-schema.ts";
import type { TemplateParameter } from "./parameter.ts";
import type { Problem } from "./problem.ts";

interface Reference {
  readonly path: readonly (string | number)[];
  readonly name: string;
}

/** Fields that count bars, with the least that they take. */
const COUNTS: ReadonlyMap<string, number> = new Map([
  ...["period", "fast", "slow", "signal", "channel", "k", "d"].map((field): [string, number] => [field, 1]),
  ["ago", 0],
]);

/** Fields that hold a condition, where a parameter stands for true or false. */
const CONDITIONS: ReadonlySet<string> = new Set(["long", "short", "exit", "all", "any", "not"]);

/** What is wrong with the `$name`s of rules: no such parameter, one of another type, one that nothing uses. */
export function referenceProblems(
  rules: object,
  parameters: Readonly<Record<string, TemplateParameter>>,
): Problem[] {
  const found = [...references(rules, [])];
  const used = new Set(found.map(({ name }) => name));
  const problems = found.flatMap(({ path, name }) => {
    const why = Object.hasOwn(parameters, name)
      ? misfit(path, parameters[name])
      : `there is no parameter ${name}`;
    return why === null ? [] : [{ path, message: why }];
  });
  const unused = Object.keys(parameters).filter((name) => !used.has(name));
  return [...problems, ...unused.map((name) => ({ path: ["parameters", name], message: "no rule uses it" }))];
}

function* references(node: unknown, path: readonly (string | number)[]): Generator<Reference> {
  if (typeof node === "string" && node.startsWith("$")) yield { path, name: node.slice(1) };
  if (typeof node !== "object" || node === null) return;
  for (const [key, inner] of Object.entries(node)) {
    yield* references(inner, [...path, Array.isArray(node) ? Number(key) : key]);
  }
}

function misfit(path: Reference["path"], parameter: TemplateParameter | undefined): string | null {
  if (parameter === undefined) return null;
  const field = path.findLast((part) => typeof part === "string") ?? "";
  const { type } = parameter;
  if (CONDITIONS.has(field))
    return type === "boolean" ? null : `must be true or false, and the parameter is ${A[type]}`;
  if (type === "boolean") return "must be a number, and the parameter is true or false";
  const least = COUNTS.get(field);
  if (least !== undefined) {
    if (type !== "integer") return `must be a whole number, and the parameter is ${A[type]}`;
    if (parameter.minimum < least || parameter.maximum > MOST_BARS) {
      return `must be from ${least} to ${MOST_BARS}, and the parameter is from ${parameter.minimum} to ${parameter.maximum}`;
    }
  }
  if (field === "width" && parameter.minimum <= 0)
    return "must be more than 0, and the parameter's minimum is not";
  return null;
}

const A = { integer: "a whole number", number: "a number", boolean: "true or false" } as const;
