import type { Results } from "../plan/results.ts";

/** Which agents' model failed, so that rules decided; the reasons stand with the steps of the run. */
export function fallbackNotice({ alpha, risk, portfolio, backtest }: Results): string {
  const replaced = Object.entries({ alpha, risk, portfolio, backtest }).flatMap(([agent, result]) =>
    result?.by === "fallback" ? [agent] : [],
  );
  if (replaced.length === 0) return "";
  return `**Fallback:** the model failed for ${replaced.join(", ")}, and rules decided in its place.`;
}
