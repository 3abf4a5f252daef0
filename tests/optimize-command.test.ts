import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { connectRuntime } from "../src/cli/connect.ts";
import { runCli } from "../src/cli/run-cli.ts";
import { type OptimizeReport, optimizeReportSchema } from "../src/domain/optimize/report.ts";
import { checkMarkup } from "./support/check-markup.ts";
import { ownHome, SMALL, smallFiles } from "./support/optimize-market.ts";
import { folderOf } from "./support/price-folders.ts";
import { type Looks, scriptedIo, UNWATCHED } from "./support/scripted-io.ts";

const home = ownHome();
const prices = folderOf(smallFiles(3));
const file = join(home, "report.html");

/** `finagent …` on the market in files; `stopAt`: Ctrl-C once that is told. */
async function finagent(line: readonly string[], { stopAt, ...looks }: Looks & { stopAt?: string } = {}) {
  const { io, stdout, stderr, interrupt } = scriptedIo(looks);
  const watch = setInterval(() => {
    if (stopAt !== undefined && stderr().includes(stopAt)) interrupt();
  }, 1);
  const all = [...line, "--home", home, "--data", `csv:${prices}`];
  const status = await runCli(all, io, (flags) => connectRuntime(flags, UNWATCHED));
  clearInterval(watch);
  return { status, stdout: stdout(), stderr: stderr().replaceAll(/\s+/g, " ") };
}

const SYMBOLS = ["--symbols", SMALL.symbols.join()];
const SMALLER = [...SYMBOLS, "--from", SMALL.from, "--folds", "2"];
const ALPHA = ["optimize", "--agent", "alpha", "--metric", "sharpe"];

describe("finagent optimize", () => {
  let report: OptimizeReport;
  let told: { status: number; stdout: string };
  beforeAll(async () => {
    told = await finagent([...ALPHA, "--target", "1.0", ...SMALLER, "--report", file]);
    const { stdout } = await finagent(["runs", "show", "latest", "--json"]);
    report = optimizeReportSchema.parse((JSON.parse(stdout) as { report: unknown }).report);
  });

  it("says within a screen what was tried, what came of it and what is in force", () => {
    expect(told.status).toBe(0);
    const [first, , ...lines] = told.stdout.split("\n");
    expect(first).toBe("Optimise alpha: Sharpe");
    const screen = lines.slice(0, 14).join("\n");
    expect(screen).toMatch(/^In force +alpha 1: Sharpe -?\d\.\d\d on validation$/m);
    expect(screen).toContain(`Promoted: alpha ${report.promoted}. Live use waits for a person.`);
    expect(screen).toMatch(/^• \d+ candidates?: (?:\d+ rejected \(.*\), )?1 promoted\.$/m);
    expect(screen).toMatch(/The hold-out agrees: The Sharpe ratio is/);
  });

  it.each([60, 80, 120])("is whole in %i columns, with every version in one piece", async (columns) => {
    const { stdout } = await finagent(["runs", "show", "latest"], { columns });
    const text = stripVTControlCharacters(stdout);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
    for (const { version, number } of report.trials) {
      const row = new RegExp(`^ *${number} +${version?.replace("+", "\\+")} +-?\\d+\\.\\d\\d +`, "m");
      expect(text).toMatch(row);
    }
    for (const part of ["Folds and hold-out", "What each agent adds", "The gate"])
      expect(text).toContain(part);
  });

  it("writes a page that needs nothing else", () => {
    const page = readFileSync(file, "utf8");
    checkMarkup(page);
    for (const { version } of report.trials) expect(page).toContain(String(version));
    expect(page).toContain(report.data.hash);
    expect(page).not.toMatch(/(?:src|href)="http/);
  });

  it("is listed, and has nothing to be resumed", async () => {
    const list = await finagent(["runs", "list"], { columns: 80 });
    expect(list.stdout).toContain(report.runId);
    const resumed = await finagent(["runs", "resume", "latest"]);
    expect(resumed.status).toBe(2);
    expect(resumed.stderr).toContain("there is nothing to resume");
  });

  it("is one document where JSON is asked for, and a reached target ends it", async () => {
    const { status, stdout } = await finagent([...ALPHA, "--target", "1", ...SMALLER, "--json", "--quiet"]);
    expect(status).toBe(0);
    expect(optimizeReportSchema.parse(JSON.parse(stdout))).toMatchObject({
      trials: [],
      promoted: null,
      targetReached: true,
      baseline: { version: report.promoted },
    });
  });

  it("stops on Ctrl-C, and goes on behind what it has done", async () => {
    const line = [
      "optimize",
      "--agent",
      "portfolio",
      "--target",
      "99",
      "--budget",
      "2",
      "--dry-run",
      ...SMALLER,
    ];
    const stopped = await finagent(line, { stopAt: "on validation" });
    expect(stopped.status).toBe(130);
    expect(stopped.stderr).toMatch(/finagent runs resume \S+" goes on with it/);
    const resumed = await finagent(["runs", "resume", "latest", "--json"]);
    expect(resumed.status).toBe(0);
    const { trials, endedBecause } = optimizeReportSchema.parse(JSON.parse(resumed.stdout));
    expect(trials.map(({ number }) => number)).toEqual([1, 2]);
    expect(new Set(trials.map(({ version }) => version)).size).toBe(2);
    expect(endedBecause).toBe("The budget of 2 candidates is spent.");
  });
});

describe("what is asked of the manager", () => {
  it("is read, done, and told with figures that all come from the optimisation", async () => {
    const request = `Improve the alpha agent on ${SMALL.symbols.join(", ")} to a Sharpe ratio of -9`;
    const { status, stdout } = await finagent(["ask", request, "--json"]);
    expect(status).toBe(0);
    const { answer, unverified, steps } = JSON.parse(stdout) as {
      answer: string;
      unverified: unknown[];
      steps: { tool: string }[];
    };
    expect(unverified).toEqual([]);
    expect(answer).toMatch(/^# Nothing was promoted for the alpha agent\n/);
    expect(answer).toMatch(/reach the target already/);
    expect(steps.map(({ tool }) => tool)).toContain("optimize_agent_prompts");
  });

  it("is asked back where it is not whole", async () => {
    const { stdout } = await finagent(["ask", `Improve the alpha agent on ${SMALL.symbols.join(", ")}`]);
    expect(stdout).toMatch(/What shall the Sharpe ratio reach\?/);
    expect(stdout).not.toContain("UNVERIFIED");
  });
});

it("takes all that the source holds where no symbols are named", async () => {
  const { status, stdout } = await finagent(["optimize", "--agent", "alpha", "--target", "-99", "--json"]);
  expect(status).toBe(0);
  expect(optimizeReportSchema.parse(JSON.parse(stdout)).data.symbols).toEqual(SMALL.symbols);
});

describe("what is wrong is named with its flag", () => {
  it.each([
    [["--agent", "alpha", ...SYMBOLS], 2, /--target: say what the metric is to reach/],
    [
      ["--target", "1", "--agent", "alfa", ...SYMBOLS],
      2,
      /'alfa' is invalid. Allowed choices are alpha, risk, portfolio/,
    ],
    [["--target", "much", ...SYMBOLS], 2, /--target: "much" is not a number/],
    [
      ["--target", "10%", "--metric", "maxDrawdown", ...SYMBOLS],
      2,
      /--target: a maximum drawdown is negative/,
    ],
    [["--target", "1", "--folds", "1", ...SYMBOLS], 2, /--folds: must be at least 2/],
    [["--target", "1", "--budget", "0", ...SYMBOLS], 2, /--budget: must be at least 1/],
    [
      ["--target", "1", "--from", "2024-06-03", ...SYMBOLS],
      3,
      /269 bars.*Choose a window of \d+ bars or more/,
    ],
    [["--target", "1", "--symbols", "NONE"], 2, /NONE/],
  ] as const)("%j", async (flags, status, words) => {
    const ended = await finagent(["optimize", ...flags]);
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status, stdout: "" });
    expect(ended.stderr).toMatch(words);
  });

  it("before anything is done for a page that cannot be written", async () => {
    const page = join(home, "none", "page.html");
    const { status, stderr } = await finagent([...ALPHA, "--target", "1", ...SMALLER, "--report", page]);
    expect(status).toBe(2);
    expect(stderr).toContain("--report");
    expect(existsSync(page)).toBe(false);
  });
});
