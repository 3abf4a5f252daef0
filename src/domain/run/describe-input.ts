/** What a run is about, in one line: its request, or its strategies and symbols. */
export function describeInput(input: unknown): string {
  const { request, strategy, a, b, symbols, weights } = fieldsOf(input);
  if (typeof request === "string") return request.replaceAll(/\s+/g, " ").trim();
  const strategies = [strategy, fieldsOf(a)["strategy"], fieldsOf(b)["strategy"]].filter(
    (one) => typeof one === "string",
  );
  const traded = Array.isArray(symbols) ? symbols.map(String) : Object.keys(fieldsOf(weights));
  return [strategies.join(" and "), traded.join(", ")].filter((part) => part !== "").join(" on ");
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
