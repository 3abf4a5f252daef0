import type { CheckpointPendingWrite } from "@langchain/langgraph-checkpoint";
import { canonicalJson, contentHash } from "../../../src/domain/hash.ts";

/** Documents that many threads share. */
const VARIANTS = 5;

const MOST_NOTES = 30;

type Values = Readonly<Record<string, unknown>>;

const sealOf = (value: unknown): string => contentHash([canonicalJson(value)]);

/** A thread's next state: notes that grow, documents that seldom change, who wrote it, and a digest of all this. */
export function nextState(before: Values, by: string, random: () => number): Values {
  const notes = Array.isArray(before["notes"]) ? (before["notes"] as unknown[]) : [];
  const note = { by, text: `${by} `.padEnd(40 + Math.floor(200 * random()), "o") };
  const state = {
    documents: before["documents"] === undefined || random() < 0.05 ? documents(random) : before["documents"],
    notes: notes.length < MOST_NOTES ? [...notes, note] : [note],
    by,
  };
  return { ...state, seal: sealOf(state) };
}

/** Whether a state is as one process made it. */
export function isWhole({ seal, ...state }: Values): boolean {
  return seal === sealOf(state);
}

export function writesFor(id: string, by: string): [string, unknown][] {
  const text = `${by} of ${id}`;
  return [
    ["notes", { by, text }],
    ["seal", sealOf([id, by, text])],
  ];
}

/** Whether the writes that a checkpoint waits for are as one process made them: all or none. */
export function areWhole(id: string, writes: readonly CheckpointPendingWrite[]): boolean {
  const tasks = Map.groupBy(writes, ([task]) => task);
  return Array.from(tasks.values()).every((of) => {
    const values: Values = Object.fromEntries(of.map(([, channel, value]) => [channel, value]));
    const { by, text } = (values["notes"] ?? {}) as { by?: unknown; text?: unknown };
    return of.length === 2 && values["seal"] === sealOf([id, by, text]);
  });
}

function documents(random: () => number): unknown {
  const variant = Math.floor(VARIANTS * random());
  return Array.from({ length: 12 }, (_, k) => ({ title: `${variant}.${k}`, text: `${k}`.repeat(150) }));
}
