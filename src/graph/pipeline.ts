import { END, START, StateGraph } from "@langchain/langgraph";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { assessRisk } from "./nodes/assess-risk.ts";
import { buildPortfolio } from "./nodes/build-portfolio.ts";
import { fetchData } from "./nodes/fetch-data.ts";
import { runBacktest } from "./nodes/run-backtest.ts";
import { scoreAlpha } from "./nodes/score-alpha.ts";
import { writePipelineReport } from "./nodes/write-pipeline-report.ts";
import type { PipelineServices } from "./pipeline-context.ts";
import { pipelineInput, pipelineOutput, pipelineState } from "./state.ts";

/**
 * The agents on fixed edges: data -> alpha -> risk -> portfolio -> backtest.
 * @param checkpointer none in Studio, whose server brings its own
 */
export function createPipelineGraph(shared: PipelineServices, checkpointer?: BaseCheckpointSaver) {
  return new StateGraph({ state: pipelineState, input: pipelineInput, output: pipelineOutput })
    .addNode("fetch_data", fetchData(shared))
    .addNode("score_alpha", scoreAlpha(shared))
    .addNode("assess_risk", assessRisk(shared))
    .addNode("build_portfolio", buildPortfolio(shared))
    .addNode("run_backtest", runBacktest(shared))
    .addNode("write_pipeline_report", writePipelineReport(shared))
    .addEdge(START, "fetch_data")
    .addEdge("fetch_data", "score_alpha")
    .addEdge("score_alpha", "assess_risk")
    .addEdge("assess_risk", "build_portfolio")
    .addEdge("build_portfolio", "run_backtest")
    .addEdge("run_backtest", "write_pipeline_report")
    .addEdge("write_pipeline_report", END)
    .compile({ name: "pipeline", ...(checkpointer === undefined ? {} : { checkpointer }) });
}
