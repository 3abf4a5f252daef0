import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { SystemMessage } from "@langchain/core/messages";
import type { StructuredToolInterface } from "@langchain/core/tools";
import { type AgentMiddleware, createAgent } from "langchain";
import { modelName } from "../../models/model-name.ts";
import { managerPrompt } from "../../prompts/manager.ts";
import { listSymbolsTool } from "../../tools/list-symbols.ts";
import { optimizeAgentPromptsTool } from "../../tools/optimize-agent-prompts.ts";
import { recallTool } from "../../tools/recall.ts";
import type { Tool } from "../../tools/tool.ts";
import { alphaAgent } from "../alpha/agent.ts";
import { backtestAgent } from "../backtest/agent.ts";
import { callLimits } from "../call-limits.ts";
import type { Mind } from "../consult.ts";
import { countUsageInState } from "../count-usage.ts";
import { dataAgent } from "../data/agent.ts";
import { portfolioAgent } from "../portfolio/agent.ts";
import { riskAgent } from "../risk/agent.ts";
import { soundCalls } from "../sound-calls.ts";
import type { Role } from "../specialist.ts";
import { summarise } from "../summarise.ts";
import { capabilityTool } from "./capability-tool.ts";
import { planTool } from "./plan-tool.ts";
import { type Services, specialistTool } from "./specialist-tool.ts";
import { managerState } from "./state.ts";
import { tellDay } from "./tell-day.ts";

/** Calls of the model and of tools for one request; a plan of ten tasks with corrections needs fewer. */
export const MANAGER_LIMITS = { modelCalls: 24, toolCalls: 48 };

/** A conversation longer than this is summarised, but for its end. */
const SUMMARISE_FROM_TOKENS = 60_000;
const KEPT_TOKENS = 20_000;

export interface ManagerOptions {
  readonly model: BaseChatModel;
  readonly minds: Readonly<Record<Role, Mind>>;
  readonly services: Services;
  /** Capabilities of the program beside the built-in ones. */
  readonly extraTools: readonly Tool[];
}

/** The manager: plans, calls the specialists as tools, and answers. */
export function createManager(options: ManagerOptions) {
  const { model, minds, services } = options;
  const tools: StructuredToolInterface[] = [
    planTool as StructuredToolInterface,
    capabilityTool(listSymbolsTool, services),
    capabilityTool(recallTool, services),
    capabilityTool(optimizeAgentPromptsTool, services),
    specialistTool(dataAgent, services, minds.data),
    specialistTool(alphaAgent, services, minds.alpha),
    specialistTool(riskAgent, services, minds.risk),
    specialistTool(portfolioAgent, services, minds.portfolio),
    specialistTool(backtestAgent, services, minds.backtest),
    ...options.extraTools.map((capability) => capabilityTool(capability, services)),
  ];
  const middleware: AgentMiddleware[] = [
    ...callLimits(MANAGER_LIMITS),
    summarise(model, { fromTokens: SUMMARISE_FROM_TOKENS, keepTokens: KEPT_TOKENS }),
    soundCalls,
    countUsageInState("manager", modelName(model)),
    tellDay(services),
  ];
  return createAgent({
    model,
    name: "manager",
    systemPrompt: new SystemMessage(
      (services.instructions?.[managerPrompt.agent] ?? managerPrompt.instructions).trim(),
    ),
    stateSchema: managerState,
    // One tools task runs all calls of a message side by side; a task for each would put a copy of the whole
    // state into the checkpoint for every call.
    version: "v1",
    tools,
    middleware,
  });
}
