import { afterEach, describe, expect, it } from "vitest";
import { tokens } from "./support/chat-completions-server.ts";
import {
  type AgentScripts,
  ask,
  calls,
  FETCH,
  type Heard,
  inTurn,
  type Player,
  scriptedTeam,
  type Team,
  textOf,
} from "./support/scripted-team.ts";

const RULES_ELSEWHERE = { data: "offline", alpha: "offline", risk: "offline", portfolio: "offline" } as const;

const teams: Team[] = [];

afterEach(async () => {
  await Promise.all(teams.splice(0).map(async ({ server }) => server.close()));
});

async function team(scripts: AgentScripts, streaming = true): Promise<Team> {
  const one = await scriptedTeam(scripts, { models: RULES_ELSEWHERE, openai: { streaming } });
  teams.push(one);
  return one;
}

const answering = (text: (heard: Heard) => string): Player =>
  inTurn(
    calls(FETCH),
    (heard) => calls(ask.risk(heard)),
    (heard) => ({ text: text(heard) }),
  );

describe.each([
  { way: "streaming", streaming: true },
  { way: "not streaming", streaming: false },
])("the figures of an answer, $way", ({ streaming }) => {
  it("that no tool returned are flagged, and no others", async () => {
    const { ask: run } = await team(
      {
        manager: answering((heard) => {
          const volatility = Number(heard.result("ask_risk_agent")["volatility"]);
          return `Volatility is ${(100 * volatility).toFixed(1)}%; the price target is $9,876.54, up 55.5%, by 2031.`;
        }),
      },
      streaming,
    );
    const report = await run({ request: "Analyze them with $50k" });
    expect(report.status).toBe("done");
    expect(report.unverified).toEqual(["$9,876.54", "55.5%", "2031"]);
  });
});

describe("a conversation", () => {
  it("remembers what was said and what the tools returned, by thread", async () => {
    const { ask: run, requestsOf } = await team({
      manager: (heard) =>
        heard.said === "Why?"
          ? { text: `Because risk is ${String(heard.result("ask_risk_agent")["level"])}.` }
          : answering(() => "Done.")(heard),
    });
    const first = await run({ request: "Analyze them", threadId: "mine" });
    const second = await run({ request: "Why?", threadId: "mine" });
    expect(second).toMatchObject({ status: "done", threadId: "mine", steps: [], plan: [] });
    expect(second.answer).toBe(`Because risk is ${first.risk?.level}.`);
    // What was found is still what the conversation is about.
    expect(second.risk).toEqual(first.risk);
    expect(second.runId).not.toBe(first.runId);

    const { messages } = requestsOf("manager").at(-1) ?? { messages: [] };
    expect(messages.map(({ role }) => role)).toEqual(
      "system user assistant tool assistant tool assistant user".split(" "),
    );
    // Each answer is counted once, in the run that asked for it.
    expect(second.usage.inputTokens).toBe(tokens(JSON.stringify(messages)));

    const other = await run({ request: "Why?", threadId: "other" });
    expect(other).toMatchObject({ answer: "Because risk is undefined.", data: null, risk: null });
  });

  it("goes on after a run in it has failed", async () => {
    let down = true;
    const { ask: run, requestsOf } = await team({
      manager: (heard) => (down ? { status: 500 } : answering(() => "Done.")(heard)),
    });
    await expect(run({ threadId: "failing" })).rejects.toMatchObject({ code: "MODEL_UNREACHABLE" });
    down = false;
    expect(await run({ request: "Again", threadId: "failing" })).toMatchObject({
      status: "done",
      answer: "Done.",
    });
    const said = requestsOf("manager")
      .at(-1)
      ?.messages.filter(({ role }) => role === "user");
    expect(said?.map(textOf)).toEqual(["Analyze them", "Again"]);
  });
});

/** A page of talk, some 12,000 tokens. */
const page = (n: number): string => `Page ${n}. ${"words ".repeat(8000)}`;

/** Five answers of a page each: the sixth request finds the conversation longer than is kept. */
async function longTalk(one: Team, threadId: string): Promise<void> {
  for (let n = 1; n <= 5; n++) await one.ask({ request: `Tell me of page ${n}`, threadId });
}

describe("a long conversation", () => {
  const telling: Player = (heard) =>
    /page (\d)$/.test(heard.said)
      ? { text: page(Number(heard.said.at(-1))) }
      : { text: "We spoke of 12,345 pages." };

  it("is summarised, and goes on from the summary", async () => {
    const one = await team(
      { manager: telling, summary: () => ({ text: "They spoke of pages 1 to 4; the figure was 12,345." }) },
      false,
    );
    await longTalk(one, "long");
    expect(one.requestsOf("summary")).toEqual([]);
    const spoken: string[] = [];
    const report = await one.ask(
      { request: "What did we speak of?", threadId: "long" },
      { onEvent: (event) => void (event.type === "token" && spoken.push(event.text)) },
    );
    const [summary] = one.requestsOf("summary");
    const prompt = JSON.stringify(summary?.messages);
    for (const said of ["Tell me of page 1", "Page 1.", "Page 3."]) expect(prompt).toContain(said);

    const { messages } = one.requestsOf("manager").at(-1) ?? { messages: [] };
    const [system, first, ...rest] = messages;
    expect(textOf(system)).toMatch(/^You are the manager/);
    expect(textOf(first)).toContain("They spoke of pages 1 to 4");
    expect(rest.length).toBeGreaterThan(1);
    expect(textOf(rest.at(-1))).toBe("What did we speak of?");
    expect(tokens(JSON.stringify(messages))).toBeLessThan(25_000);

    // The summary's tokens are paid for, and its figures are no evidence: a model wrote them.
    const paid = [summary?.messages, messages].map((part) => tokens(JSON.stringify(part)));
    expect(report.usage.inputTokens).toBe((paid[0] ?? 0) + (paid[1] ?? 0));
    expect(report.unverified).toEqual(["12,345"]);
    expect(spoken.join("")).not.toContain("They spoke");

    // And the next request goes on from there, without another summary.
    await one.ask({ request: "And now?", threadId: "long" });
    expect(one.requestsOf("summary")).toHaveLength(1);
    expect(textOf(one.requestsOf("manager").at(-1)?.messages[1])).toContain("They spoke of pages 1 to 4");
  });

  it("is not forgotten in silence where the summary fails", async () => {
    const one = await team({ manager: telling, summary: () => ({ status: 500, message: "boom" }) }, false);
    await longTalk(one, "too-long");
    await expect(one.ask({ request: "What did we speak of?", threadId: "too-long" })).rejects.toMatchObject({
      code: "MODEL_UNREACHABLE",
      message: expect.stringContaining("boom") as string,
    });
  });
});
