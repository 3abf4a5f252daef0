import { afterAll, describe, expect, it } from "vitest";
import type { ConfigInput } from "../src/config.ts";
import type { OptimizeReport } from "../src/domain/optimize/report.ts";
import type { MarketData } from "../src/domain/ports.ts";
import { portfolioPrompt } from "../src/prompts/portfolio.ts";
import { riskPrompt } from "../src/prompts/risk.ts";
import type { Runtime } from "../src/runtime.ts";
import { addPromptTool } from "../src/tools/add-prompt.ts";
import { listPromptsTool } from "../src/tools/list-prompts.ts";
import { optimizeAgentPromptsTool } from "../src/tools/optimize-agent-prompts.ts";
import { promotePromptTool } from "../src/tools/promote-prompt.ts";
import { ownHome, SMALL, smallMarket } from "./support/optimize-market.ts";
import { FINDS_EDGE, MISSES_EDGE, NOT_VALID, proposer } from "./support/scripted-optimizer.ts";
import {
  type AgentScripts,
  call,
  calls,
  inTurn,
  scriptedTeam,
  type Team,
  textOf,
} from "./support/scripted-team.ts";

const WISH = { ...SMALL, agent: "alpha", target: 1 } as const;
/** What a model can ask for. */
const ASKED = { symbols: SMALL.symbols, from: SMALL.from };
const MARKET = smallMarket(3);

const teams: Team[] = [];

async function team(
  scripts: AgentScripts,
  { market = MARKET, home = ownHome(), ...settings }: ConfigInput & { market?: MarketData } = {},
): Promise<Team> {
  const one = await scriptedTeam(scripts, { asOf: "2025-06-30", home, ...settings }, { parts: { market } });
  teams.push(one);
  return one;
}

async function optimise({ runtime }: Team, wish: object = {}): Promise<OptimizeReport> {
  return runtime.run(optimizeAgentPromptsTool, { ...WISH, ...wish });
}

async function alphaInForce(runtime: Runtime): Promise<string | undefined> {
  const { prompts } = await runtime.run(listPromptsTool, { agent: "alpha" });
  return prompts.find(({ status }) => status === "promoted")?.version;
}

/** What the proposer's model was asked, the text of each question. */
function questionsTo(one: Team): string[] {
  return one
    .requestsOf("optimizer")
    .map(({ messages }) => textOf(messages.findLast(({ role }) => role === "user")));
}

afterAll(async () => {
  for (const { server, runtime } of teams) {
    await runtime.close();
    await server.close();
  }
});

describe("a model that hands in what is not valid, then what fails, then what finds the edge", () => {
  it("is told what was wrong, tries on, and its version is promoted", async () => {
    const one = await team({ optimizer: proposer(NOT_VALID, MISSES_EDGE, FINDS_EDGE) });
    const report = await optimise(one, { budget: 4 });
    const { trials, promoted, holdout } = report;
    expect(trials.map(({ verdict }) => verdict)).toEqual(["invalid", "rejected", "promoted"]);
    expect(trials[0]).toMatchObject({ version: null, metrics: null, author: "model" });
    expect(trials[0]?.reason).toMatch(/astrology/);
    expect(trials[2]).toMatchObject({ version: promoted, author: "model", policy: FINDS_EDGE });
    expect(trials[2]?.proseDiff).toMatch(/^\+Rewrite 3: go by the factors/m);
    expect(holdout).toMatchObject({ confirmed: true, version: promoted });
    // One that is not valid counts against the budget, and was never measured.
    expect(report.gate).toMatchObject({ triedBefore: 0, tried: 2 });
    expect(report.gate.pValueBound).toBeCloseTo(0.05 / 4, 12);
    expect(report).toMatchObject({ model: "openai:test", targetReached: true });
    expect(report.usage.inputTokens).toBeGreaterThan(0);

    const [first = "", second = "", third = ""] = questionsTo(one);
    expect(questionsTo(one)).toHaveLength(3);
    expect(first).not.toContain("were not valid");
    expect(second).toContain(`Your last proposals were not valid:\n- ${trials[0]?.reason}`);
    expect(third).not.toContain("were not valid");
    expect(await alphaInForce(one.runtime)).toBe(promoted);

    expect(await one.runtime.replay(report.runId)).toMatchObject({ identical: true, modelCalls: 3 });
    expect(one.requestsOf("optimizer")).toHaveLength(3);
  });
});

describe("what the hold-out has been looked at for", () => {
  const home = ownHome();

  it("a dry run judges and promotes nothing, and has opened it", async () => {
    const one = await team({ optimizer: proposer(FINDS_EDGE) }, { home });
    const report = await optimise(one, { budget: 1, dryRun: true });
    const [trial] = report.trials;
    expect(trial?.verdict).toBe("accepted");
    expect(report).toMatchObject({ promoted: null, holdout: { confirmed: true, openedBefore: 0 } });
    expect(report.flags[0]).toContain(`finagent prompts promote alpha ${trial?.version}"`);
    expect(await alphaInForce(one.runtime)).toBe("1");
  });

  it("counts against the next optimisation, and a policy that was tried is not tried again", async () => {
    const slower = { ...FINDS_EDGE, factors: [{ name: "reversal", lookbackBars: 50, weight: 1 }] };
    const one = await team({ optimizer: proposer(FINDS_EDGE, slower) }, { home });
    const report = await optimise(one, { budget: 2 });
    expect(report.trials[0]).toMatchObject({ verdict: "invalid", reason: "policy: it was tried already" });
    expect(report.trials[1]?.verdict).toBe("promoted");
    expect(report.gate).toMatchObject({ triedBefore: 1, tried: 2 });
    expect(report.holdout).toMatchObject({ opened: true, openedBefore: 1 });
    expect(report.holdout.pValue).toBeLessThanOrEqual(0.1 / 2);
    expect(report.holdout.says).toContain("within the bound of 0.0500");
  });
});

it("where somebody promotes another version meanwhile, that one stays in force, and it is said", async () => {
  const own = { instructions: "Decide as a person says.\n\nRules:\n\n- None.\n", reason: "Mine" };
  const found = proposer(FINDS_EDGE);
  const asked: Team[] = [];
  const versions: string[] = [];
  const one = await team({
    optimizer: async (heard) => {
      for (const { runtime } of asked) {
        const { version } = await runtime.run(addPromptTool, { agent: "alpha", ...own });
        await runtime.run(promotePromptTool, { agent: "alpha", version });
        versions.push(version);
      }
      return found(heard);
    },
  });
  asked.push(one);
  const report = await optimise(one, { budget: 1 });
  const [version = ""] = versions;
  expect(report).toMatchObject({ promoted: null, holdout: { confirmed: true }, baseline: { version: "1" } });
  expect(report.flags[0]).toContain("was not promoted: ");
  expect(report.flags[0]).toContain(version);
  expect(await alphaInForce(one.runtime)).toBe(version);
});

describe("limits are not written by a proposal", () => {
  const { policy: risk } = riskPrompt;
  const { policy: portfolio } = portfolioPrompt;
  const { exposureByLevel } = risk;

  it.each([
    [
      "risk",
      [
        [{ ...risk, volatilityTarget: 0.25 }, /volatilityTarget is 0\.25.*at most 0\.15/],
        [{ ...risk, exposureByLevel: { ...exposureByLevel, HIGH: 1 } }, /exposureByLevel\.HIGH is 1/],
      ],
    ],
    [
      "portfolio",
      [
        [{ ...portfolio, maxWeight: 1 }, /maxWeight is 1;/],
        [{ ...portfolio, minCash: -1 }, /minCash/],
        [{ ...portfolio, gate: { level: 1 } }, /there is no such field/],
      ],
    ],
  ] as const)("of the %s agent", async (agent, proposed) => {
    const one = await team({ optimizer: proposer(...proposed.map(([policy]) => policy)) });
    const report = await optimise(one, { agent, budget: proposed.length, target: 9 });
    expect(report.trials).toHaveLength(proposed.length);
    for (const [k, [, reason]] of proposed.entries()) {
      expect(report.trials[k]?.verdict).toBe("invalid");
      expect(report.trials[k]?.reason).toMatch(reason);
    }
    expect(report).toMatchObject({ promoted: null, gate: { tried: 0 }, holdout: { opened: false } });
    const asked = questionsTo(one).at(-1);
    for (const { reason } of report.trials.slice(0, -1)) expect(asked).toContain(`- ${reason}`);
    const { prompts } = await one.runtime.run(listPromptsTool, { agent });
    expect(prompts.map(({ version }) => version)).toEqual(["1"]);
  });
});

describe("whatever happens in the spans that judge", () => {
  const asking = async (market: MarketData) => {
    const one = await team({ optimizer: proposer(FINDS_EDGE) }, { market });
    const { folds, holdout, ...report } = await optimise(one, { budget: 1, dryRun: true });
    return { folds, holdout, report, questions: questionsTo(one) };
  };

  it("who proposes is asked the same", async () => {
    const plain = await asking(MARKET);
    const from = Date.parse(plain.folds.at(-1)?.validation.from ?? "");
    // A training span sees the prices before it; no validation span but the last ends before all of them.
    const spoiled = await asking(smallMarket(3, { spoiledAfter: from }));
    expect(spoiled.questions).toEqual(plain.questions);
    expect(spoiled.questions).toHaveLength(1);
    expect(spoiled.report.baseline.metrics.train).toEqual(plain.report.baseline.metrics.train);
    expect(spoiled.report.baseline.metrics.validation).not.toEqual(plain.report.baseline.metrics.validation);

    const late = await asking(smallMarket(3, { spoiledAfter: Date.parse(plain.holdout.span.from) }));
    const { baseline, attribution, regimes, gate } = plain.report;
    expect(late.report).toMatchObject({ baseline, attribution, regimes, gate });
    const judged = ({ report }: typeof plain) => report.trials.map((trial) => ({ ...trial, verdict: null }));
    expect(judged(late)).toEqual(judged(plain));
    expect(plain.holdout.opened && late.holdout.opened).toBe(true);
    expect(late.holdout.baseline).not.toEqual(plain.holdout.baseline);
  });
});

it("the manager hands a request on, and is told what came of it", async () => {
  const said = /^alpha 1 has a Sharpe ratio of -?\d\.\d\d; candidate 1 was \w+, candidate 2 was invalid\.$/;
  const one = await team({
    optimizer: proposer(MISSES_EDGE, NOT_VALID),
    manager: inTurn(
      calls(call("optimize_agent_prompts", { agent: "alpha", target: 3, budget: 2, ...ASKED })),
      (heard) => {
        const { trials, baseline } = heard.result("optimize_agent_prompts") as {
          trials: { number: number; verdict: string }[];
          baseline: { version: string; validation: number };
        };
        const verdicts = trials.map(({ number, verdict }) => `candidate ${number} was ${verdict}`).join(", ");
        const ratio = baseline.validation.toFixed(2);
        return { text: `alpha ${baseline.version} has a Sharpe ratio of ${ratio}; ${verdicts}.` };
      },
    ),
  });
  const report = await one.ask({ request: "Improve the alpha agent to a Sharpe ratio of 3" });
  expect(report).toMatchObject({ status: "done", unverified: [] });
  expect(report.answer).toMatch(said);
  expect(one.requestsOf("optimizer")).toHaveLength(2);
});
