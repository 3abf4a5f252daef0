import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, it } from "vitest";
import { testHome } from "./support/test-config.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const INDEX = join(ROOT, "src", "index.ts");

const run = promisify(execFile);

/** The programs of a page, in order. */
function programs(page: string): string[] {
  return [...page.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code = ""]) => code);
}

/** Shows that the types are looked at. */
const WRONG = `import { loadConfig } from "finagent";
loadConfig({ modles: {} });
`;

describe.concurrent("docs/library.md", { timeout: 120_000 }, () => {
  const blocks = programs(readFileSync(join(ROOT, "docs", "library.md"), "utf8"));
  /** Of docs/strategies.md; that all but the last load is shown in strategy-files.test.ts. */
  const strategies = programs(readFileSync(join(ROOT, "docs", "strategies.md"), "utf8"));
  /** Of docs/backtest.md. */
  const engine = programs(readFileSync(join(ROOT, "docs", "backtest.md"), "utf8"));
  let folder: string;

  /** A package of the page's own, in which `finagent` means this checkout. */
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "finagent-library-"));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
    for (const [index, code] of blocks.entries()) writeFileSync(join(folder, `${index}.ts`), code);
    for (const [index, code] of strategies.entries())
      writeFileSync(join(folder, `strategy-${index}.ts`), code);
    for (const [index, code] of engine.entries()) writeFileSync(join(folder, `engine-${index}.ts`), code);
    writeFileSync(join(folder, "finagent.ts"), `export * from ${JSON.stringify(INDEX)};\n`);
    const manifest = { name: "finagent", type: "module", exports: "./finagent.ts" };
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
    const paths = { finagent: [INDEX] };
    const compilerOptions = { rootDir: "/", paths, typeRoots: [join(ROOT, "node_modules", "@types")] };
    writeFileSync(join(folder, "wrong.ts"), WRONG);
    const files = [
      "wrong.ts",
      ...blocks.map((_, index) => `${index}.ts`),
      ...strategies.map((_, index) => `strategy-${index}.ts`),
      ...engine.map((_, index) => `engine-${index}.ts`),
    ];
    const settings = { extends: join(ROOT, "tsconfig.json"), compilerOptions, files, include: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it("has a program for each section", ({ expect }) => {
    const sections = readFileSync(join(ROOT, "docs", "library.md"), "utf8").match(/^## /gm);
    expect(blocks).toHaveLength(sections?.length ?? 0);
  });

  it("has programs that fit the types", async ({ expect }) => {
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = await run(process.execPath, [tsc, "-p", "."], { cwd: folder }).catch(
      (error: { stdout: string }) => error,
    );
    // What may be wrong in src itself is not this page's fault; `npm run check` says it.
    const errors = stdout.split("\n").filter((line) => /^[\w-]+\.ts\(/.test(line));
    expect(errors).toEqual([expect.stringMatching(/^wrong\.ts\(2,14\): .*'modles' does not exist/)]);
  });

  it("has programs that do what the page says", async ({ expect }) => {
    const steps = engine.map((_, index) => `engine-${index}`);
    const names = [...blocks.keys(), `strategy-${strategies.length - 1}`, ...steps];
    const all = names.map((name) => `await import("./${name}.ts");`).join("\n");
    writeFileSync(join(folder, "all.ts"), all);
    const env = Object.entries(process.env).filter(
      ([key]) => !/^(FINAGENT_|OPENAI_|VITEST|FORCE_COLOR)/.test(key),
    );
    const { stdout, stderr } = await run(process.execPath, ["all.ts"], {
      cwd: folder,
      env: { ...Object.fromEntries(env), FINAGENT_HOME: testHome() },
    });
    expect(stderr).toBe("");
    for (const expected of [
      /^sma-cross -?\d+\.\d+ (no evidence|weak|holds up) true$/m,
      /^sharpe -?[\d.]+ -?[\d.]+ 0\.\d+$/m,
      /^statistics [\d.]+ \{.*\} SIM500$/m,
      /^deepest -0\.\d+ \d+$/m,
      /^years 4 months 42$/m,
      /^costs \{\s+commission: [\d.]+,/m,
      /^course \d+ \d+$/m,
      /^look-ahead passed [\d.]+$/m,
      /^weekday [67]\d 0\.\d+$/m,
      /^dip [1-9]\d* \{/m,
      /^step data \d+ MSFT/m,
      /^conversation 1 2$/m,
      /^refused BAD_ARGUMENT request: say what you want to know/m,
      /^cost \{ price: \d+\.\d+, cost: \d+\.\d+ \}$/m,
      /^evidence AAPL \{\s+factor: 'near-high',\s+lookbackBars: 252,\s+weight: 0.5,\s+value: (0\.\d+|1),/m,
      /^source my-data-base \d+ New York was closed at that time; the row was left out\.$/m,
      /^model openai:qwen3:8b$/m,
      /^every-other-bar [1-9]\d\d (no evidence|weak|holds up)$/m,
      /^breakout [1-9]\d? (no evidence|weak|holds up)$/m,
      /^agents \d+ (no evidence|weak|holds up)$/m,
    ]) {
      expect(stdout).toMatch(expected);
    }
  });
});
