import { describeIssue } from "../../describe-issue.ts";
import { FinAgentError } from "../../errors.ts";
import { ownScenario, type StressScenario } from "./scenario.ts";
import { findScenario } from "./scenarios.ts";
import { type Shock, shockSchema } from "./shock.ts";

/**
 * A scenario as people write it: a name, or numbers as in `drop=-0.3,bars=20,volatility=2`.
 * @throws FinAgentError BAD_ARGUMENT that names what cannot be read
 */
export function parseScenario(text: string): StressScenario {
  return text.includes("=") ? ownScenario(parseShock(text)) : findScenario(text);
}

function parseShock(text: string): Shock {
  const numbers: Record<string, number> = {};
  for (const part of text.split(",")) {
    const [, name = "", digits = "", percent] =
      /^\s*(\w+)\s*=\s*([-+]?[\d.]+(?:e-?\d+)?)(%?)\s*$/i.exec(part) ?? [];
    const value = Number(digits === "" ? NaN : digits) / (percent === "%" ? 100 : 1);
    if (!Number.isFinite(value)) throw bad(text, `"${part.trim()}" is not name=number`);
    if (Object.hasOwn(numbers, name)) throw bad(text, `${name} is given twice`);
    numbers[name] = value;
  }
  const parsed = shockSchema.safeParse(numbers);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw bad(text, "it cannot be read");
  const unknown = issue.code === "unrecognized_keys";
  const field = unknown ? issue.keys.join(", ") : issue.path.join(".");
  throw bad(text, `${field} ${unknown ? "is not among its numbers" : describeIssue(issue)}`);
}

function bad(text: string, why: string): FinAgentError {
  const names = Object.entries(shockSchema.parse({})).map(([name, value]) => `${name}=${value}`);
  return new FinAgentError("BAD_ARGUMENT", `The scenario ${JSON.stringify(text)} cannot be used: ${why}.`, {
    hint: `Its numbers and what they are when left out: ${names.join(", ")}.`,
    details: { field: "scenarios", scenario: text },
  });
}
