import { count, decimal, inline, percent, signed } from "../format.ts";
import { bullets, section, table } from "../markdown.ts";
import type { AlphaResult } from "../plan/results.ts";
import { alikeReasons } from "../../../domain/run/alike-reasons.ts";
import { MANY_SYMBOLS } from "./data-section.ts";

type Signal = NonNullable<AlphaResult["signals"]>[number];
type Evidence = NonNullable<Signal["evidence"]>[number];

/** Factors printed per symbol, the heaviest first. */
const SHOWN = 4;

/** Symbols whose evidence is printed factor by factor. */
const DETAILED = 3;

/**
 * Scores with direction and the evidence behind them in words, best first. Of many symbols only the strongest
 * signals, long or short, get their evidence.
 */
export function signalsSection(alpha: AlphaResult): string {
  const signals = (alpha.signals ?? []).toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0));
  const many = signals.length > MANY_SYMBOLS;
  const strongestFirst = signals.toSorted((a, b) => Math.abs(b.score ?? 0) - Math.abs(a.score ?? 0));
  const detailed = many ? strongestFirst.slice(0, DETAILED) : signals.length <= DETAILED ? signals : [];
  return section("Signals", [
    table(
      ["Symbol", "Score", "Direction", "Confidence", ...(many ? [] : ["Strongest evidence"])],
      signals.map((one) => [
        inline(one.symbol ?? "n/a"),
        signed(one.score),
        one.direction ?? "n/a",
        percent(one.confidence),
        ...(many ? [] : [strongest(one)]),
      ]),
    ),
    ...detailed.map(evidenceList),
    bullets(
      alikeReasons(alpha.unscored ?? [])
        .map(inline)
        .map((line) => `No score for ${line}`),
    ),
    threshold(alpha),
  ]);
}

/** The factor that moves the score most, in words. */
export function strongest(signal: Signal): string {
  const [first] = byImpact(signal);
  return first === undefined ? "no factor had enough history" : words(first);
}

function evidenceList(signal: Signal): string {
  const lines = byImpact(signal)
    .slice(0, SHOWN)
    .map((one) => `${words(one)}, weight ${percent(one.weight)}`);
  const absent = (signal.evidence ?? [])
    .filter((one) => one.absent !== undefined)
    .map((one) => `${one.factor ?? "a factor"}: no value, ${inline(one.absent ?? "")}`);
  return lines.length + absent.length === 0
    ? ""
    : `Evidence on ${inline(signal.symbol ?? "")}:\n\n${bullets([...lines, ...absent])}`;
}

function byImpact(signal: Signal): Evidence[] {
  const impact = (one: Evidence): number => Math.abs((one.score ?? 0) * (one.weight ?? 0));
  return (signal.evidence ?? [])
    .filter((one) => typeof one.score === "number")
    .sort((a, b) => impact(b) - impact(a));
}

function words(evidence: Evidence): string {
  const score = (evidence.score ?? 0) * Math.sign(evidence.weight ?? 1);
  const strength = Math.abs(score) >= 0.5 ? "strongly" : Math.abs(score) >= 0.2 ? "moderately" : "slightly";
  const side =
    score > 0 ? `speaks ${strength} for it` : score < 0 ? `speaks ${strength} against it` : "is silent";
  const factor = (evidence.factor ?? "factor").replaceAll("-", " ");
  return `${factor} over ${count(evidence.lookbackBars)} bars ${side} (${signed(evidence.score)})`;
}

function threshold(alpha: AlphaResult): string | undefined {
  const bar = alpha.policy?.threshold;
  if (bar === undefined) return undefined;
  return `A score lies between full short and full long; a size below ${decimal(bar)} counts as neutral.`;
}
