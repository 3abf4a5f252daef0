import type { WeightingMethod } from "../../../domain/policy/portfolio.ts";
import type { RequestText } from "./request-text.ts";

/** Names of the weighting methods; "hierarchical risk parity" stands before "risk parity". */
const NAMES: readonly (readonly [RegExp, WeightingMethod])[] = [
  [/\b(?:hierarchical risk[- ]parity|hrp)\b/i, "hierarchical-risk-parity"],
  [/\b(?:risk[- ]parity|equal(?:ly)?[- ]risk(?:[- ](?:contributions?|budget))?|erc)\b/i, "risk-parity"],
  [
    /\b(?:min(?:imum|imal)?[- ](?:variance|var(?!\w)|volatility|vol)|gmv|lowest[- ]variance|minimi[sz]e (?:the )?(?:variance|volatility))\b/i,
    "minimum-variance",
  ],
  [
    /\b(?:max(?:imum|imal)?[- ]sharpe(?:[- ]ratio)?|tangency|maximi[sz]e (?:the )?sharpe(?: ratio)?|best sharpe|highest sharpe)\b/i,
    "maximum-sharpe",
  ],
  [/\b(?:inverse[- ]vol(?:atility)?)\b/i, "inverse-volatility"],
  [
    /\b(?:equal(?:ly)?[- ]weight(?:ed|s|ing)?|equal (?:parts|shares)|equally|evenly(?: split| weighted)?|1\/n)(?!\w)/i,
    "equal-weight",
  ],
];

/** The weighting methods named in the words that are left; their words are used up. */
export function readMethods(text: RequestText): WeightingMethod[] {
  return NAMES.filter(([pattern]) => text.take(pattern) !== undefined).map(([, method]) => method);
}
