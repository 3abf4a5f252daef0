import { inline } from "../format.ts";
import { bullets, document, quoted, table } from "../markdown.ts";
import { correctionNote, type Progress, type TaskState } from "../plan/progress.ts";
import type { CallRecord } from "../plan/record.ts";
import type { UniverseResult } from "../plan/results.ts";
import type { Request } from "../request/request.ts";
import { backtestSection } from "./backtest-section.ts";
import { assumptionsSection, closing, SIGNATURE } from "./closing.ts";
import { comparisonHeadline, comparisonSection, rowsOf } from "./comparison.ts";
import { dataSection, simulatedNotice } from "./data-section.ts";
import { errorText, failureHeadline } from "./failure.ts";
import { headline } from "./headline.ts";
import { portfolioSection } from "./portfolio-section.ts";
import { riskSection } from "./risk-section.ts";
import { screenAnswer } from "./screen.ts";
import { signalsSection } from "./signals-section.ts";
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
  const wanted = wantedSections(request, states);
  const [title, body] = lead(request, progress);
  return document([
    title,
    simulatedNotice(data),
    quoted(notes),
    missing(states),
    body,
    data === undefined ? undefined : dataSection(data),
    alpha === undefined || !wanted.details ? undefined : signalsSection(alpha),
    risk === undefined || !wanted.details ? undefined : riskSection(risk),
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
    return [comparisonHeadline(rows), comparisonSection("Side by side", rows)];
  }
  return [headline(results, states), undefined];
}

/** A screen shows its table; the details of every symbol would bury it. */
function wantedSections(request: Request, states: readonly TaskState[]): { details: boolean } {
  const portfolio = states.some((state) => state.task.id === "portfolio");
  return { details: request.form !== "screen" || portfolio };
}

/** Right under the heading, where the person would look for what is missing. */
function missing(states: readonly TaskState[]): string {
  return bullets(
    states.flatMap((state) => {
      if (state.status === "failed") return [`The task "${state.task.id}" failed. ${errorText(state.error)}`];
      if (state.status !== "skipped") return [];
      return [`The task "${state.task.id}" was skipped. ${inline(state.note)}`];
    }),
  );
}

function listing(universe: UniverseResult | undefined): string {
  const symbols = universe?.symbols ?? [];
  const source = inline(universe?.source ?? "The data source");
  return document([
    `# What ${source} offers`,
    universe?.simulated === true
      ? "**SIMULATED data:** the prices of these symbols come from a simulated market."
      : undefined,
    symbols.length === 0
      ? "The data source lists no symbols."
      : table(
          ["Symbol", "Name", "Kind"],
          symbols.map((one) => [inline(one.symbol ?? ""), inline(one.name ?? ""), inline(one.kind ?? "")]),
        ),
    SIGNATURE,
  ]);
}

/** Markdown for a turn that needed no tool: a question back, a refusal, what can be done. */
export function plainAnswer(heading: string, parts: readonly string[]): string {
  return document([`# ${heading}`, ...parts, SIGNATURE]);
}
