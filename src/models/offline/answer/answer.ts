import { inline } from "../format.ts";
import { bullets, document, quoted, table } from "../markdown.ts";
import { correctionNote, type Progress, type TaskState } from "../plan/progress.ts";
import type { CallRecord } from "../plan/record.ts";
import type { UniverseResult } from "../plan/results.ts";
import type { Request } from "../request/request.ts";
import { backtestSection } from "./backtest-section.ts";
import { assumptionsSection, closing, SIGNATURE } from "./closing.ts";
import { comparisonHeadline, comparisonSection, rowsOf } from "./comparison.ts";
import { dataSection, MANY_SYMBOLS, simulatedNotice } from "./data-section.ts";
import { errorText, failureHeadline } from "./failure.ts";
import { fallbackNotice } from "./fallback-notice.ts";
import { headline } from "./headline.ts";
import { inShort } from "./in-short.ts";
import { portfolioSection } from "./portfolio-section.ts";
import { riskSection, unmeasured } from "./risk-section.ts";
import { screenAnswer } from "./screen.ts";
import { signalsSection } from "./signals-section.ts";
import { skippedText } from "./skipped.ts";
import { whatWouldChange } from "./what-would-change.ts";

/** The answer in Markdown, from the tool results alone: the conclusion first, then what it stands on. */
export function composeAnswer(request: Request, progress: Progress, record: CallRecord): string {
  const { states, results } = progress;
  const corrected = correctionNote(request, record);
  const notes = [...request.notes, ...(corrected === undefined ? [] : [corrected])];
  const broken = states.find(
    (state) => state.status === "failed" && (state.task.id === "data" || state.task.id === "universe"),
  );
  if (broken?.status === "failed") {
    return document([failureHeadline(broken.error), errorText(broken.error), quoted(notes), SIGNATURE]);
  }
  if (request.form === "list") return listing(results.universe);
  const { data, alpha, risk, portfolio, backtest } = results;
  const wanted = wantedSections(request, progress);
  const [title, body] = lead(request, progress);
  return document([
    title,
    simulatedNotice(data),
    quoted(notes),
    fallbackNotice(results),
    missing(states),
    inShort(results),
    body,
    data === undefined ? undefined : dataSection(data, wanted.prices),
    alpha === undefined || !wanted.details ? undefined : signalsSection(alpha),
    risk === undefined ? undefined : wanted.details ? riskSection(risk, wanted.symbols) : unmeasured(risk),
    portfolio === undefined ? undefined : portfolioSection(portfolio),
    backtest === undefined ? undefined : backtestSection(backtest),
    whatWouldChange(results, states),
    assumptionsSection(request, results),
    closing(results),
  ]);
}

/** Title and leading section: a table for comparisons and screens. */
function lead(
  request: Request,
  { results, states }: Progress,
): readonly [title: string, body: string | undefined] {
  if (request.form === "screen" && results.data !== undefined) {
    const screening = request.screening ?? { by: "score", best: true, lowRisk: false, filters: [] };
    const { headline: title, body } = screenAnswer(results, screening);
    return [title, body];
  }
  if (request.form === "comparison" && results.data !== undefined) {
    const rows = rowsOf(results);
    return [
      comparisonHeadline(rows, results.risk?.bars),
      comparisonSection("Side by side", rows, results.risk?.bars),
    ];
  }
  return [headline(results, states), undefined];
}

/** A screen shows its table; the details of every symbol would bury it. What a table has said is not repeated. */
function wantedSections(
  { form }: Request,
  { states, results }: Progress,
): { details: boolean; prices: boolean; symbols: boolean } {
  const portfolio = states.some((state) => state.task.id === "portfolio");
  const many = (results.data?.prices?.length ?? 0) > MANY_SYMBOLS;
  return {
    details: form !== "screen" || portfolio,
    prices: form !== "screen" || !many,
    symbols: form !== "comparison" && form !== "screen",
  };
}

/** Right under the heading, where the person would look for what is missing. */
function missing(states: readonly TaskState[]): string {
  return bullets([
    ...states.flatMap((state) =>
      state.status === "failed" ? [`The task "${state.task.id}" failed. ${errorText(state.error)}`] : [],
    ),
    ...skippedText(states),
  ]);
}

function listing(universe: UniverseResult | undefined): string {
  const symbols = universe?.symbols ?? [];
  const source = inline(universe?.source ?? "The data source");
  return document([
    `# What ${source} offers`,
    universe?.simulated === true
      ? "**SIMULATED data:** the prices of these symbols come from a simulated market."
      : undefined,
    symbols.length === 0 ? "The data source lists no symbols." : listed(symbols),
    SIGNATURE,
  ]);
}

/** Names and kinds only where the source knows them. */
function listed(symbols: NonNullable<UniverseResult["symbols"]>): string {
  const named = symbols.some(({ name }) => typeof name === "string");
  const sorted = symbols.some(({ kind }) => kind !== undefined && kind !== "unknown");
  return table(
    ["Symbol", ...(named ? ["Name"] : []), ...(sorted ? ["Kind"] : [])],
    symbols.map((one) => [
      inline(one.symbol ?? ""),
      ...(named ? [inline(one.name ?? "")] : []),
      ...(sorted ? [inline(one.kind ?? "")] : []),
    ]),
  );
}

/** Markdown for a turn that needed no tool: a question back, a refusal, what can be done. */
export function plainAnswer(heading: string, parts: readonly string[]): string {
  return document([`# ${heading}`, ...parts, SIGNATURE]);
}
