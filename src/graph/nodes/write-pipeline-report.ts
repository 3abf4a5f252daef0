import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { at } from "../../domain/market/column.ts";
import { composeReport } from "../../domain/run/compose.ts";
import type { RunEvent } from "../../domain/run/event.ts";
import type { RunReport } from "../../domain/run/report.ts";
import { identify, threadOf } from "../../agents/identity.ts";
import { made } from "../made.ts";
import type { PipelineServices } from "../pipeline-context.ts";
import type { pipelineState } from "../state.ts";

/** Composes the pipeline's report, with what was decided at each date. */
export function writePipelineReport({ services }: Pick<PipelineServices, "services">) {
  return async (
    state: typeof pipelineState.State,
    config: LangGraphRunnableConfig,
  ): Promise<{ report: RunReport }> => {
    const identity = identify(services.identity, config.configurable);
    const artifacts = services.artifactsOf(threadOf(config.configurable));
    const [dataSet, { decisions }] = await Promise.all([
      artifacts.get("data-set", state.references.data ?? ""),
      artifacts.get("rolling-decisions", state.rolling.portfolio ?? ""),
    ]);
    const report = composeReport({
      identity,
      status: "done",
      minModelShare: services.minModelShare,
      request: `pipeline ${state.symbols.join(", ")}`,
      steps: state.steps,
      usage: state.usage,
      rebalances: decisions.map((decision) => ({
        time: new Date(at(dataSet.panel.closeTime, decision.row)).toISOString(),
        level: decision.level,
        allowedExposure: decision.allowedExposure,
        exposure: Object.values(decision.weights).reduce((sum, weight) => sum + Math.abs(weight), 0),
        weights: { ...decision.weights },
        note: decision.note,
        ...(decision.standIns === undefined ? {} : { standIns: [...decision.standIns] }),
      })),
      ...(await made(state.references, artifacts)),
    });
    const event: RunEvent = { type: "report", report };
    config.writer?.(event);
    return { report };
  };
}
