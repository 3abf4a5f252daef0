import { END, START, StateGraph } from "@langchain/langgraph";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { attribute } from "./nodes/attribute.ts";
import { evaluate } from "./nodes/evaluate.ts";
import { gate } from "./nodes/gate.ts";
import { promote } from "./nodes/promote.ts";
import { propose } from "./nodes/propose.ts";
import { trial } from "./nodes/trial.ts";
import { writeOptimizerReport } from "./nodes/write-optimizer-report.ts";
import type { OptimizerServices } from "./optimizer-context.ts";
import { optimizerInput, optimizerOutput, type OptimizerState, optimizerState } from "./optimizer-state.ts";

/**
 * evaluate -> attribute -> propose -> trial -> gate, and again from propose until the target is reached or the budget is
 * spent; then promote, which opens the hold-out for the best that the gate let through, and write_optimizer_report.
 * @param checkpointer none in Studio, whose server brings its own; false inside the manager's graph
 */
export function createOptimizerGraph(shared: OptimizerServices, checkpointer?: BaseCheckpointSaver | false) {
  return new StateGraph({ state: optimizerState, input: optimizerInput, output: optimizerOutput })
    .addNode("evaluate", evaluate(shared))
    .addNode("attribute", attribute(shared))
    .addNode("propose", propose(shared))
    .addNode("trial", trial(shared))
    .addNode("gate", gate(shared))
    .addNode("promote", promote(shared))
    .addNode("write_optimizer_report", writeOptimizerReport(shared))
    .addEdge(START, "evaluate")
    .addEdge("evaluate", "attribute")
    .addConditionalEdges("attribute", again, ["propose", "promote"])
    .addConditionalEdges("propose", tryOrAgain, ["trial", "propose", "promote"])
    .addEdge("trial", "gate")
    .addConditionalEdges("gate", again, ["propose", "promote"])
    .addEdge("promote", "write_optimizer_report")
    .addEdge("write_optimizer_report", END)
    .compile({ name: "optimizer", ...(checkpointer === undefined ? {} : { checkpointer }) });
}

function again({ endedBecause }: OptimizerState): "propose" | "promote" {
  return endedBecause === "" ? "propose" : "promote";
}

function tryOrAgain(state: OptimizerState): "trial" | "propose" | "promote" {
  return state.proposal === null ? again(state) : "trial";
}
