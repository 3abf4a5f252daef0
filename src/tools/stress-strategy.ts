import { monteCarlo } from "../domain/backtest/stress/monte-carlo.ts";
import type { MonteCarloResult } from "../domain/backtest/stress/monte-carlo-report.ts";
import type { PathModelName } from "../domain/backtest/stress/models/path-model.ts";
import { runScenario, type StressGround, stressGround } from "../domain/backtest/stress/run-scenario.ts";
import { parseScenario } from "../domain/backtest/stress/parse-scenario.ts";
import type { StressScenario } from "../domain/backtest/stress/scenario.ts";
import { STRESS_SCENARIOS } from "../domain/backtest/stress/scenarios.ts";
import type { ScenarioResult } from "../domain/backtest/stress/scenario-report.ts";
import type { Subject } from "../domain/backtest/stress/subject.ts";
import { windowRows } from "../domain/backtest/window-rows.ts";
import { FinAgentError } from "../domain/errors.ts";
import { calendarOf } from "../domain/market/calendars.ts";
import { last } from "../domain/market/column.ts";
import type { DataSet } from "../domain/market/data-set.ts";
import { randomFrom } from "../domain/random.ts";
import { type StressInput, stressInputSchema } from "../domain/run/stress-input.ts";
import { stressReportSchema, type StressReport } from "../domain/run/stress-report.ts";
import { fetchHistory } from "./fetch-history.ts";
import { inTurns } from "./in-turns.ts";
import { startStep } from "./start-step.ts";
import { subjectOf, weightsOf } from "./stress-subject.ts";
import { defineTool, type ToolContext } from "./tool.ts";

const UNFIT: ReadonlySet<string> = new Set(["NUMERICAL", "DATA_INSUFFICIENT"]);

export const stressStrategyTool = defineTool({
  name: "stress_strategy",
  description:
    "Run a named strategy, or a portfolio of given weights, through crises and on simulated paths, with buy and hold of the same symbols beside it.",
  access: "read",
  input: stressInputSchema,
  output: stressReportSchema,
  run: stress,
});

async function stress(ctx: ToolContext, input: StressInput): Promise<StressReport> {
  const scenarios = scenariosOf(input);
  const models = modelsOf(input);
  const weights = weightsOf(input);
  const symbols = input.symbols ?? Object.keys(weights ?? {});
  const { data, dataSet } = await fetchHistory(ctx, { ...input, symbols });
  const { subject, ...tested } = subjectOf(ctx, dataSet, input, weights);
  const work: Work = { ctx, dataSet, subject, input };

  const ground = scenarios.length === 0 ? null : groundOf(dataSet);
  const passed = ground === null ? [] : await runScenarios(work, ground, scenarios);
  const { simulations, unfitted } = await simulateAll(work, models);
  const [first] = unfitted;
  if (scenarios.length === 0 && simulations.length === 0 && first !== undefined) throw first.error;
  return {
    runId: ctx.identity.runId,
    seed: ctx.seed,
    code: ctx.identity.code,
    data,
    tested,
    settings: input.settings,
    market:
      ground === null
        ? null
        : {
            benchmark: ground.model.benchmark,
            betas: Object.fromEntries(symbols.map((symbol, s) => [symbol, ground.model.betas[s] ?? NaN])),
            bars: ground.history.length,
          },
    scenarios: passed,
    simulations,
    unfitted: unfitted.map(({ model, error }) => ({ model, reason: error.message })),
    flags: [
      ...flagsOf(dataSet, ground, tested.name),
      ...(simulations.length === 0
        ? []
        : ["The simulated paths keep the mean return of the period, which the future need not have."]),
    ],
  };
}

interface Work {
  readonly ctx: ToolContext;
  readonly dataSet: DataSet;
  readonly subject: Subject;
  readonly input: StressInput;
}

async function runScenarios(
  work: Work,
  ground: StressGround,
  scenarios: readonly StressScenario[],
): Promise<ScenarioResult[]> {
  const { ctx, input, subject } = work;
  const done = startStep(ctx, "scenarios", "stress", `${scenarios.length} scenarios`);
  const random = randomFrom(ctx.seed).fork("stress");
  const results: ScenarioResult[] = [];
  for (const scenario of scenarios) {
    const run = runScenario(ground, scenario, subject, input.settings, random.fork(scenario.name));
    results.push(await inTurns(ctx, run));
    ctx.emit({ type: "progress", agent: "scenarios", done: results.length, total: scenarios.length });
  }
  done({ by: null, summary: `${results.length} scenarios` });
  return results;
}

async function simulateAll(
  work: Work,
  models: readonly PathModelName[],
): Promise<{
  simulations: MonteCarloResult[];
  unfitted: { model: PathModelName; error: FinAgentError }[];
}> {
  const simulations: MonteCarloResult[] = [];
  const unfitted: { model: PathModelName; error: FinAgentError }[] = [];
  for (const model of models) {
    try {
      simulations.push(await simulateOne(work, model));
    } catch (error) {
      // Whether a model fits is a finding about the data; the other models still have theirs.
      if (!(error instanceof FinAgentError) || !UNFIT.has(error.code)) throw error;
      unfitted.push({ model, error });
    }
  }
  return { simulations, unfitted };
}

async function simulateOne(work: Work, model: PathModelName): Promise<MonteCarloResult> {
  const { ctx, dataSet, subject, input } = work;
  const done = startStep(ctx, "paths", model, `${input.paths} paths, ${model}`);
  const paths = monteCarlo({
    panel: dataSet.panel,
    window: windowRows(dataSet),
    model,
    subject,
    settings: input.settings,
    paths: input.paths,
    seed: ctx.seed,
  });
  try {
    const result = await inTurns(ctx, paths, (drawn) =>
      ctx.emit({ type: "progress", agent: "paths", done: drawn, total: input.paths }),
    );
    done({ by: null, summary: `${input.paths} simulated paths, ${model}` });
    return result;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    done({ by: null, summary: model, error: message });
    throw error;
  }
}

function scenariosOf({ scenarios, models }: StressInput): StressScenario[] {
  const asked = scenarios ?? (models === undefined ? ["all"] : []);
  const found = asked.flatMap((one) => (one === "all" ? [...STRESS_SCENARIOS] : [parseScenario(one)]));
  return [...new Map(found.map((scenario) => [scenario.name, scenario])).values()];
}

function modelsOf({ scenarios, models }: StressInput): PathModelName[] {
  return [...new Set(models ?? (scenarios === undefined ? ["block-bootstrap" as const] : []))];
}

/** @throws FinAgentError DATA_INSUFFICIENT on a symbol that stopped trading: it has no price to fall from */
function groundOf(dataSet: DataSet): StressGround {
  const { panel, benchmark } = dataSet;
  for (const bars of panel.bars) {
    if (last(bars.time) === last(panel.time)) continue;
    const day = calendarOf(bars.calendar).dateOf(last(bars.time));
    throw new FinAgentError(
      "DATA_INSUFFICIENT",
      `${bars.symbol} has no bar after ${day}: a scenario needs a price to begin from.`,
      {
        hint: `Leave ${bars.symbol} out, or end the period by ${day}.`,
        details: { symbol: bars.symbol, last: day },
      },
    );
  }
  return stressGround(panel, benchmark, windowRows(dataSet).fromRow);
}

function flagsOf(dataSet: DataSet, ground: StressGround | null, name: string): string[] {
  return [
    "Every figure here is of simulated bars, apart from those that are called real.",
    ...(dataSet.simulated ? ["The history too is simulated, and says nothing about any real market."] : []),
    ...(ground !== null && ground.model.benchmark === null
      ? [
          "There is no index with enough bars to measure betas by: every symbol is ASSUMED to have a beta of 1 to the mean of the symbols.",
        ]
      : []),
    ...(name === "agents" ? ["The agents see no index on these paths and take betas for 1."] : []),
  ];
}
