import { METRIC_WORDS } from "../optimize/metric-words.ts";
import { optimizeMetricSchema } from "../optimize/metric.ts";

/** What a run is about, in one line: its request, or its strategies and symbols. */
export function describeInput(input: unknown): string {
  const { request, strategy, a, b, agent, metric, symbols, weights } = fieldsOf(input);
  if (typeof request === "string") return request.replaceAll(/\s+/g, " ").trim();
  const optimised =
    typeof metric === "string" && strategy === undefined
      ? `${wordsOf(metric)} of ${typeof agent === "string" ? agent : "the agents"}`
      : undefined;
  const strategies = [strategy, fieldsOf(a)["strategy"], fieldsOf(b)["strategy"], optimised].filter(
    (one) => typeof one === "string",
  );
  const traded = Array.isArray(symbols) ? symbols.map(String) : Object.keys(fieldsOf(weights));
  return [strategies.join(" and "), traded.join(", ")].filter((part) => part !== "").join(" on ");
}

function wordsOf(metric: string): string {
  const known = optimizeMetricSchema.safeParse(metric).data;
  return known === undefined ? metric : METRIC_WORDS[known];
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
