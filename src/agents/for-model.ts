import { backtestReportSchema } from "../domain/backtest/report.ts";
import { statisticsSchema } from "../domain/backtest/statistics-schema.ts";
import { sparkline } from "../domain/backtest/sparkline.ts";
import { riskReportSchema } from "../domain/risk/report.ts";

const SPARKLINE_WIDTH = 32;

const backtestParts = backtestReportSchema.pick({
  equity: true,
  tradeList: true,
  statistics: true,
  drawdowns: true,
  absent: true,
});
/** What people ask about beyond the metrics. */
const asked = statisticsSchema.pick({
  alpha: true,
  beta: true,
  valueAtRisk: true,
  expectedShortfall: true,
  longestDrawdownDays: true,
  probabilisticSharpe: true,
});
const riskParts = riskReportSchema.pick({ stress: true });

/**
 * A report as a model reads it, without what only a machine or a page needs: of a backtest the list of trades, the
 * charts, most statistics and tables, and the equity curve, which becomes a sparkline; of risk the prose of the stress
 * scenarios. Anything else passes.
 */
export function forModel(report: unknown): unknown {
  const backtest = backtestParts.safeParse(report);
  if (backtest.success) {
    const { equity, statistics, drawdowns, absent } = backtest.data;
    const values = equity.map(([, value]) => value);
    const drawn = {
      equity: undefined,
      course: undefined,
      tradeList: undefined,
      statistics: asked.parse(statistics),
      absent: Object.fromEntries(
        Object.entries(absent).filter(([name]) => !(name in statistics) || name in asked.shape),
      ),
      drawdowns: drawdowns.slice(0, 1),
      monthly: undefined,
      yearly: undefined,
      costs: undefined,
      proof: undefined,
      sparkline: sparkline(values, SPARKLINE_WIDTH),
    };
    return Object.assign({}, report, drawn);
  }
  const risk = riskParts.safeParse(report);
  if (risk.success) {
    return Object.assign({}, report, {
      stress: risk.data.stress.map(({ description: _prose, ...scenario }) => scenario),
    });
  }
  return report;
}
