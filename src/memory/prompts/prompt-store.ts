import { FinAgentError } from "../../domain/errors.ts";
import { isoTime } from "../../domain/iso-time.ts";
import type { Clock, PromptVersions } from "../../domain/ports.ts";
import type { BasePrompt } from "../../domain/prompt/base-prompt.ts";
import { checkedPolicy } from "../../domain/prompt/checked-policy.ts";
import { type PromptVersion, type TrialResult, trialResultSchema } from "../../domain/prompt/version.ts";
import { versionName } from "../../domain/prompt/version-name.ts";
import type { RecordStore } from "../records/record-store.ts";
import {
  type AgentVersions,
  approvedForLive,
  describeVersion,
  readAgent,
  readInForce,
} from "./agent-versions.ts";
import { changeInForce } from "./change-in-force.ts";
import { findVersion, unknownAgent, unknownVersion } from "./find-version.ts";
import {
  approvalKey,
  entry,
  HOLDOUTS,
  holdoutSchema,
  type KeptVersion,
  readRecord,
  REGISTRY,
  trialsOf,
  versionKey,
} from "./prompt-records.ts";
import { rolledBack } from "./rolled-back.ts";
import { type Telling, toldPrompts } from "./told-prompts.ts";

/** The versions, and what runs go by. */
export interface PromptStore extends PromptVersions, Telling {}

export interface PromptStoreParts {
  readonly records: () => Promise<RecordStore>;
  readonly clock: Clock;
  /** The prompts that come with FinAgent, of every agent. */
  readonly bases: readonly BasePrompt[];
}

/** Prompt versions in a record store: see `PromptVersions`. */
export function promptStore({ records: open, clock, bases }: PromptStoreParts): PromptStore {
  const now = (): string => isoTime(clock.now());

  function baseOf(agent: string): BasePrompt {
    const base = bases.find((one) => one.agent === agent);
    if (base === undefined) throw unknownAgent(agent, bases);
    return base;
  }

  async function read(agent: string): Promise<{ records: RecordStore; agents: AgentVersions }> {
    const base = baseOf(agent);
    const records = await open();
    return { records, agents: await readAgent(records, base, await readInForce(records)) };
  }

  async function readTrials(records: RecordStore, agent: string, prefix = ""): Promise<TrialResult[]> {
    const kept = await records.range(trialsOf(agent), { prefix });
    const trials = kept.map(({ key, value }) => readRecord(trialResultSchema, key, value));
    return trials.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  }

  async function describe(
    { records, agents }: { records: RecordStore; agents: AgentVersions },
    kept: KeptVersion,
  ): Promise<PromptVersion> {
    return describeVersion(agents, kept, await readTrials(records, kept.agent, `${kept.version}/`));
  }

  async function show(agent: string, version: string): Promise<PromptVersion> {
    const found = await read(agent);
    return describe(found, findVersion(found.agents, version));
  }

  return {
    ...toldPrompts(open, bases),
    show,

    async list(agent) {
      const records = await open();
      const state = await readInForce(records);
      const wanted = agent === undefined ? bases : [baseOf(agent)];
      const lists = wanted.map(async (base) => {
        const agents = await readAgent(records, base, state);
        const trials = Map.groupBy(await readTrials(records, base.agent), ({ version }) => version);
        return [...agents.versions.values()]
          .sort((a, b) => inOrder(a.createdAt ?? "", b.createdAt ?? "") || inOrder(a.version, b.version))
          .map((kept) => describeVersion(agents, kept, trials.get(kept.version) ?? []));
      });
      return (await Promise.all(lists)).flat();
    },

    async add({ agent, parent, author, model, reason, instructions, policy }) {
      const base = baseOf(agent);
      const told = { instructions: instructions.trim(), policy: checkedPolicy(base, policy) };
      if (told.instructions === "") throw noInstructions(agent);
      const version = versionName(base, told);
      const records = await open();
      if (parent !== null && parent !== base.version) {
        const [found] = await records.get(REGISTRY, [versionKey(agent, parent)]);
        if (!found) throw unknownVersion(agent, parent);
      }
      if (version !== base.version) {
        const key = versionKey(agent, version);
        const kept: KeptVersion = {
          agent,
          version,
          parent,
          author,
          model,
          reason,
          ...told,
          createdAt: now(),
        };
        await records.write(REGISTRY, { put: [entry(key, kept)], expect: [{ key, value: null }] });
      }
      return show(agent, version);
    },

    async record(result) {
      const { agent, version, market, runId } = result;
      const base = baseOf(agent);
      const records = await open();
      if (version !== base.version) {
        const [found] = await records.get(REGISTRY, [versionKey(agent, version)]);
        if (!found) throw unknownVersion(agent, version);
      }
      await records.write(trialsOf(agent), { put: [entry(`${version}/${market}/${runId}`, result)] });
    },

    trials: async (agent) => readTrials(await open(), baseOf(agent).agent),

    async promote({ agent, version, by, reason, replaces }) {
      const base = baseOf(agent);
      await changeInForce(await open(), base, replaces, (agents) => {
        const to = findVersion(agents, version);
        if (to.version === agents.inForce) return null;
        return { to, version: to.version, by, reason, at: now(), rollback: false };
      });
      return show(agent, version);
    },

    async approveLive(agent, version, by) {
      const { records, agents } = await read(agent);
      const key = approvalKey(agent, findVersion(agents, version).version);
      // The first approval stands.
      await records.write(REGISTRY, {
        put: [entry(key, { by, at: now() })],
        expect: [{ key, value: null }],
      });
      return show(agent, version);
    },

    async rollback(agent, reason) {
      const base = baseOf(agent);
      const version = await changeInForce(await open(), base, undefined, (agents) =>
        rolledBack(agents, { reason, at: now() }),
      );
      return show(agent, version);
    },

    history: async (agent) => [...(await read(agent)).agents.history],

    async inForce(use = "research") {
      const all = bases.map(async ({ agent }) => {
        const found = await read(agent);
        const name = use === "live" ? approvedForLive(found.agents) : found.agents.inForce;
        return [agent, await describe(found, findVersion(found.agents, name))] as const;
      });
      return Object.fromEntries(await Promise.all(all));
    },

    async openHoldout(opening) {
      const key = `${opening.runId}/${opening.agent}`;
      await (await open()).write(HOLDOUTS, { put: [entry(key, opening)] });
    },

    async holdoutOpenings({ runId, symbols, source, from, to }) {
      const kept = await (await open()).range(HOLDOUTS, { prefix: "" });
      return kept
        .map(({ key, value }) => readRecord(holdoutSchema, key, value))
        .filter((one) => one.runId !== runId && one.source === source)
        .filter((one) => one.from <= to && one.to >= from)
        .filter((one) => one.symbols.some((symbol) => symbols.includes(symbol)));
    },
  };
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function noInstructions(agent: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", `The instructions of ${agent} are empty.`, {
    hint: "Say what the agent is to do.",
    details: { field: "instructions" },
  });
}
