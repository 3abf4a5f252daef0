import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scriptedIo } from "../../tests/support/scripted-io.ts";
import { sampleReport, scriptedRuntime } from "../../tests/support/scripted-runtime.ts";
import { runReportSchema } from "../domain/run/report.ts";
import { createRuntime, type Runtime } from "../runtime.ts";
import { runCli } from "./run-cli.ts";
import { testConfig } from "../../tests/support/test-config.ts";

const folder = mkdtempSync(join(tmpdir(), "finagent-sheet-"));
const runtime = createRuntime(testConfig({ asOf: "2025-08-15" }));

async function run(line: string, on: Runtime = runtime) {
  const { io, stdout, stderr } = scriptedIo();
  const status = await runCli(line.split(" "), io, () => Promise.resolve(on));
  return { status, stdout: stdout(), stderr: stderr() };
}

it("writes the sheet beside the JSON document, and says where it is", async () => {
  const path = join(folder, "out.html");
  const { status, stdout, stderr } = await run(
    `backtest --strategy sma-cross --symbols AAPL --from 2025-01-02 --json --report ${path}`,
  );
  expect(status).toBe(0);
  const report = runReportSchema.parse(JSON.parse(stdout));
  expect(report.backtest?.course?.equity.at(-1)).toBeCloseTo(report.backtest?.finalEquity ?? NaN, 2);
  expect(stderr).toMatch(new RegExp(`^Report: ${path} \\(\\d+ kB\\)$`, "m"));
  expect(readFileSync(path, "utf8").slice(0, 15)).toBe("<!doctype html>");
  expect(readdirSync(folder)).toEqual(["out.html"]);
});

it("refuses a file that cannot be written before the run", async () => {
  const scripted = scriptedRuntime(() => sampleReport());
  for (const command of ["backtest --strategy sma-cross", "pipeline"]) {
    const { status, stderr } = await run(`${command} --symbols AAPL --report ${folder}`, scripted);
    expect(status).toBe(2);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("is a folder");
  }
  expect(scripted.calls).toEqual([]);
});
