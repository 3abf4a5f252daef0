import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buyAndHold } from "../src/domain/backtest/strategies/buy-and-hold.ts";
import { createRuntime } from "../src/runtime.ts";
import { backtestStrategyTool } from "../src/tools/backtest-strategy.ts";
import { listStrategiesTool } from "../src/tools/list-strategies.ts";
import { cleanEnvironment, ended, startFinagent } from "./support/finagent-process.ts";
import { testConfig } from "./support/test-config.ts";

const SOURCE = new URL("../src/", import.meta.url);
const NAMES = `name: "rule", description: "A rule"`;
const INPUT = { symbols: ["AAPL"], from: "2024-01-02", to: "2024-03-28" };

/** Files that load and decide. */
const GOOD: Readonly<Record<string, string>> = {
  "good.ts": `import { z } from "zod";
    import { defineStrategy, signalOf } from "finagent";
    export default defineStrategy({ ${NAMES}, params: z.object({ level: z.number().default(5) }),
      signal: ({ close, length }, { level }) => signalOf(length, (bar: number) => ((close[bar] ?? NaN) > level ? 1 : 0)) });`,
  "plain.js": `export default { ${NAMES}, params: (await import("zod")).z.object({}),
      targets: (panel) => ({ rows: Int32Array.of(1), weights: panel.symbols.map(() => Float64Array.of(0.5)) }) };`,
  "good.json": `{ ${NAMES.replaceAll(/(\w+):/g, '"$1":')}, "long": { "above": ["close", 5] } }`,
};

/** What docs/strategies.md shows: files, and at last a program (see library.test.ts). */
const PAGE = readFileSync(new URL("../docs/strategies.md", import.meta.url), "utf8");
const SHOWN = [...PAGE.matchAll(/^```(ts|json)\n([^]*?)^```$/gm)]
  .map(([, kind = "", text = ""], index): [string, string] => [`page-${index}.${kind}`, text])
  .slice(0, -1);

/** Files that do not, with what is said of them. */
const BAD: readonly (readonly [file: string, text: string, message: RegExp])[] = [
  [
    "no-default.ts",
    `export const strategy = { ${NAMES} };`,
    /no-default.ts: has no default export; it exports strategy\.$/,
  ],
  ["number.mjs", "export default 5;", /its default export is a number, and not a strategy/],
  ["nameless.ts", "export default { signal() {} };", /its strategy has no `name`/],
  [
    "taken.ts",
    `export default { name: "sma-cross", description: "x", signal() {} };`,
    /"sma-cross" belongs to a built-in/,
  ],
  [
    "no-rule.ts",
    `export default { ${NAMES} };`,
    /needs one of the functions signal, targets, onBar, and has none/,
  ],
  [
    "no-schema.ts",
    `export default { ${NAMES}, params: { a: 1 }, signal() {} };`,
    /`params` of its strategy are not a zod object/,
  ],
  [
    "no-fallback.ts",
    `import { z } from "zod";\nexport default { ${NAMES}, params: z.object({ level: z.number() }), signal() {} };`,
    /its parameter level has no default that fits/,
  ],
  [
    "syntax.ts",
    "const a = 1;\nexport default { signal(bars: { return };\n",
    /syntax.ts: cannot be read as code, line 2: Expected/,
  ],
  [
    "syntax.js",
    "const a = 1;\n\nexport default { signal(bars { } };\n",
    /syntax.js: cannot be read as code, line 3: Expected/,
  ],
  ["enum.ts", "enum Side { Long }\nexport default {};\n", /enum is not supported in strip-only mode, line 1/],
  [
    "no-module.ts",
    'import { a } from "./nowhere.ts";\nexport default a;',
    /imports .*nowhere.ts, which cannot be found/,
  ],
  [
    "no-package.ts",
    'import { a } from "no-such-package";\nexport default a;',
    /imports no-such-package, which cannot be found/,
  ],
  [
    "throws.ts",
    'export default {};\nthrow new Error("not today");',
    /failed as it was loaded, line 2: not today/,
  ],
  ["other.py", "print(1)", /is not a kind of file that can hold a strategy/],
  [
    "fails.ts",
    `export default { ${NAMES}, params: (await import("zod")).z.object({}),\n  signal(bars: object) {\n    throw new TypeError("no such column"); } };`,
    /fails.ts: failed while deciding on A \(line 3\): TypeError: no such column/,
  ],
  [
    "promise.ts",
    `export default { ${NAMES}, params: (await import("zod")).z.object({}), async signal() {} };`,
    /its signal for A is not made of `bars` \(Int32Array\) and `sides` \(Int8Array\)/,
  ],
  [
    "unsorted.ts",
    `export default { ${NAMES}, params: (await import("zod")).z.object({}),
      signal: () => ({ bars: Int32Array.of(2, 1), sides: Int8Array.of(1, 0) }) };`,
    /its signal for A has bar 1 after bar 2, of 3/,
  ],
  [
    "sides.ts",
    `export default { ${NAMES}, params: (await import("zod")).z.object({}),
      signal: () => ({ bars: Int32Array.of(1), sides: Int8Array.of(5) }) };`,
    /has side 5 at bar 1; sides are 1, 0 and -1/,
  ],
  [
    "half.ts",
    `import { defineStrategy, signalOf } from "finagent";
    export default defineStrategy({ ${NAMES},
      signal: ({ length }) => signalOf(length, (bar: number) => (bar === 1 ? 0.5 : 1) as 1) });`,
    /half.ts: failed while deciding on A \(line 3\): rule: the side of A at bar 1 \(1970-01-01 00:00\) is 0\.5\.$/,
  ],
  [
    "periods.ts",
    `import { defineStrategy, crossover } from "finagent";
    export default defineStrategy({ ${NAMES},
      signal: ({ close }, _none, { macd }) => {
        const lines = macd(close, { fast: 26, slow: 12, signal: 9 });
        return crossover(lines.macd, lines.signal, 0); } });`,
    /periods.ts: failed while deciding on A \(line 4\): The fast period of MACD must be below the slow one/,
  ],
  [
    "columns.ts",
    `export default { ${NAMES}, params: (await import("zod")).z.object({}),
      targets: () => ({ rows: Int32Array.of(1), weights: [Float64Array.of(1, 2)] }) };`,
    /what its targets returned has a column of weights that is no Float64Array with one weight for each row/,
  ],
  ["broken.json", '{\n  "name": "rule",\n  "long": \n}', /broken.json: not JSON, line 4/],
  [
    "wrong.json",
    '{ "name": "rule", "description": "x", "long": { "abov": [] } }',
    /wrong.json: long: there is no abov/,
  ],
];

/** Loads each file named on the command line and lets it decide on three bars; prints what came of it. */
const TRIAL = `
  import { loadStrategy } from ${JSON.stringify(new URL("adapters/strategy-files/load-strategy.ts", SOURCE).href)};
  import { decide } from ${JSON.stringify(new URL("domain/backtest/decide.ts", SOURCE).href)};
  import { createPanel } from ${JSON.stringify(new URL("domain/market/panel.ts", SOURCE).href)};
  const close = Float64Array.of(4, 6, 5);
  const time = Float64Array.of(1, 2, 3);
  const panel = createPanel([{ symbol: "A", length: 3, time, closeTime: time, open: close, high: close, low: close, close,
    volume: close, factor: close, actions: [] }]);
  const found = {};
  for (const path of process.argv.slice(1)) {
    try {
      const strategy = await loadStrategy(path);
      const decisions = decide(strategy, panel, strategy.params.parse({}));
      found[path] = { module: strategy.module, decisions };
    } catch (error) {
      found[path] = { code: error.code, message: error.message, hint: error.hint, details: error.details };
    }
  }
  console.log(JSON.stringify(found, (_key, value) => (ArrayBuffer.isView(value) ? [...value] : value)));`;

interface Found {
  readonly code?: string;
  readonly message?: string;
  readonly hint?: string;
  readonly details?: { readonly file?: string; readonly line?: number };
  readonly module?: string;
  readonly decisions?: unknown;
}

let folder: string;
let found: Readonly<Record<string, Found>>;
let warned: string;

function of(name: string): Found {
  return found[name] ?? found[join(folder, name)] ?? {};
}

beforeAll(() => {
  // Away from this checkout: no package.json, no node_modules on the way up.
  folder = mkdtempSync(join(tmpdir(), "finagent-strategies-"));
  const files = [...Object.entries(GOOD), ...SHOWN, ...BAD.map(([file, text]) => [file, text] as const)];
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  const paths = [
    ...files.map(([name]) => join(folder, name)),
    "nowhere.ts",
    pathToFileURL(join(folder, "good.ts")).href,
  ];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", TRIAL, "--", ...paths],
    {
      encoding: "utf8",
      cwd: folder,
      env: cleanEnvironment(),
    },
  );
  warned = stderr;
  found = JSON.parse(stdout) as typeof found;
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("a strategy in a file", () => {
  it("imports finagent and zod though neither is installed beside it, and may look at nothing but bars", () => {
    expect(of("good.ts")).toEqual({
      module: pathToFileURL(join(folder, "good.ts")).href,
      decisions: { signals: [{ bars: [1, 2], sides: [1, 0] }] },
    });
    expect(warned).toBe("");
  });

  it("may weigh symbols, in plain JavaScript", () => {
    expect(of("plain.js").decisions).toEqual({ rows: [1], weights: [[0.5]] });
  });

  it("may be a template", () => {
    expect(of("good.json")).toEqual({
      module: pathToFileURL(join(folder, "good.json")).href,
      decisions: of("good.ts").decisions,
    });
  });

  it.each(SHOWN.map(([name]) => name))("%s, as it is documented, loads", (name) => {
    expect(of(name)).toMatchObject({ module: pathToFileURL(join(folder, name)).href, decisions: {} });
  });

  it("loads from its own `module`, as a worker thread does", () => {
    expect(found[pathToFileURL(join(folder, "good.ts")).href]).toEqual(of("good.ts"));
  });

  it.each(BAD)("%s is refused", (file, _text, message) => {
    const { code, message: said, hint, details } = of(file);
    expect({ code, file: details?.file }).toEqual({ code: "BAD_STRATEGY", file: join(folder, file) });
    expect(said).toMatch(message);
    expect(hint).toMatch(/\.$/);
    const [, line] = /line (\d+)/.exec(said ?? "") ?? [];
    expect(details?.line).toBe(line === undefined ? undefined : Number(line));
  });

  it("that is not there is named as it was written", () => {
    expect(of("nowhere.ts").message).toBe("nowhere.ts: there is no such file.");
    expect(of("nowhere.ts").hint).toContain("finagent strategies");
  });
});

describe("the command line", () => {
  const finagent = (...line: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [fileURLToPath(new URL("cli/main.ts", SOURCE)), ...line], {
      encoding: "utf8",
      cwd: folder,
      env: cleanEnvironment(),
    });

  it("names the file that fails, and exits with 2", () => {
    const { status, stderr } = finagent(
      "backtest",
      "--strategy",
      "./fails.ts",
      "--symbols",
      "AAPL",
      "--quiet",
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error {2}\.\/fails\.ts: failed while deciding on AAPL \(line 3\)/);
  });

  it("can be stopped in the middle of a strategy that never returns", async () => {
    const text = `export default { ${NAMES}, params: (await import("zod")).z.object({}),
      signal() { process.stderr.write("for ever"); for (;;); } };`;
    writeFileSync(join(folder, "endless.ts"), text);
    const line = ["backtest", "--strategy", "./endless.ts", "--symbols", "AAPL", "--quiet"];
    const child = startFinagent(line, { cwd: folder });
    child.stderr?.on("data", (said: Buffer) => {
      if (said.toString().includes("for ever")) child.kill("SIGTERM");
    });
    await ended(child);
    expect(child.signalCode).toBe("SIGTERM");
  });

  it("lists the parameters of a file", () => {
    const { status, stdout } = finagent("strategies", "./good.ts", "--json", "--quiet");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      strategies: [
        {
          name: "rule",
          description: "A rule",
          origin: "own",
          parameters: [
            {
              name: "level",
              type: "number",
              default: 5,
              minimum: null,
              maximum: null,
              values: null,
              description: "",
            },
          ],
        },
      ],
    });
  });
});

describe("a runtime", () => {
  const market = testConfig({ asOf: "2024-06-28" });

  it("loads no file that a request names", async () => {
    const strategy = join(folder, "good.ts");
    const asked = createRuntime(market).run(backtestStrategyTool, { ...INPUT, strategy });
    await expect(asked).rejects.toMatchObject({ code: "UNKNOWN_STRATEGY" });
  });

  it("knows the strategies that the program gave it", async () => {
    const own = { ...buyAndHold, name: "my-rule" };
    const runtime = createRuntime(market, { strategies: [own] });
    const report = await runtime.run(backtestStrategyTool, { ...INPUT, strategy: "my-rule" });
    expect(report).toMatchObject({ backtest: { strategy: "my-rule" }, metrics: { trades: 1 } });
    const { strategies } = await runtime.run(listStrategiesTool, {});
    expect(strategies.find(({ name }) => name === "my-rule")).toMatchObject({
      origin: "own",
      parameters: [],
    });
  });

  it("lists the agents as a strategy, with the rebalancing of their policy", async () => {
    const runtime = createRuntime(market, { policies: { portfolio: { rebalanceBars: 33 } } });
    const { strategies } = await runtime.run(listStrategiesTool, { strategy: "agents" });
    expect(strategies).toMatchObject([
      { name: "agents", parameters: [{ name: "rebalanceBars", default: 33 }] },
    ]);
    await expect(runtime.run(listStrategiesTool, { strategy: "agent" })).rejects.toMatchObject({
      code: "UNKNOWN_STRATEGY",
      details: { near: ["agents"] },
    });
  });

  it("backtests the agents by name as it does where no strategy is named", async () => {
    const runtime = createRuntime(market);
    const report = await runtime.run(backtestStrategyTool, {
      ...INPUT,
      strategy: "agents",
      params: { rebalanceBars: 10 },
    });
    // 61 sessions in the first quarter of 2024.
    expect(report.backtest).toMatchObject({
      strategy: "agents",
      params: { rebalanceBars: 10 },
      decisions: 7,
    });
  });
});
