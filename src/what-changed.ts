import { z } from "zod";
import type { Assembled } from "./assemble.ts";
import { FinAgentError } from "./domain/errors.ts";
import type { RunHeader } from "./domain/run/run-header.ts";
import type { RecordStore } from "./memory/records/record-store.ts";
import { threadArtifacts } from "./memory/thread-artifacts.ts";

const dataSchema = z.object({
  data: z.object({ symbols: z.array(z.string()), asOf: z.string(), hash: z.string() }),
});

/**
 * What is not as it was when a run was made, a sentence each: the code, the prompts, the data.
 * @param is the report of a replay; null where it did not come to one
 * @param kept the store in which the run's thread lies
 */
export async function whatChanged(
  run: RunHeader,
  was: unknown,
  is: unknown,
  now: Assembled,
  kept: RecordStore,
): Promise<string[]> {
  const { identity } = now.services;
  const prompts = Object.entries(run.prompts).filter(
    ([agent, { hash }]) => now.prompts[agent]?.hash !== hash,
  );
  return [
    ...(run.code === identity.code ? [] : [`FinAgent was ${run.code} and is ${identity.code}.`]),
    ...prompts.map(([agent, { hash }]) => {
      const told = now.prompts[agent]?.hash;
      return `The prompt or policy of the agent ${agent} was ${short(hash)} and is ${short(told)}.`;
    }),
    ...(await dataChanged(run, was, is, now, kept)),
  ];
}

async function dataChanged(
  run: RunHeader,
  was: unknown,
  is: unknown,
  { services: { market } }: Assembled,
  kept: RecordStore,
): Promise<string[]> {
  const before = dataSchema.safeParse(was).data?.data;
  if (before === undefined) return [];
  const after = dataSchema.safeParse(is).data?.data;
  if (after !== undefined && after.hash !== before.hash) {
    return [`The data of ${market.source} had the hash ${short(before.hash)} and have ${short(after.hash)}.`];
  }
  const artifacts = threadArtifacts({ records: () => Promise.resolve(kept), market })(run.threadId);
  try {
    // Its bars are read again, and are found only where they are the same.
    if (run.checkpointed) await artifacts.get("data-set", before.hash.slice(0, 16));
  } catch (error) {
    if (!(error instanceof FinAgentError)) throw error;
    return [`The data had the hash ${short(before.hash)}, and now: ${error.message}`];
  }
  if (run.asOf !== null) return [];
  const latest = new Date(await market.latest(before.symbols)).toISOString();
  return latest > before.asOf
    ? [`${market.source} has data up to ${latest}, and the run's ended at ${before.asOf}.`]
    : [];
}

function short(hash: string | undefined): string {
  return hash === undefined ? "none" : hash.slice(0, 12);
}
