import { measure } from "../backtest/measure.ts";
import { isoTime } from "../iso-time.ts";
import { at } from "../market/column.ts";
import type { DataSet } from "../market/data-set.ts";
import { periodsPerYear } from "../risk/annualisation.ts";
import type { Evaluation } from "./evaluation.ts";
import type { OptimizeReport } from "./report.ts";
import { REGIMES, regimesOf } from "./regimes.ts";

const YEAR_MS = 365.25 * 86_400_000;

/**
 * An evaluation's figures by the regime in which each bar began; regimes that did not occur are left out. Bars of a
 * regime lie apart, so there is no drawdown and no ratio to one, and costs are in the returns alone. A trade belongs to
 * the regime of its entry.
 */
export function regimeFigures(
  dataSet: DataSet,
  evaluation: Evaluation,
  riskFreeRate: number,
): OptimizeReport["regimes"] {
  const { panel } = dataSet;
  const year = periodsPerYear(panel);
  const regimes = regimesOf(panel);
  const regimeAt = new Map(regimes.map((regime, row) => [isoTime(at(panel.time, row)), regime]));
  return REGIMES.flatMap((regime) => {
    const [returns, exposure, turnover]: [number[], number[], number[]] = [[], [], []];
    for (const { span, ...evaluated } of evaluation.spans) {
      for (let i = 1; i < span.toRow - span.fromRow; i += 1) {
        if (regimes[span.fromRow + i] !== regime) continue;
        returns.push(at(evaluated.returns, i - 1));
        exposure.push(at(evaluated.exposure, i));
        turnover.push(at(evaluated.turnover, i));
      }
    }
    if (returns.length === 0) return [];
    const equity = [1];
    for (const value of returns) equity.push((equity.at(-1) ?? NaN) * (1 + value));
    const { metrics } = measure(
      {
        time: Float64Array.from(equity, (_, t) => (t * YEAR_MS) / year),
        equity: Float64Array.from(equity),
        exposure: Float64Array.from(exposure),
        turnover: Float64Array.from(turnover),
        trades: [],
        costs: 0,
      },
      year,
      riskFreeRate,
    );
    const { totalReturn, annualReturn, volatility, sharpe, sortino } = metrics;
    const trades = evaluation.trades.filter((trade) => regimeAt.get(trade.entryTime) === regime).length;
    return [
      {
        regime,
        bars: returns.length,
        figures: {
          bars: returns.length,
          totalReturn,
          annualReturn,
          volatility,
          sharpe,
          sortino,
          calmar: null,
          maxDrawdown: null,
          exposure: metrics.exposure,
          turnover: metrics.turnover,
          costs: null,
          trades,
        },
      },
    ];
  });
}
