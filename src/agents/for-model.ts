import { backtestReportSchema } from "../domain/backtest/report.ts";
import { sparkline } from "../domain/backtest/sparkline.ts";
import { riskReportSchema } from "../domain/risk/report.ts";

const SPARKLINE_WIDTH = 32;

const backtestParts = backtestReportSchema.pick({ equity: true, tradeList: true });
const riskParts = riskReportSchema.pick({ stress: true });

/**
 * A report as a model reads it, without what only a machine or a page needs: of a backtest the list of trades and
 * the equity curve, which becomes a sparkline; of risk the prose of the stress scenarios. Anything else passes.
 */
export function forModel(report: unknown): unknown {
  const backtest = backtestParts.safeParse(report);
  if (backtest.success) {
    const values = backtest.data.equity.map(([, value]) => value);
    const drawn = { equity: undefined, tradeList: undefined, sparkline: sparkline(values, SPARKLINE_WIDTH) };
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
