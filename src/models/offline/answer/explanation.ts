import { change, inline, percent } from "../format.ts";
import { bullets, document, quoted, section } from "../markdown.ts";
import type { Results } from "../plan/results.ts";
import type { Step } from "../conversation.ts";
import { TOOLS, withResult, type TaskId } from "../plan/results.ts";
import { explainTerms } from "./glossary.ts";
import { simulatedNotice } from "./data-section.ts";
import { SIGNATURE } from "./closing.ts";
import { signalsSection } from "./signals-section.ts";
import { worstStress } from "./risk-section.ts";

/** The latest result of each agent in the conversation. */
export function latestResults(steps: readonly Step[]): Results {
  let results: Results = {};
  for (const id of Object.keys(TOOLS) as TaskId[]) {
    const last = steps.filter((step) => step.tool === TOOLS[id] && step.outcome?.ok === true).at(-1);
    if (last?.outcome?.ok === true) results = withResult(results, id, last.outcome.value);
  }
  return results;
}

/** Explains what came out before, or a term of the field; undefined where there is nothing to explain. */
export function explanation(text: string, results: Results, notes: readonly string[]): string | undefined {
  const asksWhy =
    /\bwhy\b|\bhow come\b|\b(?:explain|elaborate)\b(?! what)|\bhow (?:is|was|were|did|do|are) (?:that|it|this|the|you|these|they)\b|\b(?:this|that|your|these|it) (?:mean|result|answer|number|level|signal|portfolio)/i.test(
      text,
    );
  const terms = explainTerms(text);
  const reasons = asksWhy ? reasonsFor(text, results, notes) : [];
  if (reasons.length > 0) {
    const symbols = inline(
      (results.data?.symbols ?? results.portfolio?.positions?.map((one) => one.symbol ?? "") ?? []).join(
        ", ",
      ),
    );
    return document([
      `# Why: ${symbols === "" ? "the reasons" : symbols}`,
      simulatedNotice(results.data),
      ...reasons,
      SIGNATURE,
    ]);
  }
  if (terms.length === 0) return undefined;
  return document([
    `# ${terms.length === 1 ? "A term of the field" : "Terms of the field"}`,
    ...terms,
    SIGNATURE,
  ]);
}

function reasonsFor(text: string, results: Results, notes: readonly string[]): string[] {
  const about = (pattern: RegExp): boolean => pattern.test(text);
  const onSkip = about(/\bskip|not (?:done|proposed|built)|no portfolio|didn't|did not|refus/i);
  const onRisk = about(/\brisk|volatil|drawdown|exposure|\bvar\b|level/i);
  const onSignal = about(
    /\bsignal|score|alpha|direction|long\b|short\b|neutral|bullish|bearish|negative|positive/i,
  );
  const onTest = about(/\bback-?test|verdict|evidence|sharpe|return|trades|perform/i);
  const onSize = about(/\blittle|much|small|few|cash|weight|shares|portfolio|alloc|invest|size|low\b/i);
  const open = !(onSkip || onRisk || onSignal || onTest || onSize);
  const parts = [
    onSkip || open
      ? section("What was skipped", [
          onSkip && notes.length === 0 ? "Nothing was skipped in the latest plan." : quoted(notes),
        ])
      : "",
    onSize || open ? portfolioReasons(results) : "",
    onRisk || onSkip || onSize || open ? riskReasons(results) : "",
    (onSignal || open) && results.alpha !== undefined ? signalsSection(results.alpha) : "",
    onTest ? backtestReasons(results) : "",
  ].filter((part) => part !== "");
  return parts.length > 0
    ? parts
    : [riskReasons(results), portfolioReasons(results)].filter((part) => part !== "");
}

function portfolioReasons({ portfolio }: Results): string {
  if (portfolio === undefined) return "";
  return section("The portfolio", [
    `It invests ${percent(portfolio.exposure)} and keeps ${percent(portfolio.cash)} in cash. The risk agent allows an exposure of ${percent(portfolio.allowedExposure)}.`,
    portfolio.limits === undefined || portfolio.limits.length === 0
      ? ""
      : `Limits that bound:\n\n${quoted(portfolio.limits)}`,
    bullets(
      (portfolio.excluded ?? []).map(
        (one) => `${inline(one.symbol ?? "")} was left out: ${inline(one.reason ?? "")}`,
      ),
    ),
    portfolio.wouldChange === undefined || portfolio.wouldChange.length === 0
      ? ""
      : `What would change it:\n\n${quoted(portfolio.wouldChange)}`,
  ]);
}

function riskReasons({ risk }: Results): string {
  if (risk === undefined) return "";
  const worst = worstStress(risk);
  return section("The risk", [
    `The level is ${risk.level ?? "n/a"}:`,
    quoted(risk.reasons),
    `The allowed exposure is ${percent(risk.allowedExposure)}:`,
    quoted(risk.exposureReasons),
    worst === undefined
      ? ""
      : `The worst stress scenario, ${inline(worst.scenario ?? "")}, would return ${change(worst.return)}.`,
  ]);
}

function backtestReasons({ backtest }: Results): string {
  if (backtest === undefined) return "";
  return section("The backtest", [
    `It returned ${change(backtest.metrics?.totalReturn)}, buy and hold ${change(backtest.benchmark?.metrics?.totalReturn)}.`,
    backtest.verdict?.conclusion === undefined ? "" : `The verdict is "${backtest.verdict.conclusion}":`,
    quoted(backtest.verdict?.reasons),
    quoted(backtest.flags),
  ]);
}
