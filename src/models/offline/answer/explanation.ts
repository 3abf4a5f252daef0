import { change, inline, percent } from "../format.ts";
import { bullets, document, quoted, section } from "../markdown.ts";
import type { Results } from "../plan/results.ts";
import type { Step } from "../conversation.ts";
import { TOOLS, withResult, type TaskId } from "../plan/results.ts";
import { explainTerms } from "./glossary.ts";
import { simulatedNotice } from "./data-section.ts";
import { SIGNATURE } from "./closing.ts";
import { signalsSection } from "./signals-section.ts";
import { alikeReasons } from "../../../domain/run/alike-reasons.ts";
import { holdsNothing } from "./portfolio-section.ts";

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
    /\bwhy\b|\bhow come\b|\bwhat (?:would|could|might|needs? to|must) (?:\w+ )?change\b|\b(?:explain|elaborate)\b(?! what)|\bhow (?:is|was|were|did|do|are) (?:that|it|this|the|you|these|they)\b|\b(?:this|that|your|these|it) (?:mean|result|answer|number|level|signal|portfolio)/i.test(
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
  const onChange = about(/\bwhat (?:would|could|might|needs? to|must) (?:\w+ )?chang/i);
  const onSkip = about(/\bskip|not (?:done|proposed|built)|no portfolio|didn't|did not|refus/i);
  const onRisk = about(/\brisk|volatil|drawdown|exposure|\bvar\b|level/i);
  const onSignal = about(
    /\bsignal|score|alpha|direction|long\b|short\b|neutral|bullish|bearish|negative|positive/i,
  );
  const onTest = about(/\bback-?test|verdict|evidence|sharpe|return|trades|perform/i);
  const onSize = about(
    /\bleft out|leave|exclud|\blittle|much|small|few|cash|weight|shares|portfolio|alloc|invest|size|low\b/i,
  );
  const open = !(onSkip || onRisk || onSignal || onTest || onSize || onChange);
  const parts = [
    onSkip || open
      ? section("What was skipped", [
          onSkip && notes.length === 0 ? "Nothing was skipped in the latest plan." : quoted(notes),
        ])
      : "",
    onSize || open ? portfolioReasons(results) : "",
    onRisk || (onSkip && /\brisk\b/i.test(notes.join(" "))) || open ? riskReasons(results) : "",
    onChange ? wouldChange(results) : "",
    (onSignal || open) && results.alpha !== undefined ? signalsSection(results.alpha) : "",
    onTest ? backtestReasons(results) : "",
  ].filter((part) => part !== "");
  return parts.length > 0
    ? parts
    : [riskReasons(results), portfolioReasons(results)].filter((part) => part !== "");
}

/** How much is invested, what held it back, and who was left out; the risk agent's reasons are among them. */
function portfolioReasons({ portfolio, risk }: Results): string {
  if (portfolio === undefined) return "";
  const left = alikeReasons(portfolio.excluded ?? []).map(inline);
  const binds = (portfolio.exposure ?? 0) >= (portfolio.allowedExposure ?? 1) - 1e-6;
  const invests = holdsNothing(portfolio)
    ? "It stays in cash."
    : `It invests ${percent(portfolio.exposure)} and keeps ${percent(portfolio.cash)} in cash.`;
  return section("The portfolio", [
    `${invests} The risk agent allows an exposure of ${percent(portfolio.allowedExposure)}.`,
    left.length === 0 ? "" : `Left out:\n\n${bullets(left)}`,
    portfolio.limits === undefined || portfolio.limits.length === 0
      ? ""
      : `Limits that bound:\n\n${quoted(portfolio.limits)}`,
    binds && !holdsNothing(portfolio) && risk?.exposureReasons !== undefined
      ? `The exposure is limited by the tightest of these:\n\n${quoted(risk.exposureReasons)}`
      : "",
  ]);
}

function wouldChange({ portfolio }: Results): string {
  return section("What would change it", [quoted(portfolio?.wouldChange)]);
}

function riskReasons({ risk }: Results): string {
  if (risk === undefined) return "";
  return section("The risk", [
    `The level is ${risk.level ?? "n/a"}:`,
    quoted(risk.reasons),
    `The allowed exposure is ${percent(risk.allowedExposure)}:`,
    quoted(risk.exposureReasons),
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
