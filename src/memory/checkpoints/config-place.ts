import type { RunnableConfig } from "@langchain/core/runnables";
import { FinAgentError } from "../../domain/errors.ts";

/** Which thread, namespace and checkpoint a LangGraph configuration names. */
export interface Named {
  readonly thread: string | undefined;
  readonly namespace: string | undefined;
  readonly id: string | undefined;
}

export interface Place {
  readonly thread: string;
  readonly namespace: string;
  readonly id: string | undefined;
}

/** @throws FinAgentError BAD_ARGUMENT where a name is no text */
export function namedIn(config: RunnableConfig): Named {
  const named: Readonly<Record<string, unknown>> = config.configurable ?? {};
  return {
    thread: textIn(named, "thread_id") || undefined,
    namespace: textIn(named, "checkpoint_ns"),
    // The older name of the same, as all savers take it.
    id: textIn(named, "checkpoint_id") || textIn(named, "thread_ts") || undefined,
  };
}

/** @throws FinAgentError BAD_ARGUMENT where no thread is named */
export function requirePlace(config: RunnableConfig): Place {
  const { thread, namespace = "", id } = namedIn(config);
  if (thread === undefined) throw badField("thread_id", "it is missing");
  return { thread, namespace, id };
}

export function configFor({ thread, namespace, id }: Place): RunnableConfig {
  return { configurable: { thread_id: thread, checkpoint_ns: namespace, checkpoint_id: id } };
}

function textIn(named: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = named[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw badField(field, `a ${typeof value} was given`);
  return value;
}

function badField(field: string, why: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", `configurable.${field} must be a text; ${why}.`, {
    hint: 'Pass {configurable: {thread_id: "…"}} when running a graph that keeps checkpoints.',
    details: { field },
  });
}
