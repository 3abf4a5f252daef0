import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { PolicyOverrides } from "./agents/policies.ts";
import type { AgentName, Config } from "./config.ts";
import type { Factor } from "./domain/alpha/factor.ts";
import type { OwnStrategies } from "./domain/backtest/strategies/register-strategies.ts";
import type { Clock, MarketData } from "./domain/ports.ts";
import type { Tool } from "./tools/tool.ts";

/** What a program may put in place of the configured parts, or add to them. */
export interface RuntimeParts {
  readonly clock?: Clock;
  /** Where bars come from, in place of the configured source; what it returns is checked. */
  readonly market?: MarketData;
  /** Every agent's model, in place of those that the configuration names. */
  readonly model?: BaseChatModel;
  /** A model for one agent alone; the others keep theirs. */
  readonly models?: Readonly<Partial<Record<AgentName, BaseChatModel>>>;
  /** Alpha factors beside the built-in ones; a policy uses them by their `name`. */
  readonly factors?: readonly Factor[];
  /** Strategies beside the built-in ones; callers use them by their `name`, or by the key of a map. */
  readonly strategies?: OwnStrategies;
  /** Fields in place of those of the agents' own policies (`DEFAULT_POLICIES`). */
  readonly policies?: PolicyOverrides;
  /** Capabilities that the manager may call beside the specialists. */
  readonly managerTools?: readonly Tool[];
}

/** An agent's model as the configuration would name it, e.g. `openai:NAME`. */
export function modelNameOf(config: Config, parts: RuntimeParts, agent: AgentName): string {
  const given = parts.models?.[agent] ?? parts.model;
  if (given === undefined) return config.models[agent] ?? config.model;
  const { ls_provider: provider, ls_model_name: name } = given.getLsParams({});
  return [provider, name].filter((part) => part !== undefined && part !== "").join(":");
}
