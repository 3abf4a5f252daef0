import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, inject, it } from "vitest";
import { alphaPrompt } from "../src/prompts/alpha.ts";
import { riskPrompt } from "../src/prompts/risk.ts";
import { connectRuntime } from "../src/cli/connect.ts";
import { runCli } from "../src/cli/run-cli.ts";
import { createRuntime } from "../src/runtime.ts";
import { createApp } from "../src/server/app.ts";
import { scriptedIo, UNWATCHED } from "./support/scripted-io.ts";
import { testConfig } from "./support/test-config.ts";

let home = "";

beforeEach(() => {
  home = mkdtempSync(join(inject("homes"), "prompts-"));
});

/** `finagent prompts …` on a home of its own. */
async function prompts(...line: string[]) {
  const { io, stdout, stderr } = scriptedIo();
  const status = await runCli(["prompts", ...line, "--home", home], io, (flags) =>
    connectRuntime(flags, UNWATCHED),
  );
  // A table is as wide as it needs to be; sentences are broken into lines.
  const plain = (text: string): string => text.replaceAll(/\s+/g, " ");
  return { status, stdout: stdout(), text: plain(stdout()), error: plain(stderr()) };
}

function fileOf(document: unknown): string {
  const path = join(home, "prompt.json");
  writeFileSync(path, typeof document === "string" ? document : JSON.stringify(document));
  return path;
}

async function shown(...of: string[]): Promise<Record<string, unknown>> {
  return JSON.parse((await prompts("show", ...of, "--json")).stdout) as Record<string, unknown>;
}

async function added(agent: string, change: Record<string, unknown>): Promise<string> {
  const path = fileOf({ ...(await shown(agent)), ...change });
  const { stdout } = await prompts("add", agent, "--file", path, "--reason", "Mine", "--json");
  return (JSON.parse(stdout) as { version: string }).version;
}

it("what a version says of its policy does not go with another policy", async () => {
  const told = alphaPrompt.instructions.trim();
  const version = await added("alpha", {
    instructions: `${told}\n\n## How you decide at present\n\nBy momentum over 126 bars.`,
    policy: { ...alphaPrompt.policy, threshold: 0.15 },
  });
  const path = fileOf({ parent: version, version, policy: { ...alphaPrompt.policy, threshold: 0.3 } });
  const { stdout } = await prompts("add", "alpha", "--file", path, "--reason", "Mine", "--json");
  expect((JSON.parse(stdout) as { instructions: string }).instructions).toBe(told);
});

it("a person's version goes from a file over promotion and approval to a rollback", async () => {
  const policy = { ...alphaPrompt.policy, threshold: 0.2 };
  const instructions = alphaPrompt.instructions.replace("Keep your policy", "Always keep your policy");
  const path = fileOf({ ...(await shown("alpha")), policy, instructions });
  const add = await prompts("add", "alpha", "--file", path, "--reason", "Fewer signals");
  expect(add.status).toBe(0);
  const [, version = ""] = /^alpha (1\+[0-9a-f]{8}), from 1\. It is a candidate/.exec(add.text) ?? [];
  expect(add.text).not.toContain("loosens");

  const list = await prompts("list", "alpha");
  expect(list.stdout).toMatch(/^alpha +1 +in force +base$/m);
  expect(list.stdout).toMatch(/^alpha +1\+[0-9a-f]{8} +candidate +person +\d{4}-\d\d-\d\d +waits +Fewer/m);

  const diff = await prompts("diff", "alpha", "1", version.slice(0, 4));
  expect(diff.stdout).toMatch(/^threshold +0\.1 +0\.2$/m);
  expect(diff.stdout).toMatch(/^ *-3\. Keep your policy unless/m);
  expect(diff.stdout).toMatch(/^ *\+3\. Always keep your policy unless/m);

  const promoted = await prompts("promote", "alpha", version, "--reason", "Let us see");
  expect(promoted.text).toContain(`alpha ${version} is in force from the next run on, in place of 1.`);
  expect(promoted.text).toContain(`Real money stays with 1 until a person approves ${version}`);
  const live = await prompts("promote", "alpha", version.slice(0, 5), "--live");
  expect(live.text).toContain("was in force already. It may be used with real money, too.");
  const show = await prompts("show", "alpha");
  expect(show.text).toMatch(/Status in force.*Real money approved by .+ "threshold": 0\.2/);
  expect(show.text).toMatch(/What was in force of alpha.*1 person Let us see/);
  expect((await prompts("diff", "alpha", "1", "--json")).stdout).toContain(`"b": "${version}"`);

  const back = await prompts("rollback", "alpha", "--reason", "Too few");
  expect(back.text).toContain(`alpha 1 is in force from the next run on, in place of ${version}.`);
  expect(await shown("alpha", version)).toMatchObject({
    status: "retired",
    history: [
      { version, replaced: "1", by: "person", reason: "Let us see" },
      { version: "1", replaced: version, by: "person", reason: "Too few", rollback: true },
    ],
  });
  const none = await prompts("rollback", "alpha");
  expect(none).toMatchObject({ status: 2, stdout: "" });
});

it("says which limits a person's version loosens", async () => {
  const policy = { ...riskPrompt.policy, maxDrawdown: 0.5, volatilityTarget: 0.1 };
  const path = fileOf({ instructions: riskPrompt.instructions, policy });
  const add = await prompts("add", "risk", "--file", path, "--reason", "Bolder");
  expect(add.text).toMatch(/It loosens limits: • maxDrawdown is 0\.5; the base prompt allows at most 0\.3\./);
  expect(add.text).not.toContain("volatilityTarget");
  const [, version = ""] = /^risk (\S+),/.exec(add.text) ?? [];
  expect((await prompts("promote", "risk", version)).text).toContain("maxDrawdown is 0.5");
});

it("adds equal content once", async () => {
  const policy = { ...alphaPrompt.policy, threshold: 0.3 };
  const version = await added("alpha", { policy });
  await prompts("promote", "alpha", version);
  const again = await prompts("add", "alpha", "--file", fileOf(await shown("alpha")), "--reason", "Again");
  expect(again.text).toContain("There was a version with this content before; nothing was added.");
});

it.each<[string, unknown, string]>([
  [
    "a factor that is not registered",
    { policy: { ...alphaPrompt.policy, factors: [{ name: "luck", lookbackBars: 5, weight: 1 }] } },
    "names luck, which is no factor",
  ],
  [
    "a field that no policy has",
    { policy: { ...alphaPrompt.policy, treshold: 0.2 } },
    "policy.treshold: there is no such field",
  ],
  ["a value out of range", { policy: { ...alphaPrompt.policy, threshold: 2 } }, "policy.threshold: "],
  ["another agent's prompt", { agent: "risk" }, "is a prompt of the agent risk, not of alpha"],
  ["a parent that is not there", { version: "1+00000000" }, 'There is no version "1+00000000"'],
  ["a field of no prompt", { polices: {} }, "polices"],
])("refuses %s in a file", async (_, change, says) => {
  const path = fileOf({ ...(await shown("alpha")), ...Object(change) });
  const refused = await prompts("add", "alpha", "--file", path, "--reason", "Mine");
  expect(refused).toMatchObject({ status: 2, stdout: "" });
  expect(refused.error).toContain(says);
  expect((await prompts("list", "alpha", "--json")).stdout).not.toContain("candidate");
});

it.each<[string[], string]>([
  [["show", "beta"], 'AGENT: There is no agent "beta" with a prompt.'],
  [["show", "alpha", "7"], 'VERSION: There is no version "7" of the alpha agent\'s prompt.'],
  [["promote", "alpha", "7"], "VERSION: There is no version"],
  [["add", "alpha", "--reason", "x"], "--file: name the file"],
  [["add", "alpha", "--file", "no-such.json"], "--reason: say what the version is for"],
  [["add", "alpha", "--file", "no-such.json", "--reason", "x"], "--file: no-such.json cannot be read"],
])("prompts %j is refused in the words of the command", async (line, says) => {
  const refused = await prompts(...line);
  expect(refused).toMatchObject({ status: 2, stdout: "" });
  expect(refused.error).toContain(says);
});

it("is served: the list without texts, and a version", async () => {
  const version = await added("alpha", { policy: { ...alphaPrompt.policy, threshold: 0.3 } });
  const app = createApp(createRuntime(testConfig({ home })));
  const get = async (path: string) => {
    const response = await app.request(path);
    return [response.status, await response.json()] as const;
  };
  const [status, list] = await get("/prompts?agent=alpha");
  expect(status).toBe(200);
  expect(list).toMatchObject({ prompts: [{ version: "1", status: "promoted", trials: 0 }, { version }] });
  expect(JSON.stringify(list)).not.toContain("instructions");
  expect(await get(`/prompts/alpha/${encodeURIComponent(version)}`)).toMatchObject([
    200,
    { version, policy: { threshold: 0.3 }, history: [] },
  ]);
  expect(await get("/prompts/alpha/7")).toMatchObject([404, { error: { code: "UNKNOWN_PROMPT" } }]);
});
