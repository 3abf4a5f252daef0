import { type CapitalReading, readCapital } from "./capital.ts";
import { readDoubtfulNames, readNames } from "./company-names.ts";
import { type ConditionsReading, readConditions } from "./conditions.ts";
import { type ConstraintsReading, readConstraints } from "./constraints.ts";
import { type Goals, readGoals } from "./goals.ts";
import { readMethods } from "./method.ts";
import { type Optimising, readOptimising } from "./optimising.ts";
import { type OwnWeights, readOwnWeights } from "./own-weights.ts";
import { type PeriodReading, readPeriods } from "./period.ts";
import { readRefusal, readSkipRisk, type Refusal } from "./refusal.ts";
import { RequestText } from "./request-text.ts";
import { asksForScreen, readScreening, type Screening } from "./screening.ts";
import { type NamedStrategy, readStrategies } from "./strategy.ts";
import { readSymbols, type SymbolsReading } from "./symbols.ts";
import { readTickers } from "./tickers.ts";
import { readUnavailable, type Topic } from "./unavailable.ts";
import { readUnreadLimits } from "./unread-limits.ts";
import type { WeightingMethod } from "../../../domain/policy/portfolio.ts";

/** Everything that one message of a person says, before the conversation is taken into account. */
export interface Utterance {
  readonly text: string;
  readonly refusal?: Refusal;
  readonly symbols: SymbolsReading;
  readonly periods: readonly PeriodReading[];
  readonly capitals: readonly CapitalReading[];
  readonly constraints: ConstraintsReading;
  readonly ownWeights?: OwnWeights;
  readonly methods: readonly WeightingMethod[];
  readonly conditions: ConditionsReading;
  readonly strategies: readonly NamedStrategy[];
  readonly screening?: Screening;
  readonly topics: readonly Topic[];
  /** An agent's prompt is to be rewritten. */
  readonly optimising?: Optimising;
  readonly goals: Goals;
  readonly skipsRisk: boolean;
  /** It leans on what was said before. */
  readonly followsUp: boolean;
  readonly affirms: boolean;
  /** Conditions said before no longer bind. */
  readonly regardless: boolean;
  /** Not a named strategy, but the agents' own policies, are to be tested. */
  readonly agentsPolicies: boolean;
  readonly speaksOfMarket: boolean;
}

const LEADS_ON =
  /^\W*(?:(?:and|also|now|but|then|next|ok(?:ay)?|so|well|please),? )*(?:and|also|now|but|then|next|what about|how about|same|instead|again|redo|repeat|rerun|remove|drop|make it|make that|the same|do (?:that|it|the same))\b|\b(?:instead|again|the same|same (?:for|with|but|thing))\b/i;
const AFFIRMS =
  /^\W*(?:yes|yep|yeah|yup|sure|correct|right|exactly|ok(?:ay)?|please do|go ahead|do it|that one|i do|indeed|of course|continue|go on|again|repeat(?: that)?)\b[\w ,]{0,20}\W*$/i;

/**
 * Reads a message. The order matters: each reader uses up its words, so names with digits come before periods,
 * conditions before limits, sums of money before periods ("2m" after "invest" is money), and capital words last.
 */
export function readUtterance(message: string, asOf: string | undefined): Utterance {
  const text = new RequestText(message);
  const refusal = readRefusal(text);
  const names = readNames(text);
  const conditions = readConditions(text);
  const skipsRisk = readSkipRisk(text);
  const strategies = readStrategies(text);
  const optimising = readOptimising(message);
  const topics = readUnavailable(text).filter((topic) => topic !== "optimise" || optimising === undefined);
  const capitals = readCapital(text);
  const periods = readPeriods(text, asOf);
  const screens = asksForScreen(text);
  const screening = screens ? readScreening(text) : undefined;
  const limits = readConstraints(text);
  const methods = readMethods(text);
  const tickers = readTickers(text);
  const doubtful = readDoubtfulNames(text);
  const symbols = readSymbols(text, [...names, ...tickers], doubtful);
  const ownWeights = readOwnWeights(text, [...names, ...tickers]);
  const constraints = { ...limits, unsupported: [...limits.unsupported, ...readUnreadLimits(text)] };
  // "Which stock is better, AAPL or MSFT?" compares; "rank AAPL and MSFT" orders the named ones.
  const ranks = /\b(?:rank|screen|shortlist|filter|top)/i.test(text.original);
  const goals = readGoals(text, screens && (ranks || symbols.named.length < 2));
  return {
    text: text.original,
    ...(refusal === undefined ? {} : { refusal }),
    symbols,
    periods,
    capitals,
    constraints,
    ...(ownWeights === undefined ? {} : { ownWeights }),
    methods,
    conditions,
    strategies,
    ...(goals.form === "screen" && screening !== undefined ? { screening } : {}),
    topics,
    ...(optimising === undefined ? {} : { optimising }),
    goals,
    skipsRisk,
    followsUp: LEADS_ON.test(text.original) || symbols.adds,
    affirms: AFFIRMS.test(text.original),
    regardless: /\b(?:anyway|anyhow|regardless|nevertheless|nonetheless|in any case)\b/i.test(text.original),
    agentsPolicies:
      /\b(?:your|agents?'?|own|team'?s?|portfolio'?s?) (?:own )?polic(?:y|ies)\b|\bthe (?:agents|portfolio)\b/i.test(
        text.original,
      ),
    speaksOfMarket: /\b(?:markets?|stocks|equities|economy)\b/i.test(text.original),
  };
}
