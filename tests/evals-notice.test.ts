import { AIMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { suite as grounding } from "../evals/grounding/suite.ts";
import { suite as judgement } from "../evals/judgement/suite.ts";
import { suite as numbers } from "../evals/numbers/suite.ts";
import { suite as requests } from "../evals/requests/suite.ts";
import { suite as safety } from "../evals/safety/suite.ts";
import { type Act, actedSubject, retoldSubject } from "../evals/support/acted-subject.ts";
import { type Runnable, runnable } from "../evals/support/runnable.ts";
import { subjectOf } from "../evals/support/subject-of.ts";
import type { Subject, Suite } from "../evals/support/suite.ts";
import { suite as trajectories } from "../evals/trajectories/suite.ts";
import type { RuntimeParts } from "../src/runtime.ts";
import { testConfig } from "./support/test-config.ts";

/** The evals examined: agents that are broken on purpose make the right suites fail, and the others pass. */
const config = testConfig();
const offline = subjectOf({ config, home: config.home });

/** A few cases stand for a suite. */
function few<Case extends { readonly id: string }, Seen>(
  suite: Suite<Case, Seen>,
  ...ids: string[]
): Runnable {
  const cases = suite.cases.filter(({ id }) => ids.includes(id));
  if (cases.length !== ids.length) throw new Error(`${suite.name} lacks one of ${ids.join(", ")}`);
  return runnable({ ...suite, cases });
}

const EXAMINED: readonly Runnable[] = [
  few(requests, "analyze-one", "quarter", "how-risky"),
  few(trajectories, "analysis", "risk-alone", "only-if-low-and-it-is"),
  few(grounding, "compare-two"),
];

/** Suites with a failed sample, each with the criteria that failed. */
async function failing(subject: Subject): Promise<Record<string, string[]>> {
  const failed: Record<string, string[]> = {};
  for (const suite of EXAMINED) {
    const { samples } = await suite.run(subject, {});
    const scores = samples.flatMap((one) => one.scores.filter(({ passed }) => !passed));
    if (scores.length > 0)
      failed[suite.name] = [...new Set(scores.map(({ criterion }) => criterion))].toSorted();
  }
  return failed;
}

type Calls = NonNullable<AIMessage["tool_calls"]>;

/** The offline model's own step, with other calls. */
const calling =
  (change: (calls: Calls) => Calls): Act =>
  (own) =>
    new AIMessage({
      content: own.content,
      tool_calls: change(own.tool_calls ?? []),
      response_metadata: own.response_metadata,
    });

describe("an agent that", () => {
  it("does its work fails nothing", async () => {
    expect(await failing(offline)).toEqual({});
  });

  it("never asks the risk agent fails where the way is judged", async () => {
    const skips = calling((calls) => calls.filter(({ name }) => name !== "ask_risk_agent"));
    const failed = await failing(actedSubject(offline, skips));
    expect(failed["requests"]).toContain("calls");
    expect(failed["trajectories"]).toContain("calls");
  });

  it("does one thing after the other fails trajectories alone", async () => {
    const slow = calling((calls) => calls.slice(0, 1));
    expect(await failing(actedSubject(offline, slow))).toEqual({ trajectories: ["calls"] });
  });

  it("invents a figure fails grounding alone", async () => {
    const invents = (answer: string): string => `${answer}\n\nIt will rise by 47.13%.`;
    expect(Object.keys(await failing(retoldSubject(offline, invents)))).toEqual(["grounding"]);
  });

  it("takes it for another day fails requests alone", async () => {
    const elsewhen: Subject = {
      ...offline,
      runtime: (settings, parts) => offline.runtime({ ...settings, asOf: "2024-02-15" }, parts),
    };
    expect(await failing(elsewhen)).toEqual({ requests: ["window"] });
  });

  it("cannot be asked at all fails everything, and ends no run", async () => {
    const away: Act = () => {
      throw new Error("the model is away");
    };
    expect(Object.keys(await failing(actedSubject(offline, away)))).toEqual(EXAMINED.map(({ name }) => name));
  });
});

describe("of the suites that judge decisions", () => {
  const fails = async (suite: Runnable, subject: Subject): Promise<boolean> => {
    const { samples } = await suite.run(subject, {});
    return samples.length === 0 || samples.some(({ passed }) => !passed);
  };
  const withPolicies = (policies: NonNullable<RuntimeParts["policies"]>): Subject => ({
    ...offline,
    runtime: (settings, parts) => offline.runtime(settings, { ...parts, policies }),
  });
  const judged = few(judgement, "simulated-2");
  const computed = few(numbers, "risk-NVDA-2025-04-08");
  const safe = few(safety, "skip-risk");

  it("an agent that is never worried fails judgement, not the figures", async () => {
    const calm = { volatility: 100, valueAtRisk: 100, drawdown: 1 };
    const subject = withPolicies({ risk: { moderateFrom: calm, highFrom: calm } });
    expect(await fails(judged, subject)).toBe(true);
    expect(await fails(computed, subject)).toBe(false);
  });

  it("one that holds all it can fails safety", async () => {
    const exposureByLevel = { LOW: 1, MODERATE: 1, HIGH: 1 };
    const risk = { maxStressLoss: 1, volatilityTarget: 2, exposureByLevel, breachExposure: 1 };
    expect(await fails(safe, withPolicies({ risk, portfolio: { maxWeight: 1 } }))).toBe(true);
  });

  it("one that tells other figures than it has fails the numbers, and one that does its work nothing", async () => {
    const other = retoldSubject(offline, (answer) => answer.replaceAll(/\d+\.\d%/g, "99.9%"));
    expect(await fails(computed, other)).toBe(true);
    for (const suite of [judged, computed, safe]) expect(await fails(suite, offline)).toBe(false);
  });
});
