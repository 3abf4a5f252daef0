import type { Absent } from "../../statistic.ts";
import type { DifferenceTest } from "./test-difference.ts";

/**
 * The comparison in a sentence, e.g. "A is better by 0.40 of Sharpe (95% interval -0.10 to 0.90, p = 0.11): not
 * shown.", with what could have been shown.
 * @param factor makes a Sharpe ratio per period annual
 */
export function conclude(test: DifferenceTest | Absent, factor: number, confidence: number): string {
  if ("absent" in test) return `Nothing is shown: ${test.absent}`;
  const { difference, pValue } = test;
  const better = difference >= 0 ? "A" : "B";
  // Seen from the better one.
  const [low, high] = difference >= 0 ? [test.low, test.high] : [-test.high, -test.low];
  const shown = pValue < 1 - confidence;
  const sharpe = (value: number): string => (value * factor).toFixed(2);
  const p = pValue < 0.001 ? "p < 0.001" : `p = ${pValue.toFixed(pValue < 0.095 ? 3 : 2)}`;
  const figures = `${Math.round(100 * confidence)}% interval ${sharpe(low)} to ${sharpe(high)}, ${p}`;
  const sentence = `${better} is better by ${sharpe(Math.abs(difference))} of Sharpe (${figures}): ${shown ? "shown" : "not shown"}.`;
  return shown
    ? sentence
    : `${sentence} With this much data a true difference of ${sharpe(test.detectable)} would be shown four times out of five; smaller ones mostly stay hidden.`;
}
