import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { Mind } from "./agents/consult.ts";
import type { Services } from "./agents/manager/specialist-tool.ts";
import { type Role, ROLES } from "./agents/specialist.ts";
import { AGENT_NAMES, type AgentName, type Config, MAX_OUTPUT_TOKENS } from "./config.ts";
import { createManagerGraph } from "./graph/manager.ts";
import { writeOptimizerReport } from "./graph/nodes/write-optimizer-report.ts";
import { createOptimizerGraph } from "./graph/optimizer.ts";
import type { OptimizerState } from "./graph/optimizer-state.ts";
import { createPipelineGraph } from "./graph/pipeline.ts";
import { dateOfEnd } from "./domain/market/end-of-day.ts";
import type { OptimizeReport } from "./domain/optimize/report.ts";
import type { RunEvent } from "./domain/run/event.ts";
import type { Costs } from "./domain/ports.ts";
import type { RunReport } from "./domain/run/report.ts";
import type { PipelineInput } from "./domain/run/pipeline-input.ts";
import type { PipelineStep } from "./domain/run/pipeline-steps.ts";
import { beforeStep, goOnWith } from "./graph/change-pipeline.ts";
import { writePipelineReport } from "./graph/nodes/write-pipeline-report.ts";
import { writeReport } from "./graph/nodes/write-report.ts";
import { type Reporting, runGraph } from "./graph/run-graph.ts";
import type { managerState, pipelineState } from "./graph/state.ts";
import { RunSaver } from "./memory/checkpoints/run-saver.ts";
import type { RecordStore } from "./memory/records/record-store.ts";
import { rememberRun } from "./memory/long-term/remember-run.ts";
import { modelMaker } from "./models/select.ts";
import { payFrom } from "./models/spending/pay.ts";
import { TapedModel } from "./models/tape/taped-model.ts";
import { modelNameOf, type RuntimeParts } from "./runtime-parts.ts";
import { secretsOf } from "./secrets.ts";
import type { Graphs, ToolContext } from "./tools/tool.ts";
import { withoutSecrets } from "./tools/without-secrets.ts";
import { withFlag } from "./with-flag.ts";

/** The graphs, and what a fork does with a pipeline's thread. */
export interface FinAgentGraphs extends Graphs {
  /** See `beforeStep`. */
  readonly beforeStep: (threadId: string, step: PipelineStep) => Promise<string | null>;
  /** See `goOnWith`. */
  readonly goOnWith: (threadId: string, step: PipelineStep, input: PipelineInput) => Promise<void>;
}

/** The second half of the composition root: models and graphs. Loading it loads LangChain. */
export async function createGraphs(
  config: Config,
  parts: RuntimeParts,
  services: Services,
  records: () => Promise<RecordStore>,
): Promise<FinAgentGraphs> {
  const { manager, pipeline, optimizer, nestedOptimizer, proposer } = await compileGraphs(
    config,
    parts,
    services,
    new RunSaver(records),
  );
  const reportOf = (event: RunEvent): RunReport | undefined =>
    event.type === "report" ? event.report : undefined;
  const managing = (): Reporting<RunReport> => ({
    graph: manager(),
    compose: async (state, options) => writeReport(services)(state as typeof managerState.State, options),
    reportOf,
  });
  const piping = (): Reporting<RunReport> => ({
    graph: pipeline(),
    compose: async (state, options) =>
      writePipelineReport({ services })(state as typeof pipelineState.State, options),
    reportOf,
  });
  const optimizing = (ctx: ToolContext): Reporting<OptimizeReport> => ({
    graph: ctx.nested === true ? nestedOptimizer() : optimizer(),
    compose: async (state, options) =>
      writeOptimizerReport({ services, mind: proposer() })(state as OptimizerState, options),
    reportOf: (event) => (event.type === "optimized" ? event.report : undefined),
  });
  return {
    ask: async (input, ctx) =>
      remembered(await runGraph(managing(), { request: input.request, asOf: dayOf(ctx) }, ctx)),
    pipeline: async (input, ctx) => remembered(await runGraph(piping(), { ...input, asOf: dayOf(ctx) }, ctx)),
    optimize: async (input, ctx) => runGraph(optimizing(ctx), { ...input, asOf: dayOf(ctx) }, ctx),
    beforeStep: async (threadId, step) => beforeStep(pipeline(), threadId, step),
    goOnWith: async (threadId, step, input) => goOnWith(pipeline(), threadId, step, input),
  };

  /** Keeps what was decided for later runs; where that fails the report says so. */
  async function remembered(report: RunReport): Promise<RunReport> {
    try {
      await rememberRun(report, services);
      return report;
    } catch (error) {
      return withFlag(report, `What was decided could not be remembered: ${reasonOf(error)}`);
    }
  }
}

/** The day that a run looks from; undefined: the latest that there is. */
function dayOf({ asOf }: ToolContext): string | undefined {
  return asOf === null ? undefined : dateOfEnd(asOf);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Each graph, compiled when it is first asked for. Studio's server brings a checkpointer of its own. */
export async function compileGraphs(
  config: Config,
  parts: RuntimeParts,
  services: Services,
  checkpointer?: BaseCheckpointSaver,
) {
  const models = await modelsOf(config, parts, services.costs);
  const llm = (role: Role): Mind =>
    models.isOffline(role) ? RULES : { kind: "llm", model: models.of(role) };
  const proposer = (): Mind =>
    models.isOffline("optimizer") ? RULES : { kind: "llm", model: models.of("optimizer") };
  return {
    manager: once(() =>
      createManagerGraph({
        model: models.of("manager"),
        minds: mindsOf(llm),
        services,
        extraTools: (parts.managerTools ?? []).map((tool) => withoutSecrets(tool, secretsOf(config))),
        ...(checkpointer === undefined ? {} : { checkpointer }),
      }),
    ),
    pipeline: once(() =>
      createPipelineGraph(
        {
          services,
          rules: mindsOf(() => RULES),
          llm: ROLES.every((role) => models.isOffline(role)) ? null : mindsOf(llm),
        },
        checkpointer,
      ),
    ),
    proposer,
    optimizer: once(() => createOptimizerGraph({ services, mind: proposer() }, checkpointer)),
    /** Inside the manager's graph, whose thread it must not write into. */
    nestedOptimizer: once(() => createOptimizerGraph({ services, mind: proposer() }, false)),
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

/**
 * Each agent's model: the one that was given for it or for all, else the configured one, made once per name. Calls are
 * taped and paid for, but for those of the configured offline model: it says the same by itself whenever it is asked.
 */
async function modelsOf(config: Config, parts: RuntimeParts, costs: Costs) {
  const make = await modelMaker(
    AGENT_NAMES.map((agent) => modelNameOf(config, parts, agent)),
    config.openai,
  );
  const made = new Map<string, BaseChatModel>();
  const givenTo = (agent: AgentName): BaseChatModel | undefined => parts.models?.[agent] ?? parts.model;
  const configured = (name: string): BaseChatModel => {
    const model = made.get(name) ?? make(name);
    made.set(name, model);
    return model;
  };
  const isOffline = (agent: AgentName): boolean =>
    givenTo(agent) === undefined && modelNameOf(config, parts, agent) === "offline";
  const secrets = secretsOf(config);
  const { maxOutputTokens = MAX_OUTPUT_TOKENS } = config.openai;
  const pay = payFrom({ spending: costs.spendingOf(null), maxOutputTokens });
  return {
    isOffline,
    of: (agent: AgentName): BaseChatModel => {
      const model = givenTo(agent) ?? configured(modelNameOf(config, parts, agent));
      return isOffline(agent) ? model : new TapedModel(model, { agent, secrets, pay });
    },
  };
}

function once<T>(make: () => T): () => T {
  let held: { value: T } | undefined;
  return () => (held ??= { value: make() }).value;
}
