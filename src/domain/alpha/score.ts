import { FinAgentError } from "../errors.ts";
import { staleness } from "../market/staleness.ts";
import type { MarketView } from "../market/view.ts";
import type { AlphaPolicy } from "../policy/alpha.ts";
import { finite, isAbsent } from "../statistic.ts";
import { FEWEST_ACROSS, scoreAcross } from "./across.ts";
import type { Factor } from "./factor.ts";
import { FACTORS } from "./factors.ts";
import type { Evidence, Signal } from "./report.ts";

export interface AlphaScores {
  /** In the order of the symbols asked for. */
  readonly signals: Signal[];
  readonly unscored: { symbol: string; reason: string }[];
}

/**
 * Scores symbols by an alpha policy from what the view knows. Each factor speaks about each symbol with its
 * own score, its score against the other symbols, or the mean of both, as the policy combines; a symbol's
 * score is the mean of its factors' scores by the policy's weights, over the factors that have a value.
 * Confidence is |sum of weight x score| / sum of |weight x score| (1 where all factors pull the same way)
 * times the share of weight that has a value. A symbol that no factor has a value for, or whose bars ended
 * more than a week before the newest of the view, is unscored.
 *
 * @param symbols Default: all of the view; a repeated one counts once.
 * @param extra Factors beside the built-in ones, by the name that the policy uses.
 * @throws FinAgentError BAD_ARGUMENT where the policy names a factor that is not registered or gives none a
 * weight, or an extra factor takes a built-in name or scores outside [-1, 1]; UNKNOWN_SYMBOL
 */
export function scoreAlpha(
  view: MarketView,
  policy: AlphaPolicy,
  symbols: readonly string[] = view.symbols,
  extra: ReadonlyMap<string, Factor> = new Map(),
): AlphaScores {
  const stale = staleness(view);
  const unscored: AlphaScores["unscored"] = [];
  const fresh: string[] = [];
  for (const symbol of new Set(symbols)) {
    const reason = stale(symbol);
    if (reason === null) fresh.push(symbol);
    else unscored.push({ symbol, reason });
  }

  const byFactor = chosenFactors(policy, extra).map(({ factor, ...chosen }) =>
    relate(
      fresh.map((symbol) => read(view, symbol, factor, chosen)),
      policy.combination,
    ),
  );
  const signals: Signal[] = [];
  for (const [s, symbol] of fresh.entries()) {
    const evidence = byFactor.flatMap((column) => column[s] ?? []);
    const signal = combine(symbol, evidence, policy.threshold);
    if (signal === null) unscored.push({ symbol, reason: whyUnscored(evidence) });
    else signals.push(signal);
  }
  return { signals, unscored };
}

interface Chosen {
  readonly factor: Factor;
  readonly name: string;
  readonly lookbackBars: number;
  readonly weight: number;
}

/**
 * The factors that a policy names, with their look-backs and weights.
 * @throws FinAgentError BAD_ARGUMENT as `scoreAlpha` does
 */
export function chosenFactors(policy: AlphaPolicy, extra: ReadonlyMap<string, Factor>): Chosen[] {
  for (const name of extra.keys()) {
    if (!FACTORS.has(name)) continue;
    throw new FinAgentError("BAD_ARGUMENT", `The factor name ${name} belongs to a built-in factor.`, {
      hint: "Register your factor under another name.",
      details: { factor: name },
    });
  }
  if (policy.factors.every(({ weight }) => weight === 0)) {
    throw new FinAgentError("BAD_ARGUMENT", "The alpha policy gives no factor a weight.", {
      hint: "Give at least one factor a weight other than 0.",
    });
  }
  return policy.factors.map((chosen) => {
    const factor = FACTORS.get(chosen.name) ?? extra.get(chosen.name);
    if (factor !== undefined) return { ...chosen, factor };
    const known = [...FACTORS.keys(), ...extra.keys()];
    throw new FinAgentError("BAD_ARGUMENT", `The alpha policy names ${chosen.name}, which is no factor.`, {
      hint: `Known factors: ${known.join(", ")}.`,
      details: { factor: chosen.name, known },
    });
  });
}

/** One factor on one symbol, against its own past. */
function read(
  view: MarketView,
  symbol: string,
  factor: Factor,
  { name, lookbackBars, weight }: Omit<Chosen, "factor">,
): Evidence {
  const common = { factor: name, lookbackBars, weight };
  const figure = factor.evaluate(view.bars(symbol), lookbackBars);
  const value = typeof figure === "number" ? finite(figure, "not a finite number") : figure;
  if (isAbsent(value)) return { ...common, value: null, score: null, basis: null, absent: value.absent };
  const score = factor.score(value);
  if (!(Math.abs(score) <= 1)) {
    throw new FinAgentError("BAD_ARGUMENT", `The factor ${name} scores ${value} of ${symbol} as ${score}.`, {
      hint: "A factor's score lies in [-1, 1]; Math.tanh brings it there.",
      details: { factor: name, symbol },
    });
  }
  return { ...common, value: noNegativeZero(value), score: noNegativeZero(score), basis: "time-series" };
}

/** One factor on all symbols: its own scores, set against each other where the policy says so. */
function relate(column: readonly Evidence[], combination: AlphaPolicy["combination"]): Evidence[] {
  const own = column.flatMap(({ score }) => (score === null ? [] : [score]));
  if (combination === "time-series" || own.length < FEWEST_ACROSS) return [...column];
  const across = scoreAcross(own).values();
  return column.map((evidence) => {
    if (evidence.score === null) return evidence;
    const relative = across.next().value ?? 0;
    const score = combination === "blend" ? (evidence.score + relative) / 2 : relative;
    return { ...evidence, score, basis: combination };
  });
}

function combine(symbol: string, evidence: Evidence[], threshold: number): Signal | null {
  let pull = 0;
  let strength = 0;
  let present = 0;
  let total = 0;
  for (const { score, weight } of evidence) {
    total += Math.abs(weight);
    if (score === null) continue;
    present += Math.abs(weight);
    pull += weight * score;
    strength += Math.abs(weight * score);
  }
  if (present === 0) return null;
  // Rounding may carry a mean of ones past 1.
  const score = noNegativeZero(Math.max(-1, Math.min(1, pull / present)));
  const agreement = strength === 0 ? 0 : Math.abs(pull) / strength;
  const silent = score === 0 || Math.abs(score) < threshold;
  return {
    symbol,
    score,
    direction: silent ? "neutral" : score > 0 ? "long" : "short",
    confidence: Math.min(1, (agreement * present) / total),
    evidence,
  };
}

function whyUnscored(evidence: readonly Evidence[]): string {
  return evidence.map(({ factor, absent }) => `${factor}: ${absent ?? "weight 0"}`).join("; ");
}

/** Equal decisions are equal bytes: -0 is 0 in JSON and only there. */
function noNegativeZero(value: number): number {
  return value === 0 ? 0 : value;
}
