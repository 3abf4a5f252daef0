import type { BasePrompt } from "../../domain/prompt/base-prompt.ts";
import type { ToldPrompt, ToldPrompts } from "../../domain/prompt/told-prompt.ts";
import type { RecordStore } from "../records/record-store.ts";
import { baseVersion, readInForce } from "./agent-versions.ts";
import { unknownVersion } from "./find-version.ts";
import { keptVersionSchema, readRecord, REGISTRY, versionKey } from "./prompt-records.ts";

/** What runs go by. */
export interface Telling {
  /** What every agent is told by what is in force: one read, and a second one where a version is met for the first time. */
  told(): Promise<ToldPrompts>;
  /**
   * What every agent is told by the versions that are named; by the base version where none is.
   * @throws FinAgentError UNKNOWN_PROMPT
   */
  toldBy(versions: Readonly<Record<string, string>>): Promise<ToldPrompts>;
}

/** What agents are told by versions; a version never changes, and is read once. */
export function toldPrompts(open: () => Promise<RecordStore>, bases: readonly BasePrompt[]): Telling {
  const base = new Map(bases.map((one) => [one.agent, told(baseVersion(one))] as const));
  const read = new Map<string, ToldPrompt>();

  async function toldBy(versions: Readonly<Record<string, string>>): Promise<ToldPrompts> {
    const wanted = [...base].map(([agent, own]) => ({ agent, own, version: versions[agent] ?? own.version }));
    const others = wanted.filter(({ own, version }) => version !== own.version);
    const missing = others.filter(({ agent, version }) => !read.has(versionKey(agent, version)));
    if (missing.length > 0) {
      const keys = missing.map(({ agent, version }) => versionKey(agent, version));
      const values = await (await open()).get(REGISTRY, keys);
      for (const [index, { agent, version }] of missing.entries()) {
        const value = values[index] ?? null;
        if (value === null) throw unknownVersion(agent, version);
        const key = versionKey(agent, version);
        read.set(key, told(readRecord(keptVersionSchema, key, value)));
      }
    }
    return Object.fromEntries(
      wanted.map(({ agent, own, version }) => [agent, read.get(versionKey(agent, version)) ?? own]),
    );
  }

  return {
    toldBy,
    told: async () => {
      const { inForce } = await readInForce(await open());
      const promoted = Object.entries(inForce).flatMap(([agent, { version }]) =>
        version === null ? [] : [[agent, version] as const],
      );
      return toldBy(Object.fromEntries(promoted));
    },
  };
}

function told({ version, instructions, policy }: ToldPrompt): ToldPrompt {
  return { version, instructions, policy };
}
