import type { z } from "zod";
import type { ArtifactKinds } from "../domain/ports.ts";
import type { AgentPrompt } from "../prompts/prompt.ts";
import type { Tool, ToolContext } from "../tools/tool.ts";

/** The agents that the manager calls as tools. */
export const ROLES = ["data", "alpha", "risk", "portfolio", "backtest"] as const;

export type Role = (typeof ROLES)[number];

/**
 * One specialist: one typed contract, two minds. The rules mind executes the policy of the prompt; the llm
 * mind chooses, and code checks and computes.
 */
export interface Specialist<
  K extends Role = Role,
  I extends z.ZodType = z.ZodType,
  C extends z.ZodObject = z.ZodObject,
> {
  readonly role: K;
  /** The specialist as the manager's tool. */
  readonly toolName: string;
  readonly description: string;
  /** Whether its report is a decision that somebody made, or only a reading or a computation. */
  readonly decides: boolean;
  readonly prompt: AgentPrompt<unknown>;
  readonly input: I;
  /** The capabilities that its llm mind may call. */
  readonly tools: readonly Tool[];
  /** What the llm mind returns: its choice, the key figures that it goes by, and its words. */
  readonly claim: C;
  /** Computes the report from the policy, without a model. */
  rules(ctx: ToolContext, input: z.output<I>): Promise<ArtifactKinds[K]>;
  /**
   * Computes the report that follows from a model's choice. Without it the model has none: the report is that of
   * the rules, and the claim is only held against it.
   * @throws FinAgentError LIMIT_REFUSED where the choice loosens a limit of the prompt's policy
   */
  settle?(ctx: ToolContext, input: z.output<I>, claim: z.output<C>): Promise<ArtifactKinds[K]>;
  /** One line on what was found, for the list of steps. */
  summarise(report: ArtifactKinds[K]): string;
}

/** Keeps the inferred types of a specialist. */
export function defineSpecialist<K extends Role, I extends z.ZodType, C extends z.ZodObject>(
  specialist: Specialist<K, I, C>,
): Specialist<K, I, C> {
  return specialist;
}
