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
FINAGENT_API_TOKEN, FINAGENT_BUDGET_PER_RUN, FINAGENT_BUDGET_PER_DAY, REDIS_URL, PORT; finagent.yaml for the rest. Flags win over both.`;

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
  finagent backtest --strategy ./my-strategy.ts --param period=50 --symbols AAPL
  finagent backtest --strategy sma-cross --symbols AAPL --from 2024-01-01 --commission 0.1% --slippage-bps 5
  finagent backtest --strategy sma-cross --symbols AAPL --fill close --whole-shares --json
  finagent backtest --strategy sma-cross --symbols AAPL --report out.html
  finagent backtest --strategy sma-cross --symbols AAPL --prove`;

export const SWEEP = `
A range is from:to:step, both ends included. Combinations that the strategy's parameters refuse, such as a fast
average that is not faster, are left out and counted. A sweep that was stopped goes on where it was.

Examples:
  finagent sweep --strategy sma-cross --grid fast=5:60:5 slow=20:250:10 --symbols AAPL --data csv:./prices
  finagent sweep --strategy rsi-reversal --grid period=5:30 --grid low=20,25,30 --symbols AAPL --metric calmar
  finagent sweep --strategy ./my-strategy.ts --grid period=10:100:10 --symbols AAPL,MSFT --json`;

export const OPTIMIZE = `
The window is cut into folds of a training and a validation span, and a last fifth, the hold-out. Candidates are made
from what the training spans show; the gate looks at the validation spans; the hold-out is opened once, for the last
candidate that passed. Without a model the candidates come from a seeded search over the policy. Limits stay as they are.
An optimisation that was stopped goes on with "finagent runs resume", without trying anything twice. Without --from the
window is the last eight years.

Examples:
  finagent optimize --agent alpha --metric sharpe --target 1.0 --symbols AAPL,JPM,KO,MSFT,NVDA,XOM --data csv:./prices
  finagent optimize --target 1.2 --symbols AAPL,JPM,MSFT --from 2015-01-01 --budget 20 --report out.html
  finagent optimize --agent risk --metric maxDrawdown --target -0.1 --symbols AAPL,JPM --dry-run --json
  finagent optimize --agent alpha --target 1.0 --symbols AAPL,JPM --model openai:NAME`;

export const STRESS = `
Scenarios: 2000-2002, 2008, march-2020, 2022, rate-shock, flash-crash, volatility-spike, correlation-to-one,
gap-down, liquidity-drought. Your own is written in numbers: drop, bars, recovery, volatility, residuals, gap,
low, volume, spreadBps. Models: block-bootstrap, garch, jump-diffusion, regime-switching. With neither
--scenario nor --simulate it runs all scenarios and block-bootstrap.

Examples:
  finagent stress --strategy sma-cross --symbols AAPL,MSFT --data csv:./prices
  finagent stress --strategy sma-cross --symbols AAPL --scenario 2008,gap-down --scenario drop=-0.3,bars=20
  finagent stress --weights AAPL=0.5,MSFT=0.3 --simulate all --paths 1000
  finagent stress --strategy momentum-rank --symbols AAPL,MSFT,NVDA --simulate garch --seed 7 --json`;

export const COMPARE = `
Both run on the same symbols, days and settings. Parameters follow the name after a colon.

Examples:
  finagent compare sma-cross:fast=10,slow=30 buy-and-hold --symbols AAPL,MSFT --data csv:./prices
  finagent compare momentum-rank:top=2 equal-weight --symbols AAPL,JPM,MSFT,NVDA --from 2020-01-01 --json`;

export const STRATEGIES = `
Examples:
  finagent strategies
  finagent strategies sma-cross
  finagent strategies ./my-strategy.ts --json`;

export const DATA_LIST = `
Examples:
  finagent data list
  finagent data list --data csv:./prices --json`;

export const DATA_CHECK = `
Exits with 3 where a series is refused.

What was read of a file is kept in the home folder, under cache/columns (2 GiB at most), and read from there while
the file stays as it is. Delete the folder to clear it.

Examples:
  finagent data check --data csv:./prices
  finagent data check --data csv:./prices --symbols AAPL,MSFT`;

export const RUNS_LIST = `
Every ask, chat turn, pipeline, backtest, sweep, stress test and comparison is kept: in the home folder, or in the Redis
that REDIS_URL names.

Examples:
  finagent runs list
  finagent runs list --status failed --limit 5 --json`;

export const RUNS_SHOW = `
Examples:
  finagent runs show latest
  finagent runs show 20261121-0745 --json`;

export const RUNS_RESUME = `
With the data, the seed, the model, the day and the strategy files that it began with. A run that its budget has stopped
goes on with a larger one: what it had spent counts.

Examples:
  finagent runs resume latest
  finagent runs resume 20261121-0745 --json
  finagent runs resume latest --budget-usd 2`;

export const RUNS_REPLAY = `
With the settings of the run, at its time, and with the models' recorded answers: no model is asked, no key is needed and
nothing is kept. Exits with 0 where the report is identical, else with 1; a tape that does not fit is an error.

Examples:
  finagent runs replay latest
  finagent runs replay 20261121-0745 --json`;

export const RUNS_FORK = `
NAME is request (what was asked), input.FIELD (of the input, as "runs show" prints it), policy.AGENT.FIELD, prompt.AGENT
(the instructions; @FILE reads a file), seed or model. The fork is a run of its own at the time of the first. Models are
asked only what they were not asked then.

--at is for pipelines: fetch_data, score_alpha, assess_risk, build_portfolio or run_backtest. What comes before it is taken
over. Other runs are forked at their beginning.

Examples:
  finagent runs fork latest --set request="Analyze MSFT for the last 6 months"
  finagent runs fork 20261121-0745 --at assess_risk --set input.risk.volatilityTarget=0.08
  finagent runs fork 20261121-0745 --set input.settings.commission=0.002 --json
  finagent runs fork 20261121-0745 --set prompt.risk=@risk.md --set policy.risk.maxStressLoss=0.3`;

export const RUNS_DIFF = `
Examples:
  finagent runs diff 20261121-0745 latest
  finagent runs diff 20261121-0745 20261121-0801 --json`;

export const RUNS_EXPORT = `
Examples:
  finagent runs export latest > events.jsonl
  finagent runs export 20261121-0745 --out events.jsonl`;

export const RUNS_DELETE = `
Examples:
  finagent runs delete 20261121-0745`;

export const COSTS = `
Days are those of UTC. Budgets are set with --budget-usd (for a run) or in finagent.yaml, prices in finagent.yaml; the
offline model costs nothing.

Examples:
  finagent costs
  finagent costs --by model --json`;

export const PROMPTS_LIST = `
Versions that come with FinAgent, that the optimizer or a model wrote, and your own. None is ever deleted.

Examples:
  finagent prompts list
  finagent prompts list alpha --json`;

export const PROMPTS_SHOW = `
With --json it is a document that "prompts add --file" takes after you have changed it.

Examples:
  finagent prompts show alpha
  finagent prompts show alpha 1+3f2a --json > alpha.json`;

export const PROMPTS_DIFF = `
Examples:
  finagent prompts diff alpha 1
  finagent prompts diff alpha 1 1+3f2a --json`;

export const PROMPTS_PROMOTE = `
Every run that begins from then on goes by it; runs that are resumed, replayed or forked keep their own. Real money waits
for --live.

Examples:
  finagent prompts promote alpha 1+3f2a --reason "Holds up on the hold-out of 2025"
  finagent prompts promote alpha 1+3f2a --live`;

export const PROMPTS_ROLLBACK = `
Called again it undoes the promotion before that.

Examples:
  finagent prompts rollback alpha --reason "Too many trades"`;

export const PROMPTS_ADD = `
FILE is JSON with "instructions", "policy" or both; begin with what "prompts show AGENT --json" prints. Fields that a
policy does not have and factors that are not registered are refused. Limits may be loosened, and the command says which.

Examples:
  finagent prompts show alpha --json > alpha.json
  finagent prompts add alpha --file alpha.json --reason "Speak only of strong signals"`;

export const EVAL = `
Needs a checkout. --model may be repeated: the models are shown side by side, as are the results of --compare. Data, days
and seeds belong to the suites. Exits with 0 where all passed, 1 where some failed, 5 where the budget was spent first.

Examples:
  finagent eval --list
  finagent eval trajectories --limit 5
  finagent eval requests --model openai:NAME --limit 40 --budget-usd 2 --save new.json
  finagent eval requests --compare old.json --compare new.json --html evals.html`;

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
