import { loadConfig } from "../config.ts";
import { assemble } from "../runtime.ts";

/**
 * The graphs as LangGraph's dev server and Studio load them: without a checkpointer, since that server brings
 * its own. What they may touch is read and proposal only; no broker is reachable from here.
 */
const { manager: makeManager, pipeline: makePipeline } = assemble(loadConfig());

export const manager = (): ReturnType<typeof makeManager> => makeManager();
export const pipeline = (): ReturnType<typeof makePipeline> => makePipeline();
