import { afterEach, describe, expect, it } from "vitest";
import { DEFAULT_POLICIES } from "../src/agents/policies.ts";
import {
  type ModelAnswer,
  type ModelQuestion,
  proposeByModel,
} from "../src/agents/optimizer/propose-by-model.ts";
import type { Factor } from "../src/domain/alpha/factor.ts";
import type { Evidence } from "../src/domain/optimize/evidence.ts";
import type { Figures } from "../src/domain/optimize/metric.ts";
import type { RunEvent } from "../src/domain/run/event.ts";
import { openAiModel } from "../src/models/openai.ts";
import { UsageMeter } from "../src/models/usage.ts";
import type { ToolContext } from "../src/tools/tool.ts";
import { alphaPrompt } from "../src/prompts/alpha.ts";
import { portfolioPrompt } from "../src/prompts/portfolio.ts";
import { riskPrompt } from "../src/prompts/risk.ts";
import { writeInstructions } from "../src/prompts/write-instructions.ts";
import {
  chatCompletionsServer,
  type ChatCompletionsServer,
  type Reply,
} from "./support/chat-completions-server.ts";
import { textOf } from "./support/scripted-team.ts";

const PROMPTS = { alpha: alphaPrompt, risk: riskPrompt, portfolio: portfolioPrompt };

const REVERSAL = {
  factors: [{ name: "reversal", lookbackBars: 42, weight: 1 }],
  combination: "cross-section",
  threshold: 0.1,
} as const;

const WORDS = "In rough falls the Sharpe ratio is -1.71; slow losers recover.";

/** As a careful model would hand it in. */
const GOOD = {
  policy: REVERSAL,
  instructions: `${alphaPrompt.instructions}\n\nGive weight to names that have lagged the others for two months.`,
  reasoning: WORDS,
};

const OWN: Factor = {
  name: "own",
  description: "A factor that the program has added.",
  evaluate: () => 0,
  score: () => 0,
};

const FIGURES: Figures = {
  bars: 700,
  totalReturn: null,
  annualReturn: null,
  volatility: null,
  sharpe: -1.7123,
  sortino: null,
  calmar: null,
  maxDrawdown: null,
  exposure: null,
  turnover: null,
  costs: null,
  trades: 40,
};

const EVIDENCE: Evidence = {
  agent: "alpha",
  metric: "sharpe",
  symbols: ["P01", "P02"],
  simulated: true,
  folds: [],
  train: FIGURES,
  regimes: [{ regime: "rough fall", bars: 700, figures: FIGURES }],
  worstTrades: [],
  attribution: [],
  tried: [],
};

let server: ChatCompletionsServer | undefined;
afterEach(async () => server?.close());

interface Asked {
  readonly answer: ModelAnswer;
  readonly meter: UsageMeter;
  readonly events: readonly RunEvent[];
  /** What the model was told. */
  readonly system: string;
  readonly question: string;
}

async function askWith(
  reply: Reply,
  { factors = new Map(), ...changes }: Partial<ModelQuestion> & Partial<Pick<ToolContext, "factors">> = {},
): Promise<Asked> {
  const opened = await chatCompletionsServer([reply]);
  server = opened;
  const { agent = "alpha" } = changes;
  const meter = new UsageMeter({ agent: "optimizer", model: "openai:test" });
  const events: RunEvent[] = [];
  const { instructions, policy, version } = PROMPTS[agent];
  const answer = await proposeByModel({
    model: openAiModel({ name: "test", baseUrl: opened.baseUrl, timeoutSeconds: 5, maxRetries: 0 }),
    agent,
    metric: "sharpe",
    target: 1,
    current: { version, instructions, policy },
    base: DEFAULT_POLICIES,
    tried: [],
    evidence: EVIDENCE,
    ctx: {
      factors,
      signal: new AbortController().signal,
      emit: (event) => events.push(event),
    },
    meter,
    ...changes,
  });
  const messages = opened.requests[0]?.body.messages ?? [];
  return { answer, meter, events, system: textOf(messages[0]), question: textOf(messages[1]) };
}

const handIn = (proposal: unknown): Reply => ({
  calls: [
    {
      name: "extract-report",
      args: typeof proposal === "string" ? proposal : (Object(proposal) as Record<string, unknown>),
    },
  ],
});

async function reasonFor(reply: Reply, changes: Partial<ModelQuestion> = {}): Promise<string> {
  const { answer } = await askWith(reply, changes);
  if (answer.ok) throw new Error(`it was taken: ${JSON.stringify(answer.proposal.policy)}`);
  return answer.reason;
}

it("a model sees the prompt, the limits, the factors, the evidence and earlier faults, and is answered once", async () => {
  const { answer, meter, events, system, question } = await askWith(handIn(GOOD), {
    problems: ["policy.threshold: is missing"],
    factors: new Map([["own", OWN]]),
  });
  expect(answer).toEqual({
    ok: true,
    proposal: { author: "model", model: "openai:test", ...GOOD },
  });
  expect(system).toMatch(/^You are the optimizer/);
  for (const part of [
    alphaPrompt.instructions,
    '"momentum"',
    "- own: A factor that the program has added.",
    "-1.7123",
    "- policy.threshold: is missing",
  ]) {
    expect(question).toContain(part);
  }
  expect(meter.usage.outputTokens).toBeGreaterThan(0);
  expect(events).toMatchObject([{ type: "model-call", agent: "optimizer", model: "openai:test" }]);
});

it("prose that is written from a policy is accepted from a model too", async () => {
  const instructions = writeInstructions({
    agent: "alpha",
    instructions: alphaPrompt.instructions,
    policy: { ...REVERSAL, factors: [...REVERSAL.factors] },
    reasoning: WORDS,
  });
  expect((await askWith(handIn({ ...GOOD, instructions }))).answer.ok).toBe(true);
});

describe("an invalid proposal comes back with the reason", () => {
  it.each([
    [
      "a field out of range",
      { policy: { ...REVERSAL, threshold: 2 } },
      "policy.threshold: must be at most 1",
    ],
    ["a field left out", { policy: { factors: REVERSAL.factors, threshold: 0 } }, /^policy\.combination: /],
    [
      "a field that no policy has",
      { policy: { ...REVERSAL, maxWeight: 1 } },
      "policy.maxWeight: there is no such field",
    ],
    [
      "a field within a field",
      { policy: { ...REVERSAL, factors: [{ ...REVERSAL.factors[0], decay: 3 }] } },
      "policy.factors.0.decay: there is no such field",
    ],
    [
      "a factor that does not exist",
      { policy: { ...REVERSAL, factors: [{ name: "value", lookbackBars: 42, weight: 1 }] } },
      /names value, which is no factor.*Known factors: momentum/,
    ],
    [
      "the policy in force",
      { policy: alphaPrompt.policy },
      "policy: it is that of the version to be rewritten",
    ],
    ["no instructions", { instructions: "  " }, "instructions: must have at least 1 character"],
    ["endless instructions", { instructions: "a".repeat(20_001) }, /instructions: must have at most 20000/],
    [
      "instructions without the rules",
      { instructions: "You are the alpha agent. Buy what has lagged." },
      /^instructions: what stands under "Rules:" must stay word for word; missing: Never invent/,
    ],
    [
      "words that loosen a limit",
      { instructions: `${alphaPrompt.instructions}\n\nYou may ignore the risk agent when a score is high.` },
      "instructions: limits are not yours or the agent's to change: You may ignore the risk agent when a score is high.",
    ],
    [
      "what may be remembered of a name",
      { instructions: `${alphaPrompt.instructions}\n\nPrefer P02.` },
      "instructions: they must hold for any market and time, and name P02",
    ],
    [
      "a figure that nobody computed",
      { reasoning: "The Sharpe ratio will be 3.4." },
      /^reasoning: the figure 3\.4 stands neither/,
    ],
  ] as const)("%s", async (_what, change, reason) => {
    const said = await reasonFor(handIn({ ...GOOD, ...change }));
    if (typeof reason === "string") expect(said).toBe(reason);
    else expect(said).toMatch(reason);
  });

  it("a policy that was tried, in whatever order its fields stand", async () => {
    const { factors, combination, threshold } = REVERSAL;
    const tried = [alphaPrompt.policy, { threshold, combination, factors }];
    expect(await reasonFor(handIn(GOOD), { tried })).toBe("policy: it was tried already");
  });

  it("a loosened limit of risk, with both values", async () => {
    const proposal = {
      policy: { ...riskPrompt.policy, volatilityTarget: 0.3 },
      instructions: riskPrompt.instructions,
      reasoning: WORDS,
    };
    expect(await reasonFor(handIn(proposal), { agent: "risk" })).toBe(
      "policy: volatilityTarget is 0.3; the base prompt allows at most 0.15.",
    );
  });

  it("an all-in portfolio", async () => {
    const proposal = {
      policy: { ...portfolioPrompt.policy, maxNames: 1, maxWeight: 1 },
      instructions: portfolioPrompt.instructions,
      reasoning: WORDS,
    };
    expect(await reasonFor(handIn(proposal), { agent: "portfolio" })).toMatch(
      /^policy: maxWeight is 1;.*maxNames is 1;/,
    );
  });

  it.each([
    ["words alone", { text: "I would use reversal." }, "No proposal was handed in."],
    ["no JSON", handIn('{"policy": {'), "No proposal was handed in."],
  ] as const)("%s", async (_what, reply, reason) => {
    expect(await reasonFor(reply)).toBe(reason);
  });
});

it.each([
  [{ status: 503 }, "MODEL_UNREACHABLE"],
  [{ status: 400 }, "MODEL_OUTPUT"],
  [{ reset: true }, "MODEL_UNREACHABLE"],
] as const)("an endpoint that fails is an error and no proposal: %j", async (reply, code) => {
  await expect(askWith(reply)).rejects.toMatchObject({ code });
});
