import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ERROR_CODES, type ErrorCode } from "../src/domain/errors.ts";
import type { RunReport } from "../src/domain/run/report.ts";
import { chatCompletionsServer, type ChatCompletionsServer } from "./support/chat-completions-server.ts";
import { finagentHere } from "./support/finagent-here.ts";
import { finagent, type Serving, serving, type Surroundings } from "./support/finagent-process.ts";
import { csv, folderOf, goodRows, withCell } from "./support/price-folders.ts";

/** For processes of their own; a few run at a time. */
const PATIENCE = { timeout: 60_000 };

/** What stands in a stack, and keys. */
const NEVER = /^\s+at |node_modules|\.ts:\d|sk-|secret-key|Invalid input|Too (small|big)/m;

const KEY = "sk-secret-key-123456";

const rows = goodRows();

/** One symbol per kind of fault; what each is refused for, with its place. */
const FILES: Readonly<
  Record<string, readonly [content: string | Uint8Array, code: ErrorCode, told: RegExp]>
> = {
  NAN: [csv(withCell(50, "open", "NaN")), "DATA_INVALID", /NAN\.csv line 50 \(2024-03-12\): "NaN" .* "open"/],
  BELOW: [
    csv(withCell(60, "close", "-3.50")),
    "DATA_INVALID",
    /BELOW\.csv line 60 .* close is -3\.5, not above/,
  ],
  TEXT: [csv(withCell(60, "close", "abc")), "DATA_INVALID", /TEXT\.csv line 60 .* "abc" in column "close"/],
  TURNED: [csv(withCell(60, "high", "1.00")), "DATA_INVALID", /TURNED\.csv line 60 .* High 1 is below low/],
  TWICE: [
    csv([...rows.slice(0, 59), withCell(60, "volume", "5")[58] ?? "", ...rows.slice(59)]),
    "DATA_INVALID",
    /TWICE\.csv line 60 .* Two rows of one time differ: 2024-03-26 \(lines 60 and 61\)/,
  ],
  NODAY: [csv(withCell(60, "date", "soon")), "DATA_INVALID", /NODAY\.csv line 60: "soon" is no date/],
  EMPTY: ["", "DATA_INVALID", /EMPTY\.csv is empty/],
  HEADER: [csv([]), "DATA_INVALID", /HEADER\.csv has no rows for HEADER below its header/],
};

/** Files that cannot be prices at all: passed over in a folder of others, an error where they are asked for. */
const NO_PRICES: typeof FILES = {
  CLOSE: [
    csv(
      rows.map((row) => row.split(",").toSpliced(4, 1).join(",")),
      "date,open,high,low,volume",
    ),
    "DATA_INVALID",
    /CLOSE\.csv line 1: no price layout in "date,open,high,low,volume": it has no close/,
  ],
  DATE: [
    csv(
      rows.map((row) => row.slice(11)),
      "open,high,low,close,volume",
    ),
    "DATA_INVALID",
    /DATE\.csv line 1: .*: it has no date/,
  ],
  BYTES: [
    Uint8Array.from({ length: 4096 }, (_, i) => (i * 151) % 256),
    "DATA_INVALID",
    /BYTES\.csv is no text in UTF-8/,
  ],
};

const good = folderOf({ "ACME.csv": csv(rows), "ACMA.csv": csv(rows), "msft.csv": csv(rows) });
const bad = folderOf({
  ...Object.fromEntries(
    Object.entries({ ...FILES, ...NO_PRICES }).map(([name, [text]]) => [`${name}.csv`, text]),
  ),
  "SAME.csv": csv([...rows.slice(0, 60), ...rows.slice(59)]),
  "FOLDER.csv": null,
});
const useless = folderOf({ "CLOSE.csv": NO_PRICES["CLOSE"]?.[0] ?? "" });
const nothing = folderOf({ "notes.txt": "no prices here" });
const locked = folderOf({ "ACME.csv": csv(rows) });
chmodSync(join(locked, "ACME.csv"), 0);

const GOOD = ["--data", `csv:${good}`];
const BAD = ["--data", `csv:${bad}`];
const HOLD = ["backtest", "--strategy", "buy-and-hold"];
const CROSS = ["backtest", "--strategy", "sma-cross", "--symbols", "AAPL"];
const PIPELINE = ["pipeline", "--symbols", "AAPL"];

let model: ChatCompletionsServer;

beforeAll(async () => {
  model = await chatCompletionsServer([], { apiKey: "the-right-one", models: ["there"] });
});

afterAll(async () => {
  await model.close();
  for (const folder of [good, bad, useless, nothing, locked]) rmSync(folder, { recursive: true });
});

type Case = readonly [name: string, line: readonly string[], code: ErrorCode, message: RegExp, hint: RegExp];

/**
 * With --json: one document with the error, its status, and nothing that a person must not see.
 * @param around of a process of its own; without it the command runs in this one
 */
async function expectError([name, line, code, message, hint]: Case, around?: Surroundings): Promise<void> {
  const json = [...line, "--json"];
  const { status, stdout, stderr } = await (around === undefined
    ? finagentHere(json)
    : finagent(json, around));
  const document = JSON.parse(stdout) as object;
  expect(Object.keys(document), name).toEqual(["error"]);
  expect(document).toMatchObject({
    error: {
      code,
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(hint) as string,
    },
  });
  expect(status).toBe(ERROR_CODES[code]);
  expect(stderr).not.toContain("error");
  expect(stdout + stderr).not.toMatch(NEVER);
}

/** For a person, as a process: nothing on stdout; what was wrong and what to do next on stderr. */
async function expectWords(line: readonly string[], status: number, words: RegExp): Promise<void> {
  const told = await finagent([...line, "--quiet"]);
  expect({ status: told.status, stdout: told.stdout }).toEqual({ status, stdout: "" });
  expect(told.stderr).toMatch(/^error {2}\S[^]*\nnext {3}\S/);
  expect(told.stderr.replace(/\s+/g, " ")).toMatch(words);
  expect(told.stderr).not.toMatch(NEVER);
}

describe("symbols, dates and windows", () => {
  it.each<Case>([
    [
      "a symbol that no file holds",
      [...HOLD, "--symbols", "ACMX", ...GOOD],
      "UNKNOWN_SYMBOL",
      /ACMX is not in /,
      /Did you mean ACMA or ACME\? It holds ACMA, ACME, MSFT\./,
    ],
    [
      "a symbol that the simulated market lacks",
      [...HOLD, "--symbols", "NVDIA"],
      "UNKNOWN_SYMBOL",
      /NVDIA is not in the simulated market/,
      /Did you mean NVDA \(Nvidia\)\? For real prices use --data csv:DIR/,
    ],
    [
      "a path as a symbol",
      ["data", "check", "--symbols", "../secrets", ...GOOD],
      "UNKNOWN_SYMBOL",
      /\.\.\/SECRETS is not in /,
      /It holds ACMA, ACME, MSFT/,
    ],
    [
      "no symbol",
      [...CROSS.slice(0, 3), "--symbols", ","],
      "BAD_ARGUMENT",
      /--symbols: .*no symbol/,
      /AAPL,MSFT/,
    ],
    [
      "a symbol that is too long",
      [...HOLD, "--symbols", `BTC,${"X".repeat(41)}`],
      "BAD_ARGUMENT",
      /^--symbols: X{40}… is too long: a symbol has at most 40 characters/,
      /--help/,
    ],
    [
      "a weight of a symbol that is too long",
      ["stress", "--weights", `${"X".repeat(41)}=1`],
      "BAD_ARGUMENT",
      /^--weights: X{40}… is too long: a symbol has at most 40 characters/,
      /--help/,
    ],
    ["a symbol twice", PIPELINE.with(2, "AAPL,aapl"), "BAD_ARGUMENT", /--symbols: .*twice/, /--help/],
    [
      "several to choose from",
      CROSS.slice(0, 3),
      "BAD_ARGUMENT",
      /--symbols: say which of the 32/,
      /data list/,
    ],
    [
      "a weekend",
      [...HOLD, "--symbols", "ACME", "--from", "2024-06-15", "--to", "2024-06-16", ...GOOD],
      "EMPTY_WINDOW",
      /\(XNYS\) has no trading day from 2024-06-15 to 2024-06-16/,
      /longer window/,
    ],
    [
      "days before the first bar",
      [...HOLD, "--symbols", "ACME", "--from", "2020-06-15", "--to", "2020-12-16", ...GOOD],
      "EMPTY_WINDOW",
      /ACME has no bars from 2020-06-15 to 2020-12-16/,
      /It has bars from 2024-01-02 to 2024-12-31/,
    ],
    [
      "days after the last bar",
      [...HOLD, "--symbols", "ACME", "--from", "2025-06-16", ...GOOD],
      "FUTURE_DATE",
      /^--from: 2025-06-16 is after 2024-12-31, the last day that is known/,
      /up to 2024-12-31/,
    ],
    [
      "days to come",
      [...CROSS, "--to", "2155-07-16"],
      "FUTURE_DATE",
      /^--to: 2155-07-16 is after /,
      /Choose a date up to/,
    ],
    [
      "an as-of day to come",
      [...HOLD, "--symbols", "ACME", "--as-of", "2155-07-16", ...GOOD],
      "FUTURE_DATE",
      /^--as-of: 2155-07-16 lies in the future: today is \d{4}-\d\d-\d\d/,
      /day up to today/,
    ],
    [
      "a beginning after the end",
      [...HOLD, "--symbols", "ACME", "--from", "2024-06-14", "--to", "2024-06-03", ...GOOD],
      "BAD_ARGUMENT",
      /^--from: The window begins on 2024-06-14, after its end on 2024-06-03/,
      /Exchange/,
    ],
    [
      "a month 13",
      [...PIPELINE, "--from", "2024-13-01"],
      "BAD_ARGUMENT",
      /^--from: there is no 2024-13-01/,
      /YYYY/,
    ],
    [
      "a word",
      [...CROSS, "--to", "yesterday"],
      "BAD_ARGUMENT",
      /^--to: "yesterday" is not a date/,
      /YYYY-MM-DD/,
    ],
    [
      "30 February",
      ["ask", "x", "--as-of", "2024-02-30"],
      "BAD_ARGUMENT",
      /^--as-of: there is no/,
      /YYYY-MM-DD/,
    ],
  ])("%s", async (...one) => expectError(one));

  it("tells a person the same in words", async () => {
    await expectWords(
      [...HOLD, "--symbols", "ACMX", ...GOOD],
      2,
      /ACMX is not in .* Did you mean ACMA or ACME\?/,
    );
  });
});

describe("files and folders", () => {
  it("checks all at once: what is refused, what is repaired, what is passed over", async () => {
    const { status, stdout } = await finagentHere(["data", "check", "--json", ...BAD]);
    expect(status).toBe(3);
    const checked = JSON.parse(stdout) as {
      symbols: { symbol: string; status: string; error: string | null; hint: string | null }[];
      passedOver: string[];
    };
    const statuses = Object.fromEntries(checked.symbols.map(({ symbol, status }) => [symbol, status]));
    const refused = Object.keys(FILES).map((symbol) => [symbol, "refused"]);
    expect(statuses).toEqual({ ...Object.fromEntries(refused), SAME: "repaired" });
    for (const [symbol, [, , told]] of Object.entries(FILES)) {
      const one = checked.symbols.find((found) => found.symbol === symbol);
      expect(one?.error).toMatch(told);
      expect(one?.hint).toMatch(/^[A-Z].*[.]$/);
    }
    expect(checked.passedOver).toHaveLength(4);
    for (const [, , told] of Object.values(NO_PRICES)) {
      expect(checked.passedOver).toContainEqual(expect.stringMatching(told));
    }
  });

  // One per stage at which a file is found to be bad; the reader is the one that has just seen them all.
  const some = Object.entries({ ...FILES, ...NO_PRICES }).filter(([symbol]) =>
    /NAN|TWICE|EMPTY|BYTES/.test(symbol),
  );
  it.each(some)("a backtest refuses %s", async (symbol, [, code, told]) => {
    await expectError([symbol, [...HOLD, "--symbols", symbol, ...BAD], code, told, /[.]$/]);
  });

  it("rows that stand twice are repaired, and the report says so", async () => {
    const { status, stdout } = await finagentHere([...HOLD, "--symbols", "SAME", "--json", ...BAD]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      data: {
        rows: 252,
        findings: expect.arrayContaining([
          expect.objectContaining({ kind: "duplicate-bar", severity: "repaired", line: 62 }) as object,
        ]) as object[],
      },
    });
  });

  it.each<Case>([
    [
      "a folder in place of a file",
      [...HOLD, "--symbols", "FOLDER", ...BAD],
      "DATA_UNREADABLE",
      /FOLDER\.csv cannot be read: it is a directory/,
      /one file SYMBOL\.csv/,
    ],
    [
      "a folder that does not exist",
      ["data", "list", "--data", `csv:${good}/none`],
      "DATA_UNREADABLE",
      /none cannot be read: there is no such file or directory/,
      /Check the path/,
    ],
    [
      "a file in place of a folder",
      ["data", "check", "--data", `csv:${good}/ACME.csv`],
      "DATA_UNREADABLE",
      /ACME\.csv cannot be read: it is a file/,
      /Name the directory/,
    ],
    [
      "a folder without a CSV file",
      [...PIPELINE, "--data", `csv:${nothing}`],
      "DATA_UNREADABLE",
      /holds no CSV files/,
      /one CSV file per symbol \(AAPL\.csv\)/,
    ],
    [
      "a folder without prices",
      ["data", "check", "--data", `csv:${useless}`],
      "DATA_INVALID",
      /no close/,
      /header/,
    ],
    [
      "a source of another kind",
      [...PIPELINE, "--data", "yahoo:x"],
      "BAD_ARGUMENT",
      /^--data: must be/,
      /--help/,
    ],
  ])("%s", async (...one) => expectError(one));

  it.skipIf(process.getuid?.() === 0)("a file that may not be read", async () => {
    const line = [...HOLD, "--data", `csv:${locked}`];
    await expectError([
      "locked",
      line,
      "DATA_UNREADABLE",
      /permission to read it is missing/,
      /Grant yourself/,
    ]);
  });

  it("tells a person the same in words", async () => {
    await expectWords([...HOLD, "--symbols", "NAN", ...BAD], 3, /NAN\.csv line 50 .* next Correct the data/);
  });
});

describe("flags", () => {
  it.each<Case>([
    ["a strategy", CROSS.with(2, "sma-cros"), "UNKNOWN_STRATEGY", /"sma-cros"/, /Did you mean sma-cross\?/],
    [
      "no strategy",
      ["backtest", "--symbols", "AAPL"],
      "BAD_ARGUMENT",
      /^--strategy: /,
      /sma-cross, ema-cross/,
    ],
    [
      "a parameter",
      [...CROSS, "--param", "fest=3"],
      "BAD_ARGUMENT",
      /^--param: sma-cross: fest .* not a/,
      /fast=10/,
    ],
    [
      "a word for a number",
      [...CROSS, "--param", "fast=soon"],
      "BAD_ARGUMENT",
      /fast \("soon"\) must be a/,
      /fast=10/,
    ],
    [
      "too little",
      [...CROSS, "--param", "fast=0"],
      "BAD_ARGUMENT",
      /fast \(0\) must be at least 1/,
      /fast=10/,
    ],
    [
      "too much",
      [...CROSS, "--param", "slow=1e6"],
      "BAD_ARGUMENT",
      /slow \(1000000\) must be at most/,
      /slow=30/,
    ],
    [
      "half a bar",
      [...CROSS, "--param", "fast=2.5"],
      "BAD_ARGUMENT",
      /fast \(2\.5\) must be a whole/,
      /fast=10/,
    ],
    [
      "fast above slow",
      [...CROSS, "--param", "fast=40"],
      "BAD_ARGUMENT",
      /fast \(40\) must be less than/,
      /slow=30/,
    ],
    [
      "no value",
      [...CROSS, "--param", "fast"],
      "BAD_ARGUMENT",
      /^--param: "fast" is not name=value/,
      /fast=10/,
    ],
    ["a sum in words", [...CROSS, "--capital", "ten"], "BAD_ARGUMENT", /^--capital: "ten"/, /50k/],
    ["a debt", [...PIPELINE, "--capital=-5"], "BAD_ARGUMENT", /^--capital: "-5"/, /50k/],
    [
      "nothing to invest",
      [...CROSS, "--capital", "0"],
      "BAD_ARGUMENT",
      /^--capital: must be more than 0/,
      /--help/,
    ],
    [
      "a commission",
      [...CROSS, "--commission", "200%"],
      "BAD_ARGUMENT",
      /^--commission: .* at most 0\.1/,
      /--help/,
    ],
    [
      "a slippage",
      [...CROSS, "--slippage-bps=-1"],
      "BAD_ARGUMENT",
      /^--slippage-bps: .* at least 0/,
      /--help/,
    ],
    [
      "a fill",
      [...CROSS, "--fill", "never"],
      "BAD_ARGUMENT",
      /'never' is invalid.*next-open, close/,
      /--help/,
    ],
    [
      "no rebalancing",
      [...PIPELINE, "--rebalance", "0"],
      "BAD_ARGUMENT",
      /^--rebalance: .* at least 1/,
      /--help/,
    ],
    [
      "a weight",
      [...PIPELINE, "--max-weight", "120%"],
      "BAD_ARGUMENT",
      /^--max-weight: .* at most 1/,
      /--help/,
    ],
    [
      "a mind",
      [...PIPELINE, "--agents", "gpt"],
      "BAD_ARGUMENT",
      /'gpt' is invalid.*rules, llm/,
      /pipeline --help/,
    ],
    [
      "no mind to ask",
      [...PIPELINE, "--agents", "llm"],
      "BAD_ARGUMENT",
      /^--agents: .*needs a model/,
      /--model/,
    ],
    ["a seed", [...CROSS, "--seed", "-1"], "BAD_ARGUMENT", /^--seed: "-1" is not a whole number/, /digits/],
    [
      "a flag",
      ["ask", "x", "--form", "2024-01-02"],
      "BAD_ARGUMENT",
      /unknown option '--form'/i,
      /--from|ask --help/,
    ],
    ["a command", ["pipelin"], "BAD_ARGUMENT", /unknown command 'pipelin'/i, /Did you mean pipeline\?/],
  ])("%s", async (...one) => expectError(one));

  it("tell a person the same in words", async () => {
    await expectWords(
      [...CROSS, "--param", "fast=0"],
      2,
      /--param: .* must be at least 1\. next sma-cross takes/,
    );
  });
});

describe.concurrent("settings", PATIENCE, () => {
  beforeAll(() => {
    // Were the test's own settings to reach the processes, every one of them would fail.
    vi.stubEnv("FINAGENT_DATA", "nonsense");
    vi.stubEnv("FINAGENT_MODEL", "nonsense");
    vi.stubEnv("OPENAI_BASE_URL", "nonsense");
  });

  afterAll(() => void vi.unstubAllEnvs());

  const list = ["data", "list"];

  it.each<readonly [...Case, yaml: string]>([
    ["a name", list, "BAD_CONFIG", /no setting sead/, /finagent\.yaml: .* Did you mean seed\?/, "sead: 3\n"],
    [
      "a type",
      list,
      "BAD_CONFIG",
      /server\.port .* a number/,
      /finagent\.yaml: correct/,
      "server:\n  port: x\n",
    ],
    [
      "no YAML",
      list,
      "BAD_CONFIG",
      /finagent\.yaml line 2 is not YAML/,
      /Correct the line/,
      `data: x\nkey: ${KEY}: [`,
    ],
  ])("finagent.yaml: %s", async (name, line, code, message, hint, yaml) => {
    const cwd = folderOf({ "finagent.yaml": yaml });
    await expectError([name, line, code, message, hint], { cwd });
    rmSync(cwd, { recursive: true });
  });

  it.each<readonly [variable: string, value: string, message: RegExp]>([
    ["FINAGENT_DATA", "prices", /setting data is wrong: must be `simulated` or `csv:/],
    ["FINAGENT_MODEL", "gpt", /setting model is wrong: must be `offline` or `openai:/],
    ["OPENAI_BASE_URL", "localhost:11434", /setting openai\.baseUrl is wrong: must be a URL like http/],
    ["PORT", "eighty", /setting server\.port is wrong: must be a number/],
  ])("%s=%s", async (variable, value, message) => {
    const hint = new RegExp(`It comes from ${variable}: correct it there`);
    await expectError([variable, list, "BAD_CONFIG", message, hint], { env: { [variable]: value } });
  });

  it("of the machine reach no process of a test", async () => {
    expect((await finagent([...list, "--json"])).status).toBe(0);
  });
});

describe.concurrent("models", PATIENCE, () => {
  const ask = ["ask", "Analyze AAPL", "--model"];
  const decide = [...PIPELINE, "--from", "2024-01-02", "--to", "2024-03-01", "--agents", "llm", "--model"];
  const at = (key: string): Surroundings => ({
    env: { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: key },
  });
  const ABSENT =
    /The model away at http:\S+ is not there: 404 .* does not exist or you do not have access to it\.$/;

  it.each<Case>([
    ["ask", [...ask, "openai:away"], "MODEL_NOT_FOUND", ABSENT, /Check the name in `--model openai:NAME`/],
    ["pipeline", [...decide, "openai:away"], "MODEL_NOT_FOUND", ABSENT, /or leave --agents rules/],
  ])("one that is not there: %s", async (...one) => expectError(one, at("the-right-one")));

  it.each<Case>([
    [
      "ask",
      [...ask, "openai:there"],
      "MODEL_AUTH",
      /does not accept the key \(401\)/,
      /Check OPENAI_API_KEY/,
    ],
  ])("a wrong key: %s", async (...one) => expectError(one, at(KEY)));

  it("an endpoint that is not there", async () => {
    const gone = await chatCompletionsServer([]);
    await gone.close();
    const around = { env: { OPENAI_BASE_URL: gone.baseUrl, OPENAI_API_KEY: KEY } };
    const line = [...ask, "openai:there"];
    await expectError(
      ["dead", line, "MODEL_UNREACHABLE", /cannot be reached \(ECONNREFUSED\)/, /is up/],
      around,
    );
  });

  it("no key where OpenAI itself is asked", async () => {
    const line = [...ask, "openai:there"];
    await expectError(
      ["no key", line, "MODEL_AUTH", /needs a key, and none is set/, /Set OPENAI_API_KEY/],
      {},
    );
  });

  it("no kind that is known", async () => {
    await expectError(
      ["kind", [...ask, "gpt"], "BAD_ARGUMENT", /^--model: must be `offline` or/, /--help/],
      {},
    );
  });
});

describe("requests", () => {
  it.each<Case>([
    ["none", ["ask", ""], "BAD_ARGUMENT", /^request: say what you want to know/, /ask --help/],
    ["spaces", ["ask", "  "], "BAD_ARGUMENT", /^request: say what you want to know/, /ask --help/],
    [
      "10,000 characters",
      ["ask", "why ".repeat(2500)],
      "BAD_ARGUMENT",
      /^request: .* at most 8000/,
      /ask --help/,
    ],
  ])("that are refused: %s", async (...one) => expectError(one));

  it("whose every step fails end with the status of the failure", async () => {
    const { status, stdout } = await finagentHere(["ask", "Analyze ACMX", "--json", ...GOOD]);
    expect(status).toBe(ERROR_CODES.UNKNOWN_SYMBOL);
    expect(JSON.parse(stdout)).toMatchObject({
      status: "failed",
      steps: [{ error: expect.stringMatching(/^UNKNOWN_SYMBOL: /) as string }],
    });
  });

  it("tell a person in the answer what failed", async () => {
    const { status, stdout } = await finagentHere(["ask", "Analyze NAN", "--quiet", ...BAD]);
    expect(status).toBe(ERROR_CODES.DATA_INVALID);
    const told = stdout.replace(/\s+/g, " ");
    expect(told).toMatch(/The data is not sound, so nothing was computed from it .*NAN\.csv line 50/);
    expect(told).toContain("Correct the data and run again");
    expect(stdout).not.toMatch(NEVER);
  });

  // The model understood nothing, and answers what it can do: it was asked in words, and this is its answer.
  it("that cannot be read are answered with what can be asked", async () => {
    const { status, stdout } = await finagentHere(["ask", "?!?! 🚀 ...", "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(UNREAD);
  });
});

const UNREAD = {
  steps: [],
  data: null,
  answer: expect.stringMatching(/^# I (could not read|read English only)[^]*What can be asked:/) as string,
};

describe("requests to one server", () => {
  let server: Serving;

  beforeAll(async () => {
    server = await serving(BAD);
  });

  afterAll(async () => {
    expect(await server.stop()).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining("error") as string,
    });
  });

  async function ask(request: string): Promise<RunReport> {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${server.url}/chat`, {
      method: "POST",
      headers,
      body: JSON.stringify({ request }),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as RunReport;
  }

  it.each(["🚀🚀🌕", "分析市场", "Wie wird das Wetter morgen?", ".", "1 2 3"])(
    "that cannot be read: %s",
    async (request) => {
      expect(await ask(request)).toMatchObject({ request, ...UNREAD });
    },
  );

  it.each([
    ["an unknown symbol", "Analyze QQQQ", /^UNKNOWN_SYMBOL/, /QQQQ is not in .*It holds BELOW, EMPTY/],
    [
      "a weekend",
      "Analyze SAME from 2024-06-15 to 2024-06-16",
      /^EMPTY_WINDOW/,
      /no trading day from 2024-06-15/,
    ],
    [
      "days before",
      "Analyze SAME from 2019-06-17 to 2019-06-28",
      /^EMPTY_WINDOW/,
      /bars from 2024-01-02 to 2024-12/,
    ],
    [
      "days to come",
      "Analyze SAME from 2154-06-17 to 2154-06-28",
      /^FUTURE_DATE/,
      /2154-06-17 is after 2024-12-31/,
    ],
    ["NaN", "Analyze NAN and propose a portfolio", /^DATA_INVALID/, /NAN\.csv line 50 .* Correct the data/],
    ["another layout", "Compare SAME and CLOSE", /^DATA_INVALID/, /it has no close\. The header needs/],
    ["a folder", "Backtest an SMA cross on FOLDER", /^DATA_UNREADABLE/, /FOLDER\.csv cannot be read/],
  ])("whose every step fails: %s", async (_name, request, error, told) => {
    const report = await ask(request);
    expect(report).toMatchObject({
      status: "failed",
      data: null,
      signals: [],
      portfolio: null,
      metrics: null,
    });
    expect(report.steps.map((step) => step.error)).toEqual([expect.stringMatching(error)]);
    expect(new Set(report.plan.map((task) => task.status))).toEqual(new Set(["failed", "skipped"]));
    expect(report.answer).toMatch(told);
    expect(report.answer).not.toMatch(NEVER);
    expect(report.unverified).toEqual([]);
  });

  it("with a symbol that only one is near go on with that, and say so", async () => {
    const report = await ask("Analyze SAMEX");
    expect(report).toMatchObject({ status: "done", data: { symbols: ["SAME"] } });
    expect(report.answer).toContain("SAMEX is not known to the data source; SAME was taken");
  });

  it.each([
    [
      "turned days",
      "Analyze SAME from 2024-06-28 to 2024-06-17",
      /starts on 2024-06-28, after its end on 2024-06-17/,
    ],
    ["a month 13", "Analyze SAME from 2024-13-01 to 2024-14-01", /"2024-13-01" does not name one day/],
  ])("that leave a question: %s", async (_name, request, asked) => {
    expect(await ask(request)).toMatchObject({
      status: "question",
      steps: [],
      answer: expect.stringMatching(asked) as string,
    });
  });
});
