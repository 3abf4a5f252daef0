import { loadConfig } from "../config.ts";
import { compileGraphs } from "../graphs.ts";
import { servicesInForce } from "../runtime.ts";

type Graphs = Awaited<ReturnType<typeof compileGraphs>>;

const config = loadConfig();
const current = servicesInForce(config);
const made = new WeakMap<Awaited<ReturnType<typeof current>>, Promise<Graphs>>();

/** With the versions of the prompts that are in force. */
async function graphs(): Promise<Graphs> {
  const services = await current();
  const compiled = made.get(services) ?? compileGraphs(config, {}, services);
  made.set(services, compiled);
  return compiled;
}

/**
 * The graphs as LangGraph's dev server and Studio load them: without a checkpointer, since that server brings
 * its own. What they may touch is read and proposal only; no broker is reachable from here.
 */
export const manager = async (): Promise<ReturnType<Graphs["manager"]>> => (await graphs()).manager();
export const pipeline = async (): Promise<ReturnType<Graphs["pipeline"]>> => (await graphs()).pipeline();
export const optimizer = async (): Promise<ReturnType<Graphs["optimizer"]>> => (await graphs()).optimizer();
