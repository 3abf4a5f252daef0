import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runCli } from "../src/cli/run-cli.ts";
import type { ErrorCode } from "../src/domain/errors.ts";
import type { Reply } from "./support/chat-completions-server.ts";
import { call, calls, FETCH, inTurn, type Player, scriptedTeam, type Team } from "./support/scripted-team.ts";
import { scriptedIo } from "./support/scripted-io.ts";

const RULES_ELSEWHERE = { data: "offline", alpha: "offline", risk: "offline", portfolio: "offline" } as const;

const teams: Team[] = [];

afterEach(async () => {
  await Promise.all(teams.splice(0).map(async ({ server }) => server.close()));
});

async function team(
  manager: Player,
  openai: object = {},
  ...more: Parameters<typeof scriptedTeam> extends [unknown, unknown?, ...infer Rest] ? Rest : never
): Promise<Team> {
  const one = await scriptedTeam({ manager }, { models: RULES_ELSEWHERE, openai }, ...more);
  teams.push(one);
  return one;
}

const done: Player = (heard) => ({ text: `${String(heard.result("fetch_market_data")["rows"])} bars.` });

/** What a run is refused with, and how long it took. */
async function failure(one: Team): Promise<{ error: unknown; ms: number }> {
  const begun = performance.now();
  const error = await one.ask().then(
    (report) => `no error but ${JSON.stringify(report.answer)}`,
    (thrown: unknown) => thrown,
  );
  return { error, ms: performance.now() - begun };
}

/** The command line in this process: its exit status and what it wrote. */
async function finagent(one: Team, ...argv: string[]): Promise<{ status: number; written: string }> {
  const { io, stdout } = scriptedIo();
  const status = await runCli(argv, io, async () => Promise.resolve(one.runtime));
  return { status, written: stdout() };
}

const WAYS = [
  { way: "streaming", streaming: true },
  { way: "not streaming", streaming: false },
];

describe.each(WAYS)("a fault that passes, $way", ({ streaming }) => {
  it.concurrent.each<[string, Reply]>([
    ["a 429 with Retry-After", { status: 429, retryAfter: 0.05 }],
    ["a 500", { status: 500 }],
    ["a reset connection", { reset: true }],
  ])("%s, in the middle of a run", async (_name, fault) => {
    let faults = 0;
    const one = await scriptedTeam(
      {
        manager: (heard) => {
          if (heard.turn === 1 && faults++ === 0) return fault;
          return inTurn(calls(FETCH), done)(heard);
        },
      },
      { models: RULES_ELSEWHERE, openai: { streaming, maxRetries: 2 } },
    );
    const report = await one.ask();
    await one.server.close();
    expect(report).toMatchObject({ status: "done", answer: expect.stringMatching(/^\d+ bars\.$/) as string });
    expect(one.server.requests).toHaveLength(3);
  });
});

/** The same on either way: the reply is read before the answer. */
const REFUSED: readonly [string, Reply, ErrorCode, RegExp][] = [
  ["a 429", { status: 429, message: "quota exceeded" }, "MODEL_RATE_LIMITED", /quota exceeded/],
  ["a 500", { status: 500, message: "boom" }, "MODEL_UNREACHABLE", /boom/],
  ["401", { status: 401, message: "Incorrect API key provided: sk-very-secret" }, "MODEL_AUTH", /key/],
  ["404", { status: 404, message: "no such model" }, "MODEL_NOT_FOUND", /no such model/],
  [
    "too long a conversation",
    { status: 400, message: "context length exceeded" },
    "MODEL_OUTPUT",
    /context length/,
  ],
];

/** Answers that are none, by way of reading them. */
const BROKEN: readonly [string, Reply, ErrorCode, RegExp][] = [
  ["a reset connection", { reset: true }, "MODEL_UNREACHABLE", /cannot be reached/],
  ["a page instead of JSON", { raw: "<html>", contentType: "text/html" }, "MODEL_OUTPUT", /no usable answer/],
  ["a stream that breaks off", { text: "one two three", fault: "reset" }, "MODEL_UNREACHABLE", /reached/],
  ["an empty answer", { text: "" }, "MODEL_OUTPUT", /ended without a word/],
  ["a blank answer", { text: " \n" }, "MODEL_OUTPUT", /ended without a word/],
  ["a content filter", { text: "", finish: "content_filter" }, "MODEL_OUTPUT", /content filter/],
  ["an answer cut off", { text: "The portfolio is 40% AA", finish: "length" }, "MODEL_OUTPUT", /cut off/],
];

describe.each(WAYS)("a fault that stays, $way", ({ streaming }) => {
  it.each([...BROKEN, ...(streaming ? REFUSED : [])])(
    "%s ends the run with a clear error",
    async (_name, fault, code, words) => {
      const one = await team(inTurn(calls(FETCH), fault), { streaming, apiKey: "sk-very-secret" });
      const { status, written } = await finagent(one, "--json", "ask", "Analyze them");
      expect(status).toBe(4);
      expect(JSON.parse(written)).toMatchObject({
        error: {
          code,
          message: expect.stringMatching(words) as string,
          hint: expect.stringMatching(/^[A-Z].*\.$/) as string,
        },
      });
      expect(written).not.toMatch(/sk-very|\bat \S+ \(|node_modules|Error:/);
    },
  );

  it("a hang ends after the time limit", async () => {
    const { error, ms } = await failure(
      await team(inTurn(calls(FETCH), { hang: true }), { streaming, timeoutSeconds: 1.5 }),
    );
    expect(error).toMatchObject({ code: "MODEL_TIMEOUT" });
    expect(ms).toBeLessThan(8000);
  });

  it("a person's abort during a hang ends the run at once, and is no fault of the model", async () => {
    const one = await team(inTurn(calls(FETCH), { hang: true }), { streaming, timeoutSeconds: 60 });
    const person = new AbortController();
    const answer = one.ask({}, { signal: person.signal });
    const refused = expect(answer).rejects.toMatchObject({ name: "AbortError" });
    await vi.waitFor(() => expect(one.server.requests).toHaveLength(2));
    const begun = performance.now();
    person.abort();
    await refused;
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});

describe("a loop without an end", () => {
  it.each<[string, Reply, RegExp]>([
    ["of model calls", calls(call("list_symbols")), /no answer within 24 calls of the model, the limit/],
    [
      "of calls in one message",
      calls(...Array.from({ length: 60 }, () => call("list_symbols"))),
      /48 tool calls/,
    ],
    ["of malformed calls", calls(call("fetch_market_data", "{")), /24 calls of the model/],
  ])("%s ends at the limit and says which", async (_name, reply, words) => {
    const { error } = await failure(await team(() => reply, { streaming: false }));
    expect(error).toMatchObject({
      code: "MODEL_OUTPUT",
      message: expect.stringMatching(words) as string,
      hint: expect.stringContaining("Ask for less at once") as string,
    });
  });
});

it("a wrong key and an absent model are told as such", async () => {
  const refusing = { serverOptions: { apiKey: "sk-right-key", models: ["test"] } };
  const wrong = await team(done, { apiKey: "sk-wrong-key" }, refusing);
  expect((await failure(wrong)).error).toMatchObject({ code: "MODEL_AUTH" });
  const { status, written } = await finagent(wrong, "--json", "ask", "Analyze them");
  expect(status).toBe(4);
  expect(JSON.parse(written)).toMatchObject({ error: { code: "MODEL_AUTH" } });
  expect(written).not.toContain("sk-wrong");

  const absent = await scriptedTeam(
    {},
    { model: "openai:none", openai: { apiKey: "sk-right-key" } },
    refusing,
  );
  teams.push(absent);
  expect((await failure(absent)).error).toMatchObject({
    code: "MODEL_NOT_FOUND",
    message: expect.stringContaining("none") as string,
  });
});

it("the process ends with status 4 when the model hangs", async () => {
  const one = await team(() => ({ hang: true }));
  const cwd = mkdtempSync(join(tmpdir(), "finagent-"));
  writeFileSync(
    join(cwd, "finagent.yaml"),
    `model: openai:test\nopenai: { baseUrl: "${one.server.baseUrl}", apiKey: sk-very-secret, timeoutSeconds: 1.5 }\n`,
  );
  const main = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
  const child = spawn(process.execPath, [main, "ask", "Analyze AAPL"], { cwd, env: { FINAGENT_HOME: cwd } });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (written += String(piece)));
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("close", resolve);
  expect(await promise).toBe(4);
  rmSync(cwd, { recursive: true });
  expect(written.replace(/\s+/g, " ")).toMatch(/error .*sent nothing for 1\.5 s.* next .*timeoutSeconds/);
  expect(written).not.toMatch(/sk-very|\bat \S+ \(/);
});
