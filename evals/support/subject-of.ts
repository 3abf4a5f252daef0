import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import { AGENT_NAMES, type Config, type ConfigInput, loadConfig } from "../../src/config.ts";
import type { MarketData } from "../../src/domain/ports.ts";
import { createRuntime, type RuntimeParts } from "../../src/runtime.ts";
import { kept } from "./keep-account.ts";
import { recordsInMemory, type SharedRecords } from "./records-in-memory.ts";
import type { Subject } from "./suite.ts";

export interface SubjectOptions {
  /** Whose models, keys, prices and budget are used; its data, seed and as-of day are not. */
  readonly config: Config;
  /** Where the product may keep files. */
  readonly home: string;
  /** Put in place of the product's own, under what a suite brings. */
  readonly parts?: RuntimeParts;
  readonly name?: string;
  readonly cutoff?: string | null;
  readonly prompts?: Readonly<Record<string, string>>;
  readonly shared?: SharedRecords;
}

/** A configured model as a subject. Each of its runtimes begins with an empty store, but for what is shared. */
export function subjectOf(options: SubjectOptions): Subject {
  const { config, home, parts = {}, name, cutoff = null, prompts = {}, shared = {} } = options;
  const markets = new Map<number, MarketData>();
  const clock = { now: () => Date.now() };
  // Made once for all samples; it is the same in each.
  const simulated = (seed: number): MarketData => {
    const held = markets.get(seed) ?? simulatedMarketData({ seed, clock });
    markets.set(seed, held);
    return held;
  };
  const account = { costUsd: 0, refused: null };
  return {
    name: name ?? subjectName(config),
    deterministic: modelsOf(config).every((model) => model === "offline"),
    cutoff,
    prompts,
    account,
    runtime(settings: ConfigInput, more: RuntimeParts = {}) {
      const { model, models, openai, budget, prices, minModelShare } = config;
      const ours = { home, model, models, openai, budget, prices, minModelShare };
      const own = loadConfig({ ...ours, ...settings }, {}, "no-such-file.yaml");
      const given: RuntimeParts = { ...parts, ...more };
      const market =
        own.data === "simulated" && given.clock === undefined ? { market: simulated(own.seed) } : {};
      const records = recordsInMemory({
        ...shared,
        ...(given.records === undefined ? {} : { own: given.records }),
      });
      return kept(createRuntime(own, { ...market, ...given, records }), account);
    },
  };
}

function modelsOf({ model, models }: Config): string[] {
  return [model, ...Object.values(models)];
}

/** `openai:NAME`, with the agents that have a model of their own. */
function subjectName({ model, models }: Config): string {
  const own = AGENT_NAMES.flatMap((agent) => {
    const other = models[agent];
    return other === undefined || other === model ? [] : [`${agent} ${other}`];
  });
  return own.length === 0 ? model : `${model} (${own.join(", ")})`;
}
