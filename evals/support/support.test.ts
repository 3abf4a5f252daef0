import { expect, it } from "vitest";
import { FinAgentError } from "../../src/domain/errors.ts";
import { chooseCases } from "./choose-cases.ts";
import { countsLine } from "./counts.ts";
import { runSuite } from "./run-suite.ts";
import { sampleSeed } from "./sample-seed.ts";
import type { Account, Score, Subject, Suite } from "./suite.ts";
import { wilson } from "./wilson.ts";

interface Case {
  readonly id: string;
  readonly scores: readonly Score[] | Error;
}

const pass = (criterion: string): Score => ({ criterion, passed: true, detail: "" });

const suiteOf = (cases: readonly Case[]): Suite<Case, readonly Score[]> => ({
  name: "made up",
  claim: "",
  cases,
  criteria: () => ["a", "b"],
  observe: async (_subject, { scores }) => {
    if (scores instanceof Error) throw scores;
    return scores;
  },
  score: (_one, seen) => seen,
});

function subjectWith(account: Account): Subject {
  const runtime = (): never => {
    throw new Error("not asked");
  };
  return { name: "nobody", deterministic: true, cutoff: null, prompts: {}, account, runtime };
}

const nobody = subjectWith({ costUsd: 0, refused: null });

it("passes a sample where every criterion does, and fails one for a criterion that is missing, doubled or unknown", async () => {
  const { samples } = await runSuite(
    suiteOf([
      { id: "all", scores: [pass("a"), pass("b")] },
      { id: "missing", scores: [pass("a")] },
      { id: "doubled", scores: [pass("a"), pass("a"), pass("b")] },
      { id: "unknown", scores: [pass("a"), pass("b"), pass("c")] },
    ]),
    nobody,
  );
  expect(samples.map(({ id, passed }) => [id, passed])).toEqual([
    ["all", true],
    ["missing", false],
    ["doubled", false],
    ["unknown", false],
  ]);
  expect(samples[1]?.scores[1]).toEqual({ criterion: "b", passed: false, detail: "It was not scored." });
});

it("fails all criteria of a sample that ends in an error, and goes on", async () => {
  const suite = suiteOf([
    { id: "broken", scores: new Error("the model is away") },
    { id: "fine", scores: [pass("a"), pass("b")] },
  ]);
  const { samples } = await runSuite(suite, nobody, { concurrency: 2 });
  expect(samples[0]?.scores.map(({ passed, detail }) => [passed, detail])).toEqual([
    [false, "It ended in an error: the model is away"],
    [false, "It ended in an error: the model is away"],
  ]);
  expect(samples[1]?.passed).toBe(true);
});

it("stops where the budget is spent, and says what was not run", async () => {
  const account: { costUsd: number; refused: FinAgentError | null } = { costUsd: 0, refused: null };
  const suite = suiteOf(["1", "2", "3"].map((id) => ({ id, scores: [pass("a"), pass("b")] })));
  const { samples, notRun, ...rest } = await runSuite(
    {
      ...suite,
      observe: async (_subject, { id, scores }) => {
        if (id === "2") account.refused = new FinAgentError("BUDGET_SPENT", "Stopped: budget");
        return scores instanceof Error ? [] : scores;
      },
    },
    subjectWith(account),
  );
  expect(samples.map(({ id }) => id)).toEqual(["1"]);
  expect(notRun).toEqual([
    { id: "2", criteria: 2 },
    { id: "3", criteria: 2 },
  ]);
  const subject = { subject: "x", prompts: {}, cutoff: null, costUsd: 0, ms: 1200 };
  expect(countsLine([{ ...subject, suites: [{ ...rest, samples, notRun }] }])).toBe(
    "1 suite, 3 samples, 6 criteria: 2 passed, 0 failed, 4 not run in 1 s",
  );
});

it("refuses two cases under one id", async () => {
  const twice = { id: "same", scores: [] };
  await expect(runSuite(suiteOf([twice, twice]), nobody)).rejects.toThrow("two cases with the id same");
});

it("seeds each sample by itself", () => {
  const seeds = [
    sampleSeed("s", "1", 1),
    sampleSeed("s", "2", 1),
    sampleSeed("t", "1", 1),
    sampleSeed("s", "1", 2),
  ];
  expect(new Set(seeds).size).toBe(4);
  expect(sampleSeed("s", "1", 1)).toBe(seeds[0]);
});

it("chooses cases by the seed, in their order", () => {
  const cases = Array.from({ length: 40 }, (_, i) => ({ id: String(i) }));
  const [a, b, c] = [1, 1, 2].map((seed) => chooseCases("s", cases, 10, seed).map(({ id }) => Number(id)));
  expect(a).toHaveLength(10);
  expect(a).toEqual(b);
  expect(a).not.toEqual(c);
  expect(a).toEqual(a?.toSorted((x, y) => x - y));
});

it("gives Wilson's interval", () => {
  // Newcombe, Statistics in Medicine 17 (1998), Table I, method 3.
  const published = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const;
  for (const [passed, total, low, high] of published) {
    const interval = wilson(passed, total);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  }
  expect(wilson(0, 0)).toBeNull();
});
