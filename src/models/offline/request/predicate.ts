import { RISK_LEVELS, type RiskLevel } from "../../../domain/policy/risk.ts";
import type { Measure, Predicate, SignalWord } from "./condition.ts";

const WHOSE = "(?:the |its |their |overall |market |portfolio |[¦\\w.]+(?:'s)? )?(?:the )?";
const IS =
  "(?:(?:is|are|was|turns out|comes out|comes back|looks|gets|goes|stays|remains|be|being|seems)(?: to be)?(?: at)?|=)";
const LEVEL = "(low|moderate|medium|high|elevated|acceptable|ok|okay|fine|extreme)";
const NUMBER = "(-?\\d+(?:\\.\\d+)?) ?(%|percent|pct)?";
const MEASURE =
  "(volatility|vol|value[- ]at[- ]risk|var|expected shortfall|es|cvar|max(?:imum)? draw-?down|current draw-?down|draw-?down|beta|score|alpha score|confidence)";
const ABOVE =
  "(?:above|over|greater than|more than|higher than|exceeds?|exceeding|beyond|at least|reaches|>=?)";
const BELOW = "(?:below|under|less than|lower than|smaller than|at most|within|<=?)";

interface PredicateReading {
  readonly predicate: Predicate;
  readonly holds: boolean;
}

type Read = (groups: readonly string[]) => PredicateReading | undefined;

const FORMS: readonly (readonly [source: string, read: Read])[] = [
  [
    `${WHOSE}risks?(?: levels?)? ${IS} (not |below |above |less than |more than |at most |at least )?(?:too |very |so )?${LEVEL}(?: (or) (?:too |very )?${LEVEL})?`,
    riskLevel,
  ],
  [
    `(?:there is |there's |it (?:has|shows) )?(?:a )?(?:too )?(high|low|moderate) risk`,
    ([level = ""]) => about([levelOf(level)], true),
  ],
  [
    `(?:it|that|this|they|things?|[¦\\w.]+)(?: ${IS}|'s|'re) (not )?(?:too )?(risky|safe)`,
    ([not = "", word = ""]) => about(word.toLowerCase() === "safe" ? ["LOW"] : ["HIGH"], not === ""),
  ],
  // "Check the risk. If high, stop": nothing but the level.
  [
    `(?:too |very )?${LEVEL}(?=,| then\\b| stop\\b| skip\\b|[:;.]|$)`,
    ([level = ""]) => about([levelOf(level)], true),
  ],
  [`${WHOSE}risk (?:allows?|permits?)(?: it)?`, () => about(["HIGH"], false)],
  [
    `${WHOSE}(?:alpha|signals?|scores?|momentum|trend|outlook)(?: signals?| scores?)? ${IS} (not )?(?:clearly |strongly )?(positive|negative|long|short|neutral|bullish|bearish|a buy|a sell|buy|sell|good|bad)`,
    signal,
  ],
  [
    `${WHOSE}${MEASURE}(?: of (?:the )?[¦\\w.^-]+)? (?:${IS} )?(not )?(?:(${ABOVE})|${BELOW}) ${NUMBER}`,
    measure,
  ],
];

/** What a predicate may look like, as the source of a pattern without groups. */
export const PREDICATE = `(?:${FORMS.map(([source]) => source.replaceAll(/\((?!\?)/g, "(?:")).join("|")})`;

/** Reads words matched by PREDICATE. */
export function readPredicate(words: string): PredicateReading | undefined {
  for (const [source, read] of FORMS) {
    const match = new RegExp(`^${source}$`, "i").exec(words.trim());
    if (match !== null) return read(match.slice(1).map((group: string | undefined) => group ?? ""));
  }
  return undefined;
}

function riskLevel([modifier = "", first = "", or = "", second = ""]: readonly string[]):
  PredicateReading | undefined {
  if (/^(acceptable|ok|okay|fine)$/i.test(first)) return about(["HIGH"], modifier.trim() === "not");
  const level = levelOf(first);
  const at = RISK_LEVELS.indexOf(level);
  switch (modifier.trim().toLowerCase()) {
    case "below":
    case "less than":
      return about(RISK_LEVELS.slice(0, at), true);
    case "above":
    case "more than":
      return about(RISK_LEVELS.slice(at + 1), true);
    case "at most":
      return about(RISK_LEVELS.slice(0, at + 1), true);
    case "at least":
      return about(RISK_LEVELS.slice(at), true);
    case "not":
      return about(or === "" ? [level] : [level, levelOf(second)], false);
    default:
      return about(or === "" ? [level] : [level, levelOf(second)], true);
  }
}

function about(levels: readonly RiskLevel[], holds: boolean): PredicateReading | undefined {
  return levels.length === 0 ? undefined : { predicate: { about: "risk", levels }, holds };
}

function levelOf(word: string): RiskLevel {
  const text = word.toLowerCase();
  if (text === "low") return "LOW";
  return text === "moderate" || text === "medium" ? "MODERATE" : "HIGH";
}

const SIGNAL_WORDS: Readonly<Record<string, SignalWord>> = {
  positive: "positive",
  bullish: "positive",
  good: "positive",
  "a buy": "long",
  buy: "long",
  long: "long",
  negative: "negative",
  bearish: "negative",
  bad: "negative",
  "a sell": "short",
  sell: "short",
  short: "short",
  neutral: "neutral",
};

function signal([not = "", word = ""]: readonly string[]): PredicateReading {
  return {
    predicate: { about: "signal", is: SIGNAL_WORDS[word.toLowerCase()] ?? "positive" },
    holds: not === "",
  };
}

function measure([
  name = "",
  not = "",
  above = "",
  number = "",
  percent = "",
]: readonly string[]): PredicateReading {
  const about = measureOf(name.toLowerCase());
  const plain = about === "beta" || about === "score" || about === "confidence";
  const value = Number(number);
  // "volatility above 30" means percent, "above 0.3" a fraction.
  const fraction = percent !== "" || (!plain && Math.abs(value) > 1) ? value / 100 : value;
  const than = above === "" ? "below" : "above";
  return {
    predicate: { about, than, value: about.endsWith("Drawdown") ? Math.abs(fraction) : fraction },
    holds: not === "",
  };
}

function measureOf(name: string): Measure {
  if (name.startsWith("vol")) return "volatility";
  if (name === "var" || name.startsWith("value")) return "valueAtRisk";
  if (name === "es" || name === "cvar" || name.startsWith("expected")) return "expectedShortfall";
  if (name.startsWith("current")) return "currentDrawdown";
  if (/draw-?down/.test(name)) return "maxDrawdown";
  if (name === "beta" || name === "confidence") return name;
  return "score";
}
