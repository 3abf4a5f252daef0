import type { OptimizeMetric } from "../../../domain/optimize/metric-names.ts";
import type { DecidingAgent } from "../../../domain/prompt/deciding-agents.ts";

/** What a message wants of the optimizer. */
export interface Optimising {
  /** Undefined: the one that costs most. */
  readonly agent?: DecidingAgent;
  /** A word in the place of an agent's name that is none of theirs. */
  readonly unknownAgent?: string;
  readonly metric: OptimizeMetric;
  /** Undefined where none is named. */
  readonly target?: number;
}

const ASKS =
  /\b(?:optimi[sz]e|improve|rewrite|tune|calibrate)\b[^.!?]*\b(?:agents?|prompts?|polic(?:y|ies)|instructions)\b/i;

const AGENTS: readonly (readonly [DecidingAgent, RegExp])[] = [
  ["alpha", /\b(?:alpha|signals?)\b/i],
  ["risk", /\brisk\b/i],
  ["portfolio", /\bportfolio\b/i],
];

const METRICS: readonly (readonly [OptimizeMetric, RegExp])[] = [
  ["maxDrawdown", /\b(?:max(?:imum)? )?draw-?downs?\b/i],
  ["sortino", /\bsortino\b/i],
  ["calmar", /\bcalmar\b/i],
  ["annualReturn", /\b(?:annual |yearly )?returns?\b/i],
  ["sharpe", /\bsharpe\b/i],
];

const TARGET =
  /(?:\b(?:target(?:ing)?|to|of|reach(?:es|ing)?|above|over|beyond|below|under|within|least)\s|[<>≥≤]=?)\s*(?:a |an |the )?(?:(?:sharpe|sortino|calmar)(?: ratio)? )?(?:of |at least |above |over )*(?!(?:19|20)\d\d\b)([-−]?\d+(?:\.\d+)?)\s*(%?)(?!\d|-\d|[ -]*(?:month|year|day|week|quarter))/i;

const NAMED = /\b([a-z]+) agents?\b/gi;

/** Words before "agent" that name none. */
const NO_NAME =
  /^(?:an?|the|my|your|our|its|this|that|which|each|every|any|all|best|worst|weakest|costliest|deciding|trading|alpha|signals?|risk|portfolio|and|or|of)$/i;

/** Undefined where a message does not ask to rewrite an agent's prompt; a strategy's parameters are another matter. */
export function readOptimising(text: string): Optimising | undefined {
  const asked = ASKS.exec(text)?.[0];
  if (asked === undefined) return undefined;
  const agents = AGENTS.filter(([, pattern]) => pattern.test(asked)).map(([agent]) => agent);
  const [only] = agents.length === 1 ? agents : [];
  const unknown = [...asked.matchAll(NAMED)].map(([, word = ""]) => word).find((word) => !NO_NAME.test(word));
  const metric = METRICS.find(([, pattern]) => pattern.test(text))?.[0] ?? "sharpe";
  const target = targetIn(text, metric);
  return {
    ...(only === undefined ? {} : { agent: only }),
    ...(unknown === undefined ? {} : { unknownAgent: unknown }),
    metric,
    ...(target === undefined ? {} : { target }),
  };
}

/** Drawdowns are negative, however a person says them. */
function targetIn(text: string, metric: OptimizeMetric): number | undefined {
  const found = TARGET.exec(text);
  if (found === null) return undefined;
  const value = Number((found[1] ?? "").replace("−", "-")) / (found[2] === "%" ? 100 : 1);
  return metric === "maxDrawdown" ? -Math.abs(value) : value;
}
