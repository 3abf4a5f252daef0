import { existsSync } from "node:fs";
import { AGENT_NAMES, type AgentName, type Config, loadConfig } from "../../src/config.ts";
import { badFlag } from "../../src/cli/flags/bad-flag.ts";
import { openRecords, recordsFile } from "../../src/memory/records/open-records.ts";
import type { RecordStore } from "../../src/memory/records/record-store.ts";
import { assembleServices, type RuntimeParts, servicesInForce } from "../../src/runtime.ts";
import type { EvalCall } from "./eval-program.ts";
import { recordsInMemory, type SharedRecords } from "./records-in-memory.ts";
import { subjectOf } from "./subject-of.ts";
import type { Subject } from "./suite.ts";

type Services = ReturnType<typeof assembleServices>;

export interface Examined {
  readonly subjects: readonly Subject[];
  readonly close: () => Promise<void>;
}

/**
 * The models that the call names, with the prompt versions that are in force in the configured store. Nothing is written
 * there but what calls of models cost: the budget of a day holds for evals too.
 * @param home where the product may keep files meanwhile
 * @throws FinAgentError BAD_CONFIG, BAD_ARGUMENT, UNKNOWN_PROMPT, STORE_…
 */
export async function subjectsOfCall(call: EvalCall, home: string): Promise<Examined> {
  const base = loadConfig({ home: call.home });
  const models = [...new Set(call.model ?? [null])];
  const configs = models.map((model) => (model === null ? base : withModel(base, model)));
  const kept = await configuredStore(base, configs.some(pays));
  const shared: SharedRecords = kept === null ? {} : { costs: kept, prompts: kept };
  const services = assembleServices(base, { records: recordsInMemory(shared) });
  const parts = await partsOf(call.prompt ?? [], services);
  const budget = await budgetOf(base, call.budgetUsd, services);
  const subjects = await Promise.all(
    configs.map(async (one): Promise<Subject> => {
      const config = { ...one, budget };
      const records = recordsInMemory(shared);
      const { identity } = await servicesInForce(config, { ...parts, records })();
      return subjectOf({
        config,
        home,
        parts,
        cutoff: call.cutoff ?? null,
        prompts: identity.prompts,
        shared: pays(config) || kept === null ? shared : { prompts: kept },
      });
    }),
  );
  return { subjects, close: async () => kept?.close() };
}

function pays({ model, models }: Config): boolean {
  return [model, ...Object.values(models)].some((one) => one !== "offline");
}

/** One model for all agents, whatever the settings say of single ones. */
function withModel(base: Config, model: string): Config {
  return { ...base, models: {}, model: loadConfig({ model }, {}, "no-such-file.yaml").model };
}

/** Null where there is none yet and nothing has to be written. */
async function configuredStore({ home, redis }: Config, mustWrite: boolean): Promise<RecordStore | null> {
  if (!mustWrite && redis.url === undefined && !existsSync(recordsFile(home))) return null;
  return openRecords({ home, redisUrl: redis.url, prefix: redis.prefix, clock: { now: () => Date.now() } });
}

/** The named versions in place of those in force. */
async function partsOf(named: readonly string[], { prompts }: Services): Promise<RuntimeParts> {
  const versions = await Promise.all(
    named.map(async (text) => {
      const [agent = "", version = ""] = text.split("=", 2);
      if (!isAgent(agent) || version === "")
        throw badFlag(
          "--prompt",
          `"${text}" does not name an agent and a version.`,
          "Write e.g. --prompt alpha=2.",
        );
      const { instructions, policy } = await prompts.show(agent, version);
      return { agent, instructions, policy };
    }),
  );
  return {
    instructions: Object.fromEntries(versions.map(({ agent, instructions }) => [agent, instructions])),
    policies: Object.fromEntries(versions.map(({ agent, policy }) => [agent, policy])),
  };
}

function isAgent(name: string): name is AgentName {
  return AGENT_NAMES.some((one) => one === name);
}

/** What the evals may cost lies within what is left of the day's budget; the ledger holds both before each call. */
async function budgetOf(
  { budget }: Config,
  usd: number | undefined,
  { costs }: Services,
): Promise<Config["budget"]> {
  if (usd === undefined) return budget;
  const today = costs.today();
  const entries = (await costs.list()).filter(({ day }) => day === today);
  const spent = entries.reduce((sum, { cost, reserved }) => sum + (cost ?? 0) + reserved, 0);
  return { ...budget, perDayUsd: Math.min(spent + usd, budget.perDayUsd ?? Infinity) };
}
