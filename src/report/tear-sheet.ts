import { FinAgentError } from "../domain/errors.ts";
import { barTime, counted } from "../domain/format.ts";
import type { RunReport } from "../domain/run/report.ts";
import { html } from "./html.ts";
import { page, section } from "./page.ts";
import { costs } from "./sections/costs.ts";
import { distribution } from "./sections/distribution.ts";
import { drawdowns } from "./sections/drawdowns.ts";
import { equity } from "./sections/equity.ts";
import { keyFigures } from "./sections/key-figures.ts";
import { monthly } from "./sections/monthly.ts";
import { provenance } from "./sections/provenance.ts";
import { proof } from "./sections/proof.ts";
import { rolling } from "./sections/rolling.ts";
import { tradeList } from "./sections/trade-list.ts";
import { trades } from "./sections/trades.ts";
import { verdict } from "./sections/verdict.ts";
import { weights } from "./sections/weights.ts";
import type { Sheet } from "./sheet.ts";
import { words } from "./words.ts";

/** More symbols than this are counted, not named, in the title. */
const MOST_NAMED = 12;

/**
 * A backtest's report as one HTML document that needs nothing else: the verdict, the figures, charts with the
 * tables behind them, and what it was made with. The same report gives the same bytes.
 * @throws FinAgentError BAD_ARGUMENT where the report has no backtest with a course
 */
export function tearSheet(report: RunReport): string {
  const sheet = sheetOf(report);
  const { backtest, interval } = sheet;
  return page({
    title: titleOf(sheet),
    lead: [
      backtest.symbols.length > MOST_NAMED
        ? counted(backtest.symbols.length, "symbol")
        : backtest.symbols.join(", "),
      `${barTime(backtest.from, interval)} to ${barTime(backtest.to, interval)}`,
      `${counted(backtest.bars, "bar")} of ${interval}`,
    ].join(" · "),
    badges: [
      ...(report.data?.simulated === true ? ["SIMULATED"] : []),
      ...(report.status === "partial" ? ["PARTIAL"] : []),
    ],
    body: html`${verdict(sheet)}
    ${backtest.proof === null ? null : section("proof", "What speaks for it and against", proof(backtest.proof, interval))}
    ${section("figures", "Key figures", keyFigures(sheet))}
    ${section("course", "Equity and drawdowns", html`${equity(sheet)}${drawdowns(sheet)}`)}
    ${section("returns", "Returns and risk", html`${monthly(sheet)}${rolling(sheet)}${distribution(sheet)}`)}
    ${section("holdings", "Holdings", weights(sheet))}
    ${section("trades", "Trades on the price", trades(sheet))}
    ${section("trading-costs", "Turnover and costs", costs(sheet))}
    ${section("trade-list", "List of trades", tradeList(sheet))}
    ${section("provenance", "Settings and provenance", provenance(sheet))}`,
    foot: html`<p>
      FinAgent ${report.code}. Figures of the past say little about the future. Times are UTC.
    </p>`,
  });
}

function sheetOf(report: RunReport): Sheet {
  const { backtest, metrics, benchmark, verdict: judged } = report;
  const course = backtest?.course ?? null;
  if (backtest === null || metrics === null || benchmark === null || judged === null || course === null) {
    throw new FinAgentError("BAD_ARGUMENT", "This run has no course to draw charts from.", {
      hint: 'Run a backtest or a pipeline with "detail": true.',
    });
  }
  return {
    report,
    backtest,
    metrics,
    benchmark,
    verdict: judged,
    course,
    times: course.time.map((time) => Date.parse(time)),
    interval: report.data?.interval ?? "1d",
  };
}

function titleOf({ backtest, report }: Sheet): string {
  const params = Object.entries(backtest.params).map(
    ([name, value]) => `${words(name).toLowerCase()} ${String(value)}`,
  );
  const agents =
    report.status === "partial" ? "Partial pipeline, as far as the model decided" : "Pipeline: the agents";
  const name = backtest.strategy === "agents" ? agents : `Backtest: ${backtest.strategy}`;
  return params.length === 0 ? name : `${name} (${params.join(", ")})`;
}
