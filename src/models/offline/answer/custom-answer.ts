import { inline } from "../format.ts";
import { bullets, document } from "../markdown.ts";
import type { ToolRequest } from "../decision.ts";
import type { Outcome } from "../tool-outcome.ts";
import { SIGNATURE } from "./closing.ts";
import { errorText } from "./failure.ts";

/** What an added tool returned, figure by figure, for each of its calls. */
export function customAnswer(calls: readonly { call: ToolRequest; outcome: Outcome }[]): string {
  const [first] = calls;
  const name = (first?.call.name ?? "").replaceAll(/[_-]+/g, " ");
  const parts = calls.map(({ call, outcome }) => {
    const of = Object.values(call.args).filter((value) => typeof value === "string" && value.length < 20);
    const heading = calls.length > 1 && of.length > 0 ? `## ${inline(of.join(", "))}` : "";
    return document([heading, outcome.ok ? bullets(lines(outcome.value)) : errorText(outcome.error)]);
  });
  return document([`# ${inline(name.charAt(0).toUpperCase() + name.slice(1))}`, ...parts, SIGNATURE]);
}

function lines(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [inline(String(value))];
  return Object.entries(value).map(([key, inner]: [string, unknown]) => {
    const text = typeof inner === "string" ? inner : JSON.stringify(inner);
    return Array.isArray(value) ? inline(text) : `${inline(key)}: ${inline(text)}`;
  });
}
