import { BOTH_STORES } from "../../../tests/support/both-stores.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { BasePrompt } from "../../domain/prompt/base-prompt.ts";
import type { PromptDraft, TrialResult } from "../../domain/prompt/version.ts";
import type { RecordStore } from "../records/record-store.ts";
import { IN_FORCE, promotionKey, REGISTRY, versionKey } from "./prompt-records.ts";
import { type PromptStore, promptStore } from "./prompt-store.ts";
import { whatIfVersions } from "./what-if-versions.ts";

const policySchema = z.object({ threshold: z.number().max(1), levels: z.object({ LOW: z.number() }) });
const POLICY = { threshold: 0.1, levels: { LOW: 1 } };
const BASES: readonly BasePrompt[] = [
  { agent: "alpha", version: "1", instructions: "Score.", policySchema, policy: POLICY },
  { agent: "manager", version: "2", instructions: "Plan.", policySchema: z.object({}), policy: {} },
];

const draft = (threshold: number, fields: Partial<PromptDraft> = {}): PromptDraft => ({
  agent: "alpha",
  parent: "1",
  author: "person",
  model: null,
  reason: `A threshold of ${threshold}`,
  instructions: "Score.",
  policy: { ...POLICY, threshold },
  ...fields,
});

const trial = (version: string, fields: Partial<TrialResult> = {}): TrialResult => ({
  agent: "alpha",
  version,
  runId: "run-1",
  market: "m",
  at: "2026-01-01T00:00:00.000Z",
  metric: "sharpe",
  baseline: 0.5,
  value: 0.6,
  sharpePerPeriod: 0.04,
  pValue: 0.2,
  deflatedSharpe: 0.3,
  verdict: "rejected",
  reason: "The p-value",
  ...fields,
});

let now = Date.UTC(2026, 0, 1);
const clock = { now: () => (now += 1000) };

describe.each(BOTH_STORES)("prompt versions, %s", (_name, open) => {
  const home = mkdtempSync(join(tmpdir(), "finagent-prompts-"));
  let records: RecordStore;
  let remove: () => Promise<void>;
  let store: PromptStore;

  /** As another process has it. */
  const another = (bases = BASES, over = records): PromptStore =>
    promptStore({ records: () => Promise.resolve(over), clock, bases });

  const promote = (version: string, replaces?: string, by: "person" | "optimizer" = "person") => ({
    agent: "alpha",
    version,
    by,
    reason: "Better",
    ...(replaces === undefined ? {} : { replaces }),
  });

  const namesInForce = async (use?: "research" | "live"): Promise<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(await store.inForce(use)).map(([agent, { version }]) => [agent, version]),
    );

  beforeAll(async () => {
    ({ records, remove } = await open(home));
  });
  beforeEach(async () => {
    for (const id of await records.partitions("prompts")) await records.drop({ kind: "prompts", id });
    store = another();
  });
  afterAll(async () => {
    await records.close();
    await remove();
    rmSync(home, { recursive: true });
  });

  it("begins with what comes with FinAgent, in force and without a record", async () => {
    const base = {
      author: "base",
      parent: null,
      createdAt: null,
      status: "promoted",
      live: null,
      trials: [],
    };
    expect(await store.list()).toMatchObject([
      { ...base, agent: "alpha", version: "1", instructions: "Score.", policy: POLICY },
      { ...base, agent: "manager", version: "2", policy: {} },
    ]);
    expect(await namesInForce()).toEqual({ alpha: "1", manager: "2" });
    expect(await store.history("alpha")).toEqual([]);
    expect(await records.partitions("prompts")).toEqual([]);
  });

  it("adds a candidate once, under the name of its content", async () => {
    const added = await store.add(draft(0.2));
    expect(added.version).toMatch(/^1\+[0-9a-f]{8}$/);
    expect(added).toMatchObject({ ...draft(0.2), status: "candidate", live: null, trials: [] });
    const again = await another().add(draft(0.2, { author: "model", model: "m", reason: "Other" }));
    expect(again).toEqual(added);
    expect(await store.add(draft(0.1))).toMatchObject({ version: "1", author: "base" });
    const late = await store.add(draft(0.3, { parent: added.version }));
    expect((await store.list("alpha")).map(({ version }) => version)).toEqual([
      "1",
      added.version,
      late.version,
    ]);
    expect(await namesInForce()).toEqual({ alpha: "1", manager: "2" });
  });

  it("refuses what cannot be a version, by field", async () => {
    const refused = async (change: Partial<PromptDraft>) => store.add(draft(0.2, change));
    await expect(refused({ policy: { ...POLICY, treshold: 0.2 } })).rejects.toMatchObject({
      code: "BAD_ARGUMENT",
      details: { fields: ["policy.treshold: there is no such field"] },
    });
    await expect(refused({ policy: { threshold: 2, levels: { LOW: 1, MID: 1 } } })).rejects.toMatchObject({
      details: { fields: [expect.stringMatching(/^policy.threshold: /)] },
    });
    await expect(refused({ policy: { threshold: 0, levels: { LOW: 1, MID: 1 } } })).rejects.toMatchObject({
      details: { fields: ["policy.levels.MID: there is no such field"] },
    });
    await expect(refused({ instructions: " \n" })).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    await expect(refused({ agent: "beta" })).rejects.toMatchObject({ code: "UNKNOWN_PROMPT" });
    await expect(refused({ parent: "1+00000000" })).rejects.toMatchObject({ code: "UNKNOWN_PROMPT" });
    expect(await store.list("alpha")).toHaveLength(1);
  });

  it("shows a version by the beginning of its name that no other has", async () => {
    const added = await store.add(draft(0.2));
    expect(await store.show("alpha", added.version.slice(0, 4))).toEqual(added);
    expect((await store.show("alpha", "1")).version).toBe("1");
    await store.add(draft(0.3));
    await expect(store.show("alpha", "1+")).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    for (const name of ["", "2", "1+xxxx"])
      await expect(store.show("alpha", name)).rejects.toMatchObject({ code: "UNKNOWN_PROMPT" });
  });

  it("keeps results by version, market and run, the last of each", async () => {
    const { version } = await store.add(draft(0.2));
    const kept = [
      trial("1", { at: "2026-01-02T00:00:00.000Z" }),
      trial(version, { runId: "run-2", at: "2026-01-03T00:00:00.000Z" }),
      trial(version, { market: "n", at: "2026-01-04T00:00:00.000Z" }),
      trial(version, { value: 0.7, verdict: "accepted", at: "2026-01-05T00:00:00.000Z" }),
    ];
    for (const one of [trial(version), ...kept]) await store.record(one);
    expect(await another().trials("alpha")).toEqual(kept);
    expect((await store.show("alpha", version)).trials).toEqual(kept.slice(1));
    expect((await store.list("alpha")).map(({ trials }) => trials.length)).toEqual([1, 3]);
    await expect(store.record(trial("1+00000000"))).rejects.toMatchObject({ code: "UNKNOWN_PROMPT" });
  });

  it("promotes, and undoes promotions one after the other", async () => {
    const [b, c] = [(await store.add(draft(0.2))).version, (await store.add(draft(0.3))).version];
    const promoted = await store.promote(promote(b, "1", "optimizer"));
    expect(promoted).toMatchObject({ version: b, status: "promoted" });
    await store.promote(promote(c));
    const statuses = async () => (await another().list("alpha")).map(({ status }) => status);
    expect(await statuses()).toEqual(["retired", "retired", "promoted"]);
    expect((await store.rollback("alpha", "Worse")).version).toBe(b);
    expect(await namesInForce()).toEqual({ alpha: b, manager: "2" });
    expect((await store.rollback("alpha", "Worse too")).version).toBe("1");
    expect(await statuses()).toEqual(["promoted", "retired", "retired"]);
    await expect(store.rollback("alpha", "More")).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    await store.promote(promote(c));
    expect(await store.history("alpha")).toMatchObject([
      { version: b, replaced: "1", by: "optimizer", rollback: false, reason: "Better" },
      { version: c, replaced: b, by: "person", rollback: false },
      { version: b, replaced: c, by: "person", rollback: true, reason: "Worse" },
      { version: "1", replaced: b, rollback: true },
      { version: c, replaced: "1", rollback: false },
    ]);
    expect(await store.history("manager")).toEqual([]);
  });

  it("writes nothing for a version that is in force already", async () => {
    const { version } = await store.add(draft(0.2));
    await store.promote(promote(version, "1"));
    await store.promote(promote(version, "1"));
    expect(await store.history("alpha")).toHaveLength(1);
  });

  it("refuses a promotion over another version than the one in force", async () => {
    const [b, c] = [(await store.add(draft(0.2))).version, (await store.add(draft(0.3))).version];
    await store.promote(promote(b));
    await expect(store.promote(promote(c, "1"))).rejects.toMatchObject({
      code: "PROMPT_CHANGED",
      details: { expected: "1", inForce: b },
    });
    await expect(store.promote(promote("1+none"))).rejects.toMatchObject({ code: "UNKNOWN_PROMPT" });
    expect((await namesInForce())["alpha"]).toBe(b);
  });

  it("lets one of two win that promote at once, and both where they are two agents'", async () => {
    const versions = [await store.add(draft(0.2)), await store.add(draft(0.3))];
    // Both have read what is in force before either writes.
    const { promise: bothRead, resolve } = Promise.withResolvers<undefined>();
    let reads = 0;
    const late: RecordStore = {
      ...records,
      get: (...of) => records.get(...of),
      range: (...of) => records.range(...of),
      write: async (...of) => {
        if ((reads += 1) === 2) resolve(undefined);
        await bothRead;
        return records.write(...of);
      },
    };
    const ends = await Promise.allSettled(
      versions.map(async ({ version }) => another(BASES, late).promote(promote(version))),
    );
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(ends.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "PROMPT_CHANGED" },
    });
    expect(await store.history("alpha")).toHaveLength(1);

    const { version: plan } = await store.add(
      draft(0, { agent: "manager", parent: "2", policy: {}, instructions: "Plan well." }),
    );
    const { version: score } = await store.add(draft(0.4));
    await Promise.all([
      another().promote(promote(score)),
      another().promote({ ...promote(plan), agent: "manager" }),
    ]);
    expect(await namesInForce()).toEqual({ alpha: score, manager: plan });
  });

  it("waits with real money for a person", async () => {
    const [b, c] = [(await store.add(draft(0.2))).version, (await store.add(draft(0.3))).version];
    await store.promote(promote(b));
    expect((await namesInForce("live"))["alpha"]).toBe("1");
    const approved = await store.approveLive("alpha", b.slice(0, 5), "ada");
    expect(approved.live).toEqual({ by: "ada", at: expect.stringMatching(/^2026-01-01T/) as string });
    expect(await store.approveLive("alpha", b, "bob")).toEqual(approved);
    expect((await namesInForce("live"))["alpha"]).toBe(b);
    await store.promote(promote(c));
    expect((await namesInForce("live"))["alpha"]).toBe(b);
    await store.rollback("alpha", "Worse");
    await store.rollback("alpha", "Worse");
    expect((await namesInForce("live"))["alpha"]).toBe("1");
  });

  it("says what agents are told with one read where nothing changed, and one more for a new version", async () => {
    const { version } = await store.add(draft(0.2));
    let reads = 0;
    const counted: RecordStore = {
      ...records,
      get: async (...of) => {
        reads += 1;
        return records.get(...of);
      },
      range: () => Promise.reject(new Error("no range is needed")),
    };
    const told = another(BASES, counted);
    expect((await told.told())["alpha"]).toEqual({ version: "1", instructions: "Score.", policy: POLICY });
    expect(reads).toBe(1);
    await store.promote(promote(version));
    for (const after of [3, 4]) {
      const { alpha, manager } = await told.told();
      expect(alpha).toEqual({ version, instructions: "Score.", policy: { ...POLICY, threshold: 0.2 } });
      expect(manager?.version).toBe("2");
      expect(reads).toBe(after);
    }
    expect((await told.toldBy({ alpha: "1" }))["alpha"]?.policy).toEqual(POLICY);
    await expect(told.toldBy({ alpha: "1+00000000" })).rejects.toMatchObject({ code: "UNKNOWN_PROMPT" });
  });

  it("keeps a base version that was replaced when FinAgent comes with another one", async () => {
    const { version } = await store.add(draft(0.2));
    await store.promote(promote(version));
    const newer = another(BASES.map((base) => ({ ...base, version: "9", instructions: "Anew." })));
    expect((await newer.told())["alpha"]).toMatchObject({ version });
    expect((await newer.toldBy({ alpha: "1" }))["alpha"]).toMatchObject({ instructions: "Score." });
    expect((await newer.inForce("live"))["alpha"]?.version).toBe("1");
    expect((await newer.list("alpha")).map((one) => [one.version, one.status])).toEqual([
      ["1", "retired"],
      ["9", "candidate"],
      [version, "promoted"],
    ]);
    // With nothing promoted the newer one is in force.
    expect(await newer.rollback("alpha", "Worse")).toMatchObject({ version: "9", status: "promoted" });
    expect((await newer.told())["alpha"]).toMatchObject({ version: "9" });
  });

  it("tells which other runs have looked at a span", async () => {
    const opening = {
      agent: "alpha",
      runId: "run-1",
      symbols: ["AAPL", "MSFT"],
      source: "simulated",
      from: 100,
      to: 200,
      at: "2026-01-01T00:00:00.000Z",
    };
    await store.openHoldout(opening);
    await store.openHoldout(opening);
    const { agent: _agent, at: _at, ...span } = { ...opening, runId: "run-2" };
    expect(await another().holdoutOpenings(span)).toEqual([opening]);
    expect(await store.holdoutOpenings({ ...span, symbols: ["MSFT"], from: 200, to: 300 })).toEqual([
      opening,
    ]);
    for (const other of [
      { runId: "run-1" },
      { source: "csv:x" },
      { symbols: ["JPM"] },
      { from: 201, to: 300 },
      { from: 1, to: 99 },
    ])
      expect(await store.holdoutOpenings({ ...span, ...other })).toEqual([]);
  });

  it("keeps what a what-if tried, and forgets what it put in force", async () => {
    const whatIf = whatIfVersions({ records: () => Promise.resolve(records), clock, bases: BASES });
    const { version } = await whatIf.add(draft(0.2));
    await whatIf.record(trial(version));
    await whatIf.promote(promote(version, "1"));
    expect((await whatIf.inForce())["alpha"]).toMatchObject({ version, status: "promoted" });
    expect(await store.trials("alpha")).toHaveLength(1);
    expect(await store.show("alpha", version)).toMatchObject({ status: "candidate" });
  });

  it("refuses records that something else has changed", async () => {
    const { version } = await store.add(draft(0.2));
    await store.promote(promote(version));
    for (const key of [IN_FORCE, versionKey("alpha", version), promotionKey("alpha", 1)]) {
      const [whole] = await records.get(REGISTRY, [key]);
      await records.write(REGISTRY, { put: [{ key, value: Buffer.from('{"alpha":{"version":7}}') }] });
      await expect(another().show("alpha", "1")).rejects.toMatchObject({
        code: "STORE_CORRUPT",
        details: { key },
      });
      await records.write(REGISTRY, { put: [{ key, value: whole ?? new Uint8Array() }] });
    }
    expect((await another().show("alpha", version)).status).toBe("promoted");
  });
});
