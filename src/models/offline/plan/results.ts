import { z } from "zod";
import { alphaReportSchema } from "../../../domain/alpha/report.ts";
import { backtestReportSchema } from "../../../domain/backtest/report.ts";
import { dataReportSchema } from "../../../domain/market/data-set.ts";
import { portfolioReportSchema } from "../../../domain/portfolio/report.ts";
import { riskReportSchema } from "../../../domain/risk/report.ts";
import { provenanceSchema } from "../../../domain/run/provenance.ts";
import { lenient } from "./lenient.ts";

const made = { by: provenanceSchema };

/** Figures of the window asked for, where the data agent gives them. */
const priceSchema = dataReportSchema.shape.prices.element.extend({
  volatility: z.number().nullable(),
  maxDrawdown: z.number().nullable(),
});

/** What the manager's tools return, as far as it arrives. */
export const RESULTS = {
  universe: lenient(
    z.object({
      source: z.string(),
      simulated: z.boolean(),
      benchmark: z.string().nullable(),
      symbols: z.array(z.object({ symbol: z.string(), name: z.string().nullable(), kind: z.string() })),
    }),
  ),
  data: lenient(dataReportSchema.extend({ prices: z.array(priceSchema) })),
  alpha: lenient(alphaReportSchema.extend({ alphaId: z.string(), ...made })),
  risk: lenient(riskReportSchema.extend({ riskId: z.string(), ...made })),
  portfolio: lenient(portfolioReportSchema.extend({ portfolioId: z.string(), ...made })),
  backtest: lenient(
    backtestReportSchema
      .omit({ equity: true, tradeList: true })
      .extend({ backtestId: z.string(), sparkline: z.string(), ...made }),
  ),
} as const;

export type TaskId = keyof typeof RESULTS;

export type Results = { readonly [K in TaskId]?: z.output<(typeof RESULTS)[K]> };

export type DataResult = NonNullable<Results["data"]>;
export type AlphaResult = NonNullable<Results["alpha"]>;
export type RiskResult = NonNullable<Results["risk"]>;
export type PortfolioResult = NonNullable<Results["portfolio"]>;
export type BacktestResult = NonNullable<Results["backtest"]>;
export type UniverseResult = NonNullable<Results["universe"]>;

/** The manager's tool that does a task. */
export const TOOLS: Readonly<Record<TaskId, string>> = {
  universe: "list_symbols",
  data: "fetch_market_data",
  alpha: "ask_alpha_agent",
  risk: "ask_risk_agent",
  portfolio: "ask_portfolio_agent",
  backtest: "run_backtest",
};

/** Adds a tool's value, parsed as far as it fits. */
export function withResult(results: Results, id: TaskId, value: unknown): Results {
  return { ...results, [id]: RESULTS[id].parse(value) };
}
