import { loadConfig } from "../config.ts";
import { compileGraphs } from "../graphs.ts";
import { assembleServices } from "../runtime.ts";

const config = loadConfig();
const graphs = compileGraphs(config, {}, assembleServices(config));

/**
 * The graphs as LangGraph's dev server and Studio load them: without a checkpointer, since that server brings
 * its own. What they may touch is read and proposal only; no broker is reachable from here.
 */
export const manager = (): ReturnType<typeof graphs.manager> => graphs.manager();
export const pipeline = (): ReturnType<typeof graphs.pipeline> => graphs.pipeline();
