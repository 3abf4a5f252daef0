import type { Condition } from "./condition.ts";
import type { RequestText } from "./request-text.ts";

/** Work that the tools do, in the order in which it is done. */
export const STAGES = ["data", "alpha", "risk", "portfolio", "backtest"] as const;

export type Stage = (typeof STAGES)[number];

export type Form = "analysis" | "comparison" | "screen" | "list" | "explanation" | "help";

export interface Goals {
  readonly stages: ReadonlySet<Stage>;
  /** Stages that the request does not want. */
  readonly unwanted: ReadonlySet<Stage>;
  /** Undefined where no verb was read. */
  readonly form?: Form;
}

const NOT =
  "(?:no|without(?: an?| the| any)?|skip(?: the)?|don't (?:\\w+ )?(?:an?|the)?|do not (?:\\w+ )?(?:an?|the)?|not an?|leave out(?: the)?|omit(?: the)?|not (?:\\w+ )?the)";
const UNWANTED: readonly (readonly [Stage, RegExp])[] = [
  [
    "portfolio",
    new RegExp(
      `\\b${NOT} ?(?:portfolio(?: construction)?|allocation)\\b|\\bskip (?:portfolio )?construction\\b`,
      "i",
    ),
  ],
  ["backtest", new RegExp(`\\b${NOT} ?back[- ]?test(?:ing|s)?\\b`, "i")],
];

const ANALYSE =
  /\b(?:analy[sz](?:e|es|ing)|analysis|look (?:at|into)|assess(?:ment)?|evaluat(?:e|ion)|review|examine|study|research|outlook|opinion|thoughts|view on|think (?:of|about)|tell me (?:more )?about|report on|deep dive|check(?: out)?|what(?:'s| is) (?:up|going on|happening) with|should i (?:buy|sell|hold|invest|own|get)|worth (?:buying|holding|owning)|good (?:buy|investment|stock|idea|time|moment)|buy or sell|do an?|bullish|bearish)/i;

/** "How is ¦?" asks for everything only where it names no part. */
const HOW_IS = /\bhow (?:is|are|does|do) ¦|\bis ¦+[^?]*\?/i;

const STAGE_WORDS: readonly (readonly [Stage, RegExp])[] = [
  [
    "data",
    /\b(?:fetch|get|load|download|pull|show(?: me)?|give(?: me)?)\b[^.!?;,]*\b(?:data|prices?|quotes?|history|bars|closes?)\b|\b(?:prices?|quotes?|closing|performed|performance|returned|gained|lost|price change)\b|\bhow (?:much )?(?:did|has|have) ¦|\bfetch\b|\bmarket data\b/i,
  ],
  ["alpha", /\b(?:alpha|signals?|scores?|momentum|trend(?:ing|s)?|factors?|direction|breakouts?)\b/i],
  [
    "risk",
    /\b(?:risks?|riskiness|risky|riskier|riskiest|volatility|volatile|var|value[- ]at[- ]risk|expected shortfall|cvar|draw-?downs?|beta|stress(?:[- ]test\w*)?|correlat\w+|safe|dangerous)\b/i,
  ],
  [
    "portfolio",
    /\b(?:portfolios?|allocat(?:e|ion|ing)\w*|position siz\w+|how (?:much|many shares) (?:of|should|to)|weights?|weightings?|diversif\w+|invest(?:ing|ed)? (?:in|it|¦|my|this|the)|propose (?:it|one|that|them|something)\b|how (?:should|would|do) i (?:invest|split|divide|distribute)|split (?:it|¦|my|the|between|across|among)|put (?:¦|my money|it)(?![^.!?]*\bside by side))/i,
  ],
  [
    "backtest",
    /\bback[- ]?test(?:ed|ing|s)?\b|\b(?:simulate|test|try)\b[^.!?]*\b(?:strategy|rule|trading|approach|that|it)\b|\bhow would (?:it|that|this|they|the strategy|¦)[^.!?]*\b(?:done|performed|worked|fared|have)\b/i,
  ],
];

const COMPARE =
  /\bcompar(?:e|ed|ing|ison)\b|\b(?:versus|vs)\b|\bwhich (?:one |of (?:them|these|those|the two) |stock |is )+|\b(?:better|worse|stronger|weaker|riskier|safer)\b[^.!?]*\b(?:than|or)\b|\bdifference between\b|\bor\b[^.!?]*\bbetter\b|\bside by side\b|\bagainst (?:the )?¦/i;
const EXPLAIN =
  /^\W*(?:(?:but|and|so|ok|hm+|well),? )*(?:why\b|how come\b|explain\b|what (?:would|could|might|needs? to|must) (?:\w+ )?change\b|what (?:is|are|does|do you mean|was meant)\b(?! (?:the )?(?:signal|outlook|risk|price|alpha|score|volatility|performance)s? (?:of|for) ¦)|what's (?:an? )?|define\b|meaning of\b|how (?:is|was|were|did you|do you|are) (?:that|it|this|the|you|these|they|volatility|var|sharpe|beta|risk)\b)|\b(?:explain|elaborate|what does [^?]* mean|meaning of|in simple (?:words|terms))\b|\bwhy(?:\?| (?:so|is|are|was|were|did|do|does|not|only|no))/i;
/** "What are the most volatile stocks?" wants a ranking, not a definition. */
const MOST =
  /^\W*what(?:'s| is| are) (?:the |your )?(?:\w+ )?(?:most|least|best|strongest|weakest|worst|safest|riskiest|top)\b/i;
const LIST =
  /\b(?:which|what) (?:stocks|symbols|tickers|names|data|companies|assets|markets?)\b[^.!?]*\b(?:do you have|are (?:there|available)|can (?:you|i)|have you|do you (?:know|cover|offer)|is (?:there|available))\b|\blist (?:of )?(?:all )?(?:the )?(?:available )?(?:symbols|tickers|stocks|names|companies)\b|\bavailable (?:symbols|tickers|stocks|data)\b/i;
const HELP =
  /^\W*(?:help|hi|hello|hey|good (?:morning|evening|afternoon)|thanks?(?: you)?|thank you)\b(?:[ \w]{0,12})\W*$|\bwhat can you do\b|\bhow (?:do|can) i use\b|\bwhat (?:are you|do you do)\b|\bwho are you\b|\bhow does (?:this|finagent) work\b/i;

/** What the words that are left ask for. Names of companies and symbols in them are already used up (¦). */
export function readGoals(text: RequestText, asksForScreen: boolean): Goals {
  const unwanted = new Set(
    UNWANTED.filter(([, pattern]) => text.take(pattern) !== undefined).map(([stage]) => stage),
  );
  const rest = text.rest;
  const stages = new Set<Stage>(
    STAGE_WORDS.filter(([, pattern]) => pattern.test(rest)).map(([stage]) => stage),
  );
  for (const stage of unwanted) stages.delete(stage);
  // "Backtest a portfolio of AAPL and MSFT" asks for one thing.
  if (
    stages.has("backtest") &&
    /\bback[- ]?test(?:ing)?\b(?! (?:and|,|then))[^.!?;]*\bportfolios?\b/i.test(rest) &&
    !/\b(?:propose|build|construct|create|suggest|design|recommend)\b/i.test(rest)
  ) {
    stages.delete("portfolio");
  }
  // "Build a portfolio from all available stocks" wants more than their names.
  if (LIST.test(rest) && !stages.has("portfolio") && !stages.has("backtest"))
    return { stages: new Set(), unwanted, form: "list" };
  if (HELP.test(rest)) return { stages: new Set(), unwanted, form: "help" };
  if (EXPLAIN.test(rest) && !(asksForScreen && MOST.test(rest)))
    return { stages, unwanted, form: "explanation" };
  if ((ANALYSE.test(rest) && !onlyChecks(rest, stages)) || (stages.size === 0 && HOW_IS.test(rest)))
    for (const stage of ["data", "alpha", "risk"] as const) stages.add(stage);
  if (asksForScreen) return { stages: added(stages, ["data", "alpha", "risk"]), unwanted, form: "screen" };
  if (COMPARE.test(rest))
    return { stages: added(stages, ["data", "alpha", "risk"]), unwanted, form: "comparison" };
  return stages.size === 0 ? { stages, unwanted } : { stages, unwanted, form: "analysis" };
}

/** "Check alpha" names its stage; "check NVDA" wants all. */
function onlyChecks(rest: string, stages: ReadonlySet<Stage>): boolean {
  return (
    stages.size > 0 &&
    /\bcheck(?: the| its| for)? (?:alpha|risks?|signals?|momentum|trend|volatility|data|prices?)\b/i.test(
      rest,
    ) &&
    !ANALYSE.test(rest.replaceAll(/\bcheck\b/gi, " "))
  );
}

function added(stages: ReadonlySet<Stage>, more: readonly Stage[]): ReadonlySet<Stage> {
  return new Set([...stages, ...more]);
}

/** Stages with all that they build on: the risk agent before every portfolio, the agents that conditions ask. */
export function closure(stages: ReadonlySet<Stage>, conditions: readonly Condition[]): Set<Stage> {
  const all = new Set<Stage>([...stages, "data"]);
  for (const { task, predicate } of conditions) {
    if (all.has(task)) all.add(asksAlpha(predicate.about) ? "alpha" : "risk");
  }
  if (all.has("portfolio")) for (const stage of ["alpha", "risk", "backtest"] as const) all.add(stage);
  return all;
}

function asksAlpha(about: string): boolean {
  return about === "signal" || about === "score" || about === "confidence";
}
