import { FinAgentError } from "../../domain/errors.ts";
import type { RunTape, TapedCall } from "../../domain/run/run-tape.ts";
import type { Partition, RecordStore } from "../records/record-store.ts";
import { decodeEntry, ordinalOf, TAPE, type TapeEntry } from "./tape-entry.ts";

export interface ReplayOptions {
  readonly records: () => Promise<RecordStore>;
  /** The run that was recorded. */
  readonly runId: string;
}

/**
 * The tape of a run as its only source of answers: no model is ever asked. Equal questions get their outcomes in the order
 * in which they were asked.
 */
export function replayTape({ records: open, runId }: ReplayOptions): RunTape {
  let loaded: Promise<Map<string, TapeEntry[]>> | undefined;
  let asked = 0;
  return {
    ask: async (call) => {
      asked += 1;
      const ordinal = asked;
      const entries = await (loaded ??= open().then(async (records) => load(records, runId)));
      const entry = entries.get(call.key)?.shift();
      if (entry === undefined) throw unknownCall(runId, call, ordinal);
      return { held: entry.outcome, cached: entry.cached };
    },
  };
}

/** Entries by question. Answers that were given again come last: most were asked for by a step that was done again. */
async function load(records: RecordStore, runId: string): Promise<Map<string, TapeEntry[]>> {
  const run: Partition = { kind: "run", id: runId };
  const entries = (await records.range(run, { prefix: TAPE })).map(({ key, value }) => {
    const entry = decodeEntry(value);
    if (entry === null) throw damaged(runId, ordinalOf(key), value);
    return entry;
  });
  const inOrder = [...entries.filter(({ again }) => !again), ...entries.filter(({ again }) => again)];
  return Map.groupBy(inOrder, ({ key }) => key);
}

function unknownCall(runId: string, { agent, key }: TapedCall, ordinal: number): FinAgentError {
  return new FinAgentError(
    "TAPE_MISMATCH",
    `Call ${ordinal} of a model, by the agent ${agent}, is not on the tape of the run ${runId}.`,
    {
      hint: "What the model is told has changed since: a prompt, a policy, the data, the model's name or endpoint, or the code. Replay with what the run was made with, or run it anew.",
      details: { run: runId, call: ordinal, agent, key },
    },
  );
}

/** The agent is read from what is left of the entry. */
function damaged(runId: string, ordinal: number, value: Uint8Array): FinAgentError {
  const agent = /"agent":"([^"]*)"/.exec(Buffer.from(value).toString("utf8"))?.[1] ?? "unknown";
  return new FinAgentError(
    "TAPE_MISMATCH",
    `Call ${ordinal} on the tape of the run ${runId}, by the agent ${agent}, is not as it was recorded.`,
    {
      hint: "The record was changed or damaged. Put a backup of the store in its place, or run it anew.",
      details: { run: runId, call: ordinal, agent },
    },
  );
}
