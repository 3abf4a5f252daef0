import { expect, it } from "vitest";
import type { Provenance } from "./provenance.ts";
import { nextWords, resultWords } from "./provenance-words.ts";
import { countDecisionsOf, provenanceOf } from "./run-provenance.ts";
import type { StandIns } from "./stand-ins.ts";
import type { Step } from "./step.ts";

const step = (agent: string, decisions: readonly Provenance[], standIns: StandIns[] = []): Step => ({
  agent,
  tool: agent,
  ms: 1,
  by: decisions.at(-1) ?? null,
  decisions: [...decisions],
  summary: "",
  ...(standIns.length === 0 ? {} : { standIns }),
});

const times = (count: number, by: Provenance): Provenance[] => Array.from({ length: count }, () => by);

const judged = (decisions: readonly Provenance[], min: number): ReturnType<typeof provenanceOf> =>
  provenanceOf([step("alpha", decisions)], min);

it.each<[string, readonly Provenance[], number, string, number | null]>([
  // 19 of 20 is 0.95.
  ["exactly at the default", [...times(19, "llm"), "fallback"], 0.95, "llm", 0.95],
  ["one more stand-in", [...times(18, "llm"), ...times(2, "fallback")], 0.95, "partial", 0.9],
  // 57 of 60, and 38 of 41 (0.9268).
  ["exactly, of another count", [...times(57, "llm"), ...times(3, "fallback")], 0.95, "llm", 0.95],
  ["below by a little", [...times(38, "llm"), ...times(3, "fallback")], 0.93, "partial", 38 / 41],
  ["the cache counts as the model", [...times(2, "cache"), "llm", "fallback"], 0.75, "llm", 0.75],
  ["from the cache alone", times(4, "cache"), 0.95, "llm", 1],
  ["all asked for, none without a stand-in", [...times(99, "llm"), "fallback"], 1, "partial", 0.99],
  ["stand-ins alone", times(3, "fallback"), 0.01, "partial", 0],
  ["rules", times(3, "rules"), 0.95, "rules", null],
  ["nothing", [], 0.95, "none", null],
  // Of four, two were asked of a model and made by it: half of the run is the rules', as configured.
  ["agents without a model", ["llm", "llm", "rules", "rules"], 0.95, "mixed", 1],
  ["agents without a model, and a failure", ["llm", "fallback", "rules"], 0.95, "partial", 0.5],
])("%s", (_name, decisions, min, result, share) => {
  expect(judged(decisions, min)).toMatchObject({ result, modelShare: share, minModelShare: min });
});

it("tells every stretch with its agent, also above the threshold, and what to do below it", () => {
  const at = "2024-05-01T20:00:00.000Z";
  const stretch = { from: at, to: at, count: 1, reason: "MODEL_TIMEOUT: It was slow." };
  const risk = step("risk", [...times(19, "llm"), "fallback"], [stretch]);
  const steps = [step("alpha", times(20, "llm")), risk];
  const provenance = provenanceOf(steps, 0.95);
  expect(provenance).toMatchObject({ result: "llm", where: [{ agent: "risk", ...stretch }], next: null });
  const strict = provenanceOf(steps, 0.99);
  expect(strict).toMatchObject({ result: "partial", where: provenance.where });
  expect(nextWords({ provenance: strict, runId: "run-7" })).toContain('"finagent runs resume run-7"');
});

it("calls nothing else an LLM result", () => {
  const words = (decisions: readonly Provenance[]): string | null => {
    const steps = [step("alpha", decisions)];
    const provenance = provenanceOf(steps, 0.95);
    return resultWords({ provenance, decisions: countDecisionsOf(steps) });
  };
  expect(words(times(4, "llm"))).toBe("LLM result: the model made 4 of the 4 decisions asked of it (100%)");
  expect(words(["llm", "fallback"])).toMatch(
    /^PARTIAL, not an LLM result: the model made 1 of the 2 decisions asked of it \(50%\); at least 95% are needed$/,
  );
  expect(words(["llm", "rules"])).toMatch(/^MIXED, not an LLM result/);
  expect(words(["rules"])).toBeNull();
  expect(words([])).toBeNull();
});
