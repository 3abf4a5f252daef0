import { END, START, StateGraph } from "@langchain/langgraph";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { createManager, type ManagerOptions } from "../agents/manager/agent.ts";
import { manage } from "./nodes/manage.ts";
import { takeRequest } from "./nodes/take-request.ts";
import { writeReport } from "./nodes/write-report.ts";
import { managerInput, managerOutput, managerState } from "./state.ts";

export interface ManagerGraphOptions extends ManagerOptions {
  /** None in Studio, whose server brings its own. */
  readonly checkpointer?: BaseCheckpointSaver;
}

/** take_request -> manager (plans and calls the specialists as tools) -> write_report */
export function createManagerGraph(options: ManagerGraphOptions) {
  const manager = createManager(options);
  return new StateGraph({ state: managerState, input: managerInput, output: managerOutput })
    .addNode("take_request", takeRequest(options.services))
    .addNode("manager", manage(manager), { subgraphs: [manager.graph] })
    .addNode("write_report", writeReport(options.services))
    .addEdge(START, "take_request")
    .addEdge("take_request", "manager")
    .addEdge("manager", "write_report")
    .addEdge("write_report", END)
    .compile({
      name: "manager",
      ...(options.checkpointer === undefined ? {} : { checkpointer: options.checkpointer }),
    });
}
