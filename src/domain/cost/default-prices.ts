import type { Price } from "./price.ts";

/** The day as of which the prices below were stated. */
const STATED = "2026-03-01";

/**
 * Standard prices of OpenAI's own endpoint (https://developers.openai.com/api/docs/pricing), as public price tables that
 * were read against it stated them in March 2026 (the crate adk-model 0.6.0, GitHub's docs/data/tables/copilot/
 * models-and-pricing.yml). They change: check them, and put what differs under `prices` in finagent.yaml.
 */
export const DEFAULT_PRICES: readonly Price[] = [
  price("gpt-4.1", 2, 0.5, 8),
  price("gpt-4.1-mini", 0.4, 0.1, 1.6),
  price("gpt-4.1-nano", 0.1, 0.025, 0.4),
  price("gpt-4o", 2.5, 1.25, 10),
  price("gpt-4o-mini", 0.15, 0.075, 0.6),
  price("gpt-5", 1.25, 0.125, 10),
  price("gpt-5-mini", 0.25, 0.025, 2),
  price("gpt-5-nano", 0.05, 0.005, 0.4),
];

function price(
  name: string,
  inputPerMillion: number,
  cachedInputPerMillion: number,
  outputPerMillion: number,
): Price {
  return { model: `openai:${name}`, from: STATED, inputPerMillion, cachedInputPerMillion, outputPerMillion };
}
