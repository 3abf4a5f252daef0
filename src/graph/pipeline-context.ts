import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { Consultation, Mind } from "../agents/consult.ts";
import { identify, threadOf } from "../agents/identity.ts";
import type { Services } from "../agents/manager/specialist-tool.ts";
import type { Role } from "../agents/specialist.ts";
import { FinAgentError } from "../domain/errors.ts";
import { endOfDay } from "../domain/market/end-of-day.ts";
import { riskPolicySchema } from "../domain/policy/risk.ts";
import type { RunEvent } from "../domain/run/event.ts";
import { parseInput, type ToolContext } from "../tools/tool.ts";
import { type PipelineInput, pipelineInputSchema } from "../domain/run/pipeline-input.ts";

/** What the pipeline's nodes share; injected when the graph is built. */
export interface PipelineServices {
  readonly services: Services;
  readonly rules: Readonly<Record<Role, Mind>>;
  /** Null where no model is configured. */
  readonly llm: Readonly<Record<Role, Mind>> | null;
}

/** The run's context: the policies as this run overrides them, its time, its cancellation. */
export function pipelineContext(
  { services }: PipelineServices,
  state: unknown,
  config: LangGraphRunnableConfig,
): { ctx: ToolContext; input: PipelineInput } {
  const input = parseInput(pipelineInputSchema.strip(), state);
  const { policies } = services;
  const identity = identify(services.identity, config.configurable);
  const ctx: ToolContext = {
    ...services,
    identity,
    artifacts: services.artifactsOf(threadOf(config.configurable)),
    policies: {
      alpha: policies.alpha,
      risk: riskPolicySchema.parse({ ...policies.risk, ...given(input.risk) }),
      portfolio: {
        ...policies.portfolio,
        rebalanceBars: input.rebalance ?? policies.portfolio.rebalanceBars,
      },
    },
    asOf: input.asOf === undefined ? null : endOfDay(input.asOf),
    signal: config.signal ?? new AbortController().signal,
    emit: (event: RunEvent) => config.writer?.(event),
  };
  return { ctx, input };
}

function given(overrides: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
}

/** The mind that an agent decides with in this run. */
export function mindOf({ rules, llm }: PipelineServices, input: PipelineInput, role: Role): Mind {
  if (input.agents === "rules") return rules[role];
  if (llm === null) {
    throw new FinAgentError("BAD_ARGUMENT", "agents llm needs a model, and none is configured.", {
      hint: "Name one with --model openai:NAME (and OPENAI_BASE_URL for a local endpoint), or leave --agents rules.",
      details: { field: "agents" },
    });
  }
  return llm[role];
}

/**
 * A wrong key or name fails at every date alike: who asks for the model's decisions is told so, not given rules.
 * @throws FinAgentError MODEL_AUTH, MODEL_NOT_FOUND
 */
export function refuseUnusableModel({ fallback }: Pick<Consultation<Role>, "fallback">): void {
  if (fallback?.code !== "MODEL_AUTH" && fallback?.code !== "MODEL_NOT_FOUND") return;
  throw new FinAgentError(fallback.code, fallback.message, {
    hint: "Correct the model's name, its key or its endpoint, or leave --agents rules.",
  });
}
