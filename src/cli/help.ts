/** What follows the list of flags in each command's help. */

const RUN = "npm run -s finagent --";

export const PROGRAM = `
Examples:
  finagent ask "Analyze AAPL for the last 6 months and propose a portfolio"
  finagent ask "Compare Apple and Microsoft in 2024" --data csv:./prices
  finagent backtest --strategy sma-cross --param fast=10 --param slow=30 --symbols AAPL
  finagent doctor

In a checkout: ${RUN} <command> (-s keeps npm's own lines out of the output).
With nothing configured everything runs offline on a simulated market, and says so.

Exit status: 0 done; 2 the request or the arguments are wrong; 3 data or a provider failed;
4 the model failed; 5 refused by a limit; 1 a fault of FinAgent; 130 stopped with Ctrl-C.

Environment: OPENAI_API_KEY, OPENAI_BASE_URL, FINAGENT_MODEL, FINAGENT_DATA, FINAGENT_HOME,
FINAGENT_API_TOKEN, PORT; finagent.yaml for the rest. Flags win over both.`;

export const ASK = `
Examples:
  finagent ask "Analyze AAPL for the last 6 months and propose a portfolio"
  finagent ask "Fetch data for NVDA, check alpha, but if risk is high, skip the portfolio"
  finagent ask 'Propose a portfolio of Apple and JPMorgan with $50k' --json > answer.json
  finagent ask "Why did TSLA fall?" --model openai:NAME`;

export const CHAT = `
"exit" or Ctrl-D ends it. With --json the whole conversation is one document, printed at the end.

Examples:
  finagent chat --data csv:./prices
  printf 'Analyze AAPL\\nand with Microsoft added?\\n' | finagent chat`;

export const PIPELINE = `
Examples:
  finagent pipeline --symbols AAPL,MSFT,NVDA --from 2023-08-15 --to 2025-08-15 --data csv:./prices
  finagent pipeline --symbols AAPL,JPM --risk-target 10% --max-weight 30% --capital 50k
  finagent pipeline --symbols AAPL,JPM --agents llm --model openai:NAME --rebalance 21`;

export const BACKTEST = `
Examples:
  finagent backtest --strategy sma-cross --param fast=10 --param slow=30 --symbols GOOG --data csv:./prices
  finagent backtest --strategy sma-cross --symbols AAPL --from 2024-01-01 --commission 0.1% --slippage-bps 5
  finagent backtest --strategy sma-cross --symbols AAPL --fill close --whole-shares --json`;

export const DATA_LIST = `
Examples:
  finagent data list
  finagent data list --data csv:./prices --json`;

export const DATA_CHECK = `
Exits with 3 where a series is refused.

Examples:
  finagent data check --data csv:./prices
  finagent data check --data csv:./prices --symbols AAPL,MSFT`;

export const DOCTOR = `
Exits with 0 unless something that is configured fails.

Examples:
  finagent doctor
  finagent doctor --model openai:NAME --data csv:./prices`;

export const SERVE = `
Examples:
  finagent serve
  finagent serve --port 0 --data csv:./prices`;

export const STUDIO = `
Needs a checkout: the dev server is a development dependency.

Examples:
  finagent studio
  finagent studio --port 2025 --data csv:./prices`;
