import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { minuteBars } from "../minute-bars.ts";
import { median } from "../paired.ts";
import { inMs, type Table } from "../table.ts";

const ROWS = 1_000_000;
const REPEATS = 7;
const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** What a person waits for. */
export function run(): Table {
  const folder = mkdtempSync(join(tmpdir(), "finagent-bench-"));
  try {
    writeFileSync(join(folder, "MINUTES.csv"), minuteBars(ROWS, 1));
    const home = join(folder, "home");
    const first: number[] = [];
    const again: number[] = [];
    for (let k = 0; k < REPEATS; k += 1) {
      rmSync(home, { recursive: true, force: true });
      first.push(backtest(folder, home));
      again.push(backtest(folder, home));
    }
    const help = Array.from({ length: REPEATS }, () => command(["--help"]));
    return {
      title: "The command line, a million one-minute bars",
      about:
        "`finagent backtest --strategy sma-cross --symbols MINUTES --data csv:FOLDER`, start-up, statistics, verdict and report included; bars of real shape, laid end to end.",
      header: ["", "whole process", "target"],
      rows: [
        ["first run, the file is parsed", inMs(median(first)), ""],
        ["again, from the kept columns", inMs(median(again)), "2 s"],
        ["`finagent --help`", inMs(median(help)), ""],
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function backtest(folder: string, home: string): number {
  const request = ["backtest", "--strategy", "sma-cross", "--symbols", "MINUTES"];
  return command([...request, "--data", `csv:${folder}`, "--home", home]);
}

function command(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`finagent ${args.join(" ")}: ${stderr}`);
  return performance.now() - start;
}
