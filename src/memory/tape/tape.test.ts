import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { FinAgentError } from "../../domain/errors.ts";
import type { RunTape, TapedOutcome } from "../../domain/run/run-tape.ts";
import type { RecordStore } from "../records/record-store.ts";
import { sqliteRecords } from "../records/sqlite-records.ts";
import { recordingTape } from "./recording-tape.ts";
import { replayTape } from "./replay-tape.ts";

let home = "";
let store: RecordStore;
let now = Date.UTC(2025, 0, 1);
const records = (): Promise<RecordStore> => Promise.resolve(store);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "finagent-tape-"));
  store = sqliteRecords(join(home, "tape.db"), { now: () => now });
});

afterAll(async () => {
  await store.close();
  await rm(home, { recursive: true });
});

const answer = (text: string): TapedOutcome => ({ answer: { text } });
const failure: TapedOutcome = { failure: { code: "MODEL_TIMEOUT", message: "Too late." } };

const tapeOf = (runId: string, cache = false): ReturnType<typeof recordingTape> =>
  recordingTape({ records, runId, cache });

/** Asks, and where the model would be asked, lets it answer so. */
async function ask(tape: RunTape, key: string, model?: TapedOutcome): Promise<[TapedOutcome, string]> {
  const turn = await tape.ask({ key, agent: "alpha" });
  if (turn.held !== null) return [turn.held, turn.cached ? "cache" : "tape"];
  if (model === undefined) throw new Error(`the model was asked ${key}`);
  await turn.keep(model);
  return [model, "model"];
}

it("gives equal questions that were asked side by side their answers in the order of asking", async () => {
  const tape = tapeOf("side-by-side");
  const turns = await Promise.all(["q", "q", "q"].map(async (key) => tape.ask({ key, agent: "alpha" })));
  // The answers come the other way round.
  for (const [index, turn] of [...turns.entries()].toReversed()) {
    if (turn.held === null) await turn.keep(answer(String(index)));
  }
  const replay = replayTape({ records, runId: "side-by-side" });
  const again = await Promise.all(["q", "q", "q"].map(async (key) => ask(replay, key)));
  expect(again).toEqual(["0", "1", "2"].map((text) => [answer(text), "tape"]));
  await expect(ask(replay, "q")).rejects.toMatchObject({
    code: "TAPE_MISMATCH",
    details: { run: "side-by-side", call: 4, agent: "alpha", key: "q" },
  });
});

it("asks twice what is asked twice in one life, and nothing twice that an earlier life was answered", async () => {
  const first = tapeOf("killed");
  await ask(first, "a", answer("a1"));
  await ask(first, "a", answer("a2"));
  await ask(first, "b", failure);
  await first.ask({ key: "c", agent: "alpha" }); // Killed before the answer came.

  const second = tapeOf("killed");
  expect(await ask(second, "a")).toEqual([answer("a1"), "tape"]);
  expect(await ask(second, "a")).toEqual([answer("a2"), "tape"]);
  expect(await ask(second, "a", answer("a3"))).toEqual([answer("a3"), "model"]);
  expect(await ask(second, "b", answer("b"))).toEqual([answer("b"), "model"]);
  expect(await ask(second, "c", answer("c"))).toEqual([answer("c"), "model"]);

  // What was given again is no answer of its own in a third life either.
  const third = tapeOf("killed");
  for (const text of ["a1", "a2", "a3"]) expect(await ask(third, "a")).toEqual([answer(text), "tape"]);

  const replay = replayTape({ records, runId: "killed" });
  for (const [key, text] of [
    ["a", "a1"],
    ["a", "a2"],
    ["a", "a3"],
    ["b", "b"],
    ["c", "c"],
  ] as const) {
    expect(await ask(replay, key)).toEqual([answer(text), "tape"]);
  }
});

it("replays a question that only looked like one that was asked before the run was killed", async () => {
  await ask(tapeOf("twice"), "q", answer("q"));
  await ask(tapeOf("twice"), "q");
  const replay = replayTape({ records, runId: "twice" });
  expect([await ask(replay, "q"), await ask(replay, "q")]).toEqual([
    [answer("q"), "tape"],
    [answer("q"), "tape"],
  ]);
});

it("answers from the cache where it may, for 90 days, and never with a failure or a damaged answer", async () => {
  await ask(tapeOf("source"), "cached", answer("kept"));
  await ask(tapeOf("source"), "failed", failure);
  expect(await ask(tapeOf("without"), "cached", answer("new"))).toEqual([answer("new"), "model"]);
  const tape = tapeOf("with", true);
  expect(await ask(tape, "cached")).toEqual([answer("new"), "cache"]);
  expect(await ask(tape, "failed", answer("mended"))).toEqual([answer("mended"), "model"]);
  expect(await ask(replayTape({ records, runId: "with" }), "cached")).toEqual([answer("new"), "cache"]);
  // Also a run that was taken up again says of its answers what they were.
  expect(await ask(tapeOf("with", true), "cached")).toEqual([answer("new"), "cache"]);

  const partition = { kind: "answer", id: "cached" };
  const [held] = await store.range(partition, { prefix: "" });
  if (held === undefined) throw new Error("no answer is cached");
  const changed = Uint8Array.from(held.value);
  changed[100] = (changed[100] ?? 0) ^ 1;
  await store.write(partition, { put: [{ key: held.key, value: changed }] });
  expect(await ask(tapeOf("damaged", true), "cached", answer("anew"))).toEqual([answer("anew"), "model"]);
  now += 89 * 86_400_000;
  expect(await ask(tapeOf("later", true), "cached")).toEqual([answer("anew"), "cache"]);
  now += 2 * 86_400_000;
  expect(await ask(tapeOf("too late", true), "cached", answer("x"))).toEqual([answer("x"), "model"]);
  // The tape of a run stays as long as the run.
  expect(await ask(replayTape({ records, runId: "with" }), "cached")).toEqual([answer("new"), "cache"]);
});

it("costs no run where the store fails, and tells of it", async () => {
  const full = new FinAgentError("STORE_FULL", "There is no room.");
  const write = vi.spyOn(store, "write").mockRejectedValue(full);
  const tape = tapeOf("full", true);
  expect(tape.fault()).toBeNull();
  expect(await ask(tape, "q", answer("q"))).toEqual([answer("q"), "model"]);
  expect(tape.fault()).toBe("There is no room.");
  write.mockRestore();

  const away = recordingTape({ records: () => Promise.reject(full), runId: "away", cache: true });
  expect(await ask(away, "q", answer("q"))).toEqual([answer("q"), "model"]);
  expect(away.fault()).toBe("There is no room.");
  await expect(ask(replayTape({ records: () => Promise.reject(full), runId: "away" }), "q")).rejects.toBe(
    full,
  );
});
