import { spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { chatCompletionsServer, type ChatCompletionsServer } from "./support/chat-completions-server.ts";
import { cleanEnvironment, ended, type Ended } from "./support/finagent-process.ts";
import { folderOf } from "./support/price-folders.ts";
import { simulatedPrices } from "./support/simulated-prices.ts";

/**
 * Runs every command of README.md, through bash in this checkout, as a reader would:
 *
 * - `npm install &&` is dropped: the checkout is installed.
 * - `npm test` and `npm run studio` are not run from here; they are the scripts that run this test and that
 *   studio.test.ts runs.
 * - `csv:./prices` becomes a folder with prices of the simulated market, `report.html` a file elsewhere, and port
 *   9000 a free one.
 * - A model's NAME is one of a scripted server, which stands behind the base URLs too.
 * - `serve` goes on while the other lines of its block run; `chat` is told two requests.
 *
 * A block of text after a block of commands is a part of what its last command prints; a line with … stands for what
 * is left out.
 *
 * Where bash or curl is not installed, what needs it is skipped.
 */
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PATIENCE = { timeout: 120_000 };

const README = readFileSync(`${ROOT}README.md`, "utf8");

const BLOCKS = [...README.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, text = ""]) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.replace(/^npm install && /, "")),
);

/** What is shown of the output of some commands, in parts. */
const SHOWN = new Map(
  [...README.matchAll(/([^\n]+)\n```\n[^`]*```text\n([^]*?)\n```$/gm)].map(([, command = "", text = ""]) => [
    command,
    text.split("\n…\n"),
  ]),
);

/** What a reader may expect of each command. */
const EXPECTED: readonly (readonly [command: RegExp, output: RegExp])[] = [
  [
    /npm run ask -- "Analyze AAPL for the last 6 months/,
    /AAPL: .* signal[^]*SIMULATED data:[^]*Signals[^]*Risk[^]*What would change[^]*offline model/,
  ],
  [/data check --data csv/, /AAPL +ok [^]*MSFT +ok [^]*2 symbols checked, nothing to object to/],
  [/data list/, /SIMULATED market[^]*32 symbols[^]*AAPL +Apple/],
  [/ask "Compare Apple and Microsoft/, /Side by side[^]*AAPL[^]*MSFT[^]*Source: csv:/],
  [/ask "Fetch data for NVDA/, /NVDA: .* signal .* risk[^]*(Portfolio|no portfolio proposed)/],
  [/ask 'Low risk portfolio/, /^{[^]*"status": "done"[^]*"capital": 50000[^]*}$/],
  [/chat$/, /AAPL: [^]*AAPL, MSFT: /],
  [
    /pipeline --symbols AAPL,MSFT,NVDA,JPM/,
    /Pipeline: [^]*2023-01-03 to 2025-06-30, 6\d\d bars[^]*Sharpe[^]*Verdict/i,
  ],
  [/pipeline --symbols AAPL,JPM/, /^{[^]*"volatilityTarget": 0\.08[^]*"capital": 50000[^]*}$/],
  [/pipeline --symbols AAPL,MSFT,NVDA --from 2024/, /Pipeline: [^]*2024-01-02 to 2025-06-30/],
  [/-- runs list$/, /run_pipeline +done [^]*AAPL, MSFT, NVDA/],
  [/-- runs replay latest$/, /^Replay of run_pipeline[^]*\nidentical\n/],
  [/-- runs fork latest/, /^Fork of [^]*What was run[^]*Money\n/],
  [/-- prompts add alpha/, /^alpha 1\+[0-9a-f]{8}, from 1\. It is a candidate/],
  [/-- prompts diff alpha/, /^alpha: 1 and 1\+[^]*factors\.momentum\.lookbackBars +126 +252\n/],
  [/-- prompts promote alpha/, /^alpha 1\+[0-9a-f]{8} is in force from the next run on, in place of 1\./],
  [/-- optimize --agent alpha/, /^Optimise alpha: Sharpe\n[^]*2 candidates: [^]*The hold-out[^]*The gate\n/],
  [/-- prompts list alpha$/, /^Agent +Version[^]*alpha +1 [^]*1\+[0-9a-f]{8} +\w+ +optimizer/],
  [/-- strategies$/, /^sma-cross\n[^]*volatility-target\n[^]*agents\n/],
  [
    /backtest --strategy sma-cross --param/,
    /Backtest: sma-cross \(fast 10, slow 30[^]*buy and hold[^]*Verdict/i,
  ],
  [/backtest .*my-strategy\.ts.*--report/, /Backtest: above-average \(period 100\)[^]*Verdict/],
  [/backtest .*--prove/, /Verdict\n[^]*Proof\n[^]*Walk-forward\n/],
  [/-- stress /, /Scenarios\n[^]*gap-down [^]*SIMULATED by garch: 200 paths/],
  [/-- compare /, /A: sma-cross [^]*B: buy-and-hold[^]*A less B/],
  [/-- sweep /, /Combinations +263 of 288[^]*Sharpe over fast and slow[^]*Verdict/],
  [/--strategy momentum-rank/, /Backtest: momentum-rank [^]*whole shares[^]*Verdict/i],
  [/^OPENAI_API_KEY=.*--model openai:/, /It rose\.[^]*Model +openai:NAME/],
  [/^OPENAI_BASE_URL=.*--model openai:/, /It rose\.[^]*Model +openai:NAME/],
  [/eval -- --list$/, /^Suite +Samples +Claim\n[^]*requests +150 [^]*trajectories +\d+ /],
  [/eval -- trajectories/, /\n1 suite, 3 samples, \d+ criteria: \d+ passed, 0 failed, 0 not run in \d+ s$/],
  [/serve --port/, /FinAgent listens on http:\/\/127\.0\.0\.1:\d+/],
  [/^curl -N .*\/chat/, /event: plan\n[^]*event: step-finished\n[^]*event: token\n[^]*event: report\n/],
  [/^curl .*\/pipeline/, /^{[^]*"status":"done"[^]*"symbols":\["AAPL","MSFT"\][^]*}$/],
];

/** Commands of such a block build on each other. */
function looksBack(block: readonly string[]): boolean {
  return block.some((command) => /finagent -- (?:runs|prompts) /.test(command));
}

/** These are started by other tests: the one that runs this file, and the one that runs the dev server. */
const ELSEWHERE = new Set(["npm test", "npm run studio"]);

let model: ChatCompletionsServer;
let prices: string;
let port: number;
let home: string;

beforeAll(async () => {
  model = await chatCompletionsServer(() => ({ text: "It rose." }), { models: ["NAME"] });
  prices = folderOf({
    "AAPL.csv": await simulatedPrices("AAPL", 600),
    "MSFT.csv": await simulatedPrices("MSFT", 600),
  });
  home = folderOf({});
  port = await freePort();
});

afterAll(async () => {
  await model.close();
  for (const folder of [prices, home]) rmSync(folder, { recursive: true });
});

it("has commands, and each is known here", () => {
  const commands = BLOCKS.flat().filter((command) => !ELSEWHERE.has(command));
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) {
    expect(
      EXPECTED.filter(([pattern]) => pattern.test(command)),
      command,
    ).toHaveLength(1);
  }
  for (const [pattern] of EXPECTED)
    expect(commands.filter((command) => pattern.test(command))).toHaveLength(1);
});

it("shows a part of what a command prints, and which command that is", () => {
  expect([...SHOWN.keys()]).toEqual([
    expect.stringMatching(/--prove$/),
    expect.stringMatching(/runs fork latest/),
  ]);
});

it("names scripts that other tests run", () => {
  expect(manifest.scripts.test).toBe("vitest run");
  expect(readFileSync(`${ROOT}tests/studio.test.ts`, "utf8")).toContain("scripts.studio");
  expect(manifest.scripts.studio).toMatch(/^langgraphjs dev /);
});

describe.skipIf(!has("bash")).concurrent("runs as it stands", PATIENCE, () => {
  const alone = BLOCKS.filter((block) => !block.some(isServer) && !looksBack(block)).flat();
  it.each(alone.filter((command) => !ELSEWHERE.has(command)))("%s", async (command) => {
    expectShown(command, await run(command));
  });

  it.each(BLOCKS.filter(looksBack).map((block) => [block] as const))("%s", async (block) => {
    const own = folderOf({});
    for (const command of block) expectShown(command, await run(command, own));
    rmSync(own, { recursive: true });
  });

  it
    .skipIf(!has("curl"))
    .each(BLOCKS.filter((block) => block.some(isServer)).map((block) => [block] as const))(
    "%s",
    async (block) => {
      const [serve = "", ...requests] = block;
      expect(isServer(serve)).toBe(true);
      const server = start(serve);
      const end = ended(server);
      try {
        await until(async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok);
        for (const command of requests) {
          const { status, stdout } = await run(command);
          expect(status).toBe(0);
          expectOutput(command, stdout);
        }
      } finally {
        // npm starts a shell that starts the server: the group ends together.
        if (server.pid !== undefined) process.kill(-server.pid, "SIGTERM");
      }
      expectOutput(serve, (await end).stdout);
    },
  );
});

function has(program: string): boolean {
  return spawnSync(program, ["--version"]).status === 0;
}

function isServer(command: string): boolean {
  return command.includes("finagent -- serve");
}

/** The start of what was printed is shown where it is not what was expected: a report fills pages. */
function expectOutput(command: string, stdout: string): void {
  const [, output] = EXPECTED.find(([pattern]) => pattern.test(command)) ?? [];
  expect(output?.test(stdout.trim()), stdout.slice(0, 1500)).toBe(true);
}

function expectShown(command: string, { status, stdout, stderr }: Ended): void {
  expect({ status, stderr: faults(stderr) }).toEqual({ status: 0, stderr: [] });
  expectOutput(command, stdout);
  for (const part of SHOWN.get(command) ?? []) expect(stdout).toContain(`\n${part}\n`);
}

async function run(command: string, finagentHome = home): Promise<Ended> {
  const chat = command.endsWith("finagent -- chat");
  return ended(
    start(command, finagentHome),
    chat ? "Analyze AAPL for the last 3 months\nand with Microsoft added?\n" : "",
  );
}

function start(command: string, finagentHome = home) {
  const line = command
    .replaceAll("csv:./prices", `csv:${prices}`)
    .replaceAll("report.html", join(home, "report.html"))
    .replaceAll("9000", String(port))
    .replaceAll("http://localhost:11434/v1", model.baseUrl)
    .replace(/^OPENAI_API_KEY=\.\.\./, `OPENAI_BASE_URL=${model.baseUrl} OPENAI_API_KEY=any`);
  return spawn("bash", ["-c", line], {
    cwd: ROOT,
    detached: true,
    // A home of its own, so that npm neither reads the machine's settings nor asks the registry for its news.
    env: cleanEnvironment({ HOME: home, FINAGENT_HOME: finagentHome, npm_config_update_notifier: "false" }),
  });
}

/** Lines that tell of a failure, or of a try to reach a network. */
function faults(stderr: string): string[] {
  return stderr.split("\n").filter((line) => /error|✗|warn|ENOTFOUND|EAI_AGAIN|ECONN|proxy/i.test(line));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (;;) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer().once("error", reject);
  probe.listen(0, "127.0.0.1", () => {
    const address = probe.address();
    probe.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject()));
  });
  return promise;
}
