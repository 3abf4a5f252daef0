/**
 * The pipeline as a library: the agents' rules decide at every rebalance date from what was known that day, and the
 * portfolio is backtested. Here twice, with another risk policy, to see what the risk agent does to the result.
 *
 *     npx node examples/pipeline-as-library.ts
 *
 * A run is deterministic: the same input gives the same figures. The market is simulated; they are not real returns.
 */
import {
  createRuntime,
  FinAgentError,
  loadConfig,
  type Metrics,
  type RunReport,
  runPipelineTool,
} from "../src/index.ts";

const runtime = createRuntime(loadConfig());

const input = {
  symbols: ["AAPL", "MSFT", "NVDA", "JPM", "XOM", "KO"],
  from: "2023-01-03",
  to: "2024-12-31",
  settings: { capital: 250_000 },
};

const usual = await runtime.run(runPipelineTool, input);
const careful = await runtime.run(runPipelineTool, {
  ...input,
  // Fields in place of those of the risk agent's policy, for this run.
  risk: { volatilityTarget: 0.06, breachExposure: 0.1 },
});

console.log("in percent, but for Sharpe and the number of rebalances");
console.table({
  usual: { ...figures(usual.metrics), ...decided(usual) },
  careful: { ...figures(careful.metrics), ...decided(careful) },
  "equal parts, held": figures(usual.benchmark?.metrics),
});

console.log("date        usual              careful");
for (const [index, one] of usual.rebalances.entries()) {
  console.log(`${one.time.slice(0, 10)}  ${decision(one)}  ${decision(careful.rebalances[index])}`);
}

// What is wrong with an input is an error with a code, the place, and what to do next.
try {
  await runtime.run(runPipelineTool, { symbols: ["APPL"], from: "2023-01-03" });
} catch (error) {
  if (!(error instanceof FinAgentError)) throw error;
  console.log(`\n${error.code}: ${error.message}\n${error.hint}`);
}

/** A statistic is a number, or null where it has no value. */
function figures(metrics: Metrics | undefined | null): Record<string, number> {
  return {
    return: percent(metrics?.totalReturn),
    Sharpe: Number(metrics?.sharpe?.toFixed(2)),
    drawdown: percent(metrics?.maxDrawdown),
  };
}

function decided({ rebalances }: RunReport): Record<string, number> {
  const exposure = rebalances.reduce((sum, one) => sum + one.exposure, 0) / rebalances.length;
  return { "mean exposure": percent(exposure), rebalances: rebalances.length };
}

function decision(one: RunReport["rebalances"][number] | undefined): string {
  return `${(one?.level ?? "no history").padEnd(10)} ${String(percent(one?.exposure)).padStart(6)}`;
}

function percent(fraction: number | null | undefined): number {
  return Number((100 * (fraction ?? NaN)).toFixed(1));
}
