import { describe, expect, it } from "vitest";
import { scriptedIo } from "../../tests/support/scripted-io.ts";
import { sampleReport, scriptedRuntime } from "../../tests/support/scripted-runtime.ts";
import type { RunEvent } from "../domain/run/event.ts";
import type { RunReport } from "../domain/run/report.ts";
import { answerRequest } from "./answer-request.ts";

async function answer(events: readonly RunEvent[], report: RunReport): Promise<string> {
  const { io, stdout } = scriptedIo();
  const runtime = scriptedRuntime(({ options }) => {
    for (const event of events) options.onEvent?.(event);
    return report;
  });
  await answerRequest(runtime, { command: "ask", request: "x", threadId: undefined }, {}, io);
  return stdout();
}

const tokens = (text: string): RunEvent[] => Array.from(text, (piece) => ({ type: "token", text: piece }));

const FOOTER = /\n─+\n\nModel +offline, decided by rules 1, \d+ ms\nRun +run-1\nThread +thread-1\n$/;

describe("an answer", () => {
  const markdown = "# AAPL\n\nIt rose by **12%**.\n\n- momentum";

  it("is written once where it was streamed", async () => {
    const text = await answer(tokens(markdown), sampleReport({ answer: markdown }));
    expect(text.replace(FOOTER, "")).toBe("\nAAPL\n════\nIt rose by 12%.\n\n• momentum\n");
    expect(text).toMatch(FOOTER);
  });

  it("is taken from the report where nothing was streamed", async () => {
    expect(await answer([], sampleReport({ answer: markdown }))).toContain("It rose by 12%.");
  });

  it("is written from the report where something else was streamed", async () => {
    const text = await answer(tokens("Let me look.\n\n"), sampleReport({ answer: "It fell." }));
    expect(text).toContain("Let me look.");
    expect(text).toContain("It fell.");
  });

  it("is written once where other words came before it", async () => {
    const text = await answer(tokens("Let me look.\n\nIt fell."), sampleReport({ answer: "It fell." }));
    expect(text.match(/It fell\./g)).toHaveLength(1);
  });
});

it("warns loudly of figures that no tool returned", async () => {
  const text = await answer([], sampleReport({ unverified: ["17.3%", "42"] }));
  expect(text).toContain("UNVERIFIED");
  expect(text).toContain("17.3%, 42");
});

it("says that the model failed and rules decided", async () => {
  const decisions = { llm: 1, cache: 0, fallback: 2, rules: 0 };
  const text = await answer([], sampleReport({ decisions }));
  expect(text).toContain("the model failed 2 times and rules decided in its place");
  expect(text).toContain("decided by llm 1, fallback 2");
});
