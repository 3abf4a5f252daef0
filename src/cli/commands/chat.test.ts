import { expect, it } from "vitest";
import { scriptedIo } from "../../../tests/support/scripted-io.ts";
import { sampleReport, scriptedRuntime } from "../../../tests/support/scripted-runtime.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { Interruption } from "../interruption.ts";
import { chat } from "./chat.ts";

it("keeps one thread over the lines of a pipe", async () => {
  const { io, stdout } = scriptedIo({ stdin: "Analyze AAPL\n\n and with Microsoft added? \nexit\nnever\n" });
  const runtime = scriptedRuntime(() => sampleReport({ threadId: "t9" }));
  expect(await chat(runtime, {}, io)).toBe(0);
  expect(runtime.calls.map(({ input }) => input)).toEqual([
    { request: "Analyze AAPL", threadId: undefined },
    { request: "and with Microsoft added?", threadId: "t9" },
  ]);
  expect(stdout().match(/AAPL rose\./g)).toHaveLength(2);
});

it("ends where the pipe ends, and takes the thread that is named", async () => {
  const { io } = scriptedIo({ stdin: "one" });
  const runtime = scriptedRuntime(({ tool }) => (tool === "last_run" ? { run: null } : sampleReport()));
  expect(await chat(runtime, { thread: "old" }, io)).toBe(0);
  expect(runtime.calls.map(({ input }) => input)).toEqual([
    { threadId: "old" },
    { request: "one", threadId: "old" },
  ]);
});

it("goes on after a request that failed, and exits with its status", async () => {
  const { io, stderr } = scriptedIo({ stdin: "one\ntwo\n" });
  const runtime = scriptedRuntime(({ input }) => {
    if (JSON.stringify(input).includes("one")) throw new FinAgentError("UNKNOWN_SYMBOL", "There is no APPL.");
    return sampleReport();
  });
  expect(await chat(runtime, {}, io)).toBe(2);
  expect(runtime.calls).toHaveLength(2);
  expect(stderr()).toContain("There is no APPL.");
});

it("is one document with --json", async () => {
  const { io, stdout } = scriptedIo({ stdin: "one\ntwo\n" });
  const report = sampleReport();
  const runtime = scriptedRuntime(({ input }) => {
    if (JSON.stringify(input).includes("two")) throw new FinAgentError("BAD_REQUEST", "What?");
    return report;
  });
  await chat(runtime, { json: true, quiet: true }, io);
  expect(JSON.parse(stdout())).toEqual({
    threadId: "thread-1",
    turns: [report, { request: "two", error: { code: "BAD_REQUEST", message: "What?" } }],
  });
});

it("Ctrl-C ends it while a request runs", async () => {
  const { io, interrupt } = scriptedIo({ stdin: "one\ntwo\n" });
  const runtime = scriptedRuntime(() => {
    setTimeout(interrupt, 5);
    return new Promise(() => {});
  });
  await expect(chat(runtime, {}, io)).rejects.toThrow(Interruption);
  expect(runtime.calls).toHaveLength(1);
});
