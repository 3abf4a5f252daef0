import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { PolicyOverrides } from "./agents/policies.ts";
import type { AgentName, Config } from "./config.ts";
import type { Factor } from "./domain/alpha/factor.ts";
import type { OwnStrategies } from "./domain/backtest/strategies/register-strategies.ts";
import type { Clock, MarketData } from "./domain/ports.ts";
import { modelName } from "./models/model-name.ts";
import type { RecordStore } from "./memory/records/record-store.ts";
import type { Tool } from "./tools/tool.ts";

/** What a program may put in place of the configured parts, or add to them. */
export interface RuntimeParts {
  readonly clock?: Clock;
  /** Where bars come from, in place of the configured source; what it returns is checked. */
  readonly market?: MarketData;
  /** Where what has to survive is kept, in place of the configured store. */
  readonly records?: RecordStore;
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
  /** What an agent's model is told in place of the instructions of its own prompt. */
  readonly instructions?: Readonly<Partial<Record<AgentName, string>>>;
  /** Capabilities that the manager may call beside the specialists. */
  readonly managerTools?: readonly Tool[];
}

/** An agent's model as the configuration would name it, e.g. `openai:NAME`. */
export function modelNameOf(config: Config, parts: RuntimeParts, agent: AgentName): string {
  const given = parts.models?.[agent] ?? parts.model;
  if (given === undefined) return config.models[agent] ?? config.model;
  return modelName(given);
}
