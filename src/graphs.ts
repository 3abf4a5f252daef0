import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { Mind } from "./agents/consult.ts";
import type { Services } from "./agents/manager/specialist-tool.ts";
import { type Role, ROLES } from "./agents/specialist.ts";
import type { AgentName, Config } from "./config.ts";
import { createManagerGraph } from "./graph/manager.ts";
import { createPipelineGraph } from "./graph/pipeline.ts";
import { runGraph } from "./graph/run-graph.ts";
import { inMemoryCheckpointer } from "./memory/conversations.ts";
import { createModel } from "./models/select.ts";
import { modelNameOf, type RuntimeParts } from "./runtime-parts.ts";
import type { Graphs } from "./tools/tool.ts";

/** The second half of the composition root: models and graphs. Loading it loads LangChain. */
export function createGraphs(config: Config, parts: RuntimeParts, services: Services): Graphs {
  const { manager, pipeline } = compileGraphs(config, parts, services, inMemoryCheckpointer());
  return {
    ask: (input, ctx) =>
      runGraph(manager(), { request: input.request, asOf: input.asOf ?? config.asOf }, ctx),
    pipeline: (input, ctx) => runGraph(pipeline(), { ...input, asOf: input.asOf ?? config.asOf }, ctx),
  };
}

/** Each graph, compiled when it is first asked for. Studio's server brings a checkpointer of its own. */
export function compileGraphs(
  config: Config,
  parts: RuntimeParts,
  services: Services,
  checkpointer?: BaseCheckpointSaver,
) {
  const models = modelsOf(config, parts);
  const llm = (role: Role): Mind =>
    models.isOffline(role) ? RULES : { kind: "llm", model: models.of(role) };
  return {
    manager: once(() =>
      createManagerGraph({
        model: models.of("manager"),
        minds: mindsOf(llm),
        services,
        extraTools: parts.managerTools ?? [],
        ...(checkpointer === undefined ? {} : { checkpointer }),
      }),
    ),
    pipeline: once(() =>
      createPipelineGraph({
        services,
        rules: mindsOf(() => RULES),
        llm: ROLES.every((role) => models.isOffline(role)) ? null : mindsOf(llm),
      }),
    ),
  };
}

const RULES: Mind = { kind: "rules" };

function mindsOf(choose: (role: Role) => Mind): Record<Role, Mind> {
  return {
    data: choose("data"),
    alpha: choose("alpha"),
    risk: choose("risk"),
    portfolio: choose("portfolio"),
    backtest: choose("backtest"),
  };
}

/** Each agent's model: the one that was given for it or for all, else the configured one, made once per name. */
function modelsOf(config: Config, parts: RuntimeParts) {
  const made = new Map<string, BaseChatModel>();
  const givenTo = (agent: AgentName): BaseChatModel | undefined => parts.models?.[agent] ?? parts.model;
  return {
    isOffline: (agent: AgentName): boolean =>
      givenTo(agent) === undefined && modelNameOf(config, parts, agent) === "offline",
    of: (agent: AgentName): BaseChatModel => {
      const given = givenTo(agent);
      if (given !== undefined) return given;
      const name = modelNameOf(config, parts, agent);
      const model = made.get(name) ?? createModel(name, config.openai);
      made.set(name, model);
      return model;
    },
  };
}

function once<T>(make: () => T): () => T {
  let held: { value: T } | undefined;
  return () => (held ??= { value: make() }).value;
}
