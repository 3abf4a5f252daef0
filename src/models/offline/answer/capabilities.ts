import { bullets } from "../markdown.ts";

const EXAMPLES: readonly (readonly [tool: string, example: string])[] = [
  [
    "ask_alpha_agent",
    '"Analyze Apple for the last six months": prices, signals with their evidence, risk with its reasons',
  ],
  ["ask_risk_agent", '"Compare AAPL and MSFT since January": the same side by side'],
  ["list_symbols", '"Screen for the strongest stocks with low risk": all symbols of the data source, ranked'],
  [
    "ask_portfolio_agent",
    '"Propose a long-only portfolio of AAPL and MSFT with my capital, but skip it if risk is high": weights in shares and money',
  ],
  ["run_backtest", '"Backtest an SMA cross on AAPL since last year": against buy and hold, with a verdict'],
  ["recall", '"What did you recommend for AAPL last time?": earlier decisions and how they turned out'],
  [
    "optimize_agent_prompts",
    '"Improve the alpha agent on AAPL, JPM and MSFT to a Sharpe ratio of one": rewrites, promoted only on unseen evidence',
  ],
  ["", '"Why so little?", "What is VaR?": what came out, and the terms of the field'],
];

/** What can be asked, as far as the tools are there. */
export function capabilities(bound: ReadonlySet<string>): string {
  return bullets(EXAMPLES.filter(([tool]) => tool === "" || bound.has(tool)).map(([, example]) => example));
}
