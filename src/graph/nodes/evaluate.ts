import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { FinAgentError } from "../../domain/errors.ts";
import { counted } from "../../domain/format.ts";
import { isoTime } from "../../domain/iso-time.ts";
import { DEFAULT_OPTIMIZE_MONTHS } from "../../domain/optimize/input.ts";
import type { OptimizeMetric } from "../../domain/optimize/metric-names.ts";
import { METRIC_WORDS } from "../../domain/optimize/metric-words.ts";
import { showMetric } from "../../domain/optimize/show-metric.ts";
import { fetchMarketDataTool, summariseData } from "../../tools/fetch-market-data.ts";
import { startStep } from "../../tools/start-step.ts";
import { evaluateOptions, measureVersion } from "../measure-version.ts";
import { laidOut, optimizerContext, type OptimizerServices } from "../optimizer-context.ts";
import type { OptimizerState, OptimizerUpdate } from "../optimizer-state.ts";

/** Fetches the bars, lays the folds, and measures the versions in force on them. */
export function evaluate(shared: OptimizerServices) {
  return async (state: OptimizerState, config: LangGraphRunnableConfig): Promise<OptimizerUpdate> => {
    const { ctx, input } = optimizerContext(shared, state, config);
    const fetching = startStep(ctx, "data", fetchMarketDataTool.name, input.symbols.join(", "));
    const { symbols, from, to, lastMonths, lastDays } = input;
    const begins = from !== undefined || lastMonths !== undefined || lastDays !== undefined;
    const data = await fetchMarketDataTool.run(ctx, {
      symbols,
      from,
      to,
      lastDays,
      lastMonths: begins ? lastMonths : DEFAULT_OPTIMIZE_MONTHS,
    });
    const fetched = fetching({ by: null, summary: summariseData(data) });

    const finish = startStep(ctx, "optimizer", "evaluate", "folds");
    const market = await laidOut(ctx, { dataSet: data.dataSetId, folds: input.folds });
    const team = await measureVersion(ctx, market, ctx.policies, evaluateOptions(ctx, input));
    const value = team.measured.validation[input.metric];
    if (value === null) throw unmeasurable(input.metric);
    const step = finish({
      by: null,
      summary: `${counted(market.plan.folds.length, "fold")}: ${METRIC_WORDS[input.metric]} ${showMetric(input.metric, value)} on validation`,
    });
    return {
      ...input,
      dataSet: data.dataSetId,
      dataReport: await ctx.artifacts.put("data", data),
      since: isoTime(ctx.clock.now()),
      baseline: await ctx.artifacts.put("evaluation", team),
      steps: [fetched, step],
    };
  };
}

function unmeasurable(metric: OptimizeMetric): FinAgentError {
  return new FinAgentError(
    "DATA_INSUFFICIENT",
    `The versions in force have no ${METRIC_WORDS[metric]} on the validation spans: they never traded there, or never lost.`,
    { hint: "Choose another metric, more symbols or a longer window.", details: { field: "metric", metric } },
  );
}
