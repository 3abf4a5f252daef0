import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { walkBars, walkPanel } from "../market.ts";
import { backtestOf, BARS, FULL, PLAIN } from "./sma-cross.ts";
import { equalWeightOf } from "./scaling.ts";
import { megabytes, type Table } from "../table.ts";

const COLUMNS = 9;
const CASES = ["nothing", "data", "plain", "full", "panel", "panel-run"] as const;
const SYMBOLS = 1_000;
const DAYS = 2_520;

/** The peak of a process that does one thing, by the kernel's count. */
export function run(): Table {
  const peak = Object.fromEntries(CASES.map((name) => [name, peakOf(name)]));
  const bytes = (name: (typeof CASES)[number]): number => peak[name] ?? NaN;
  const columns = COLUMNS * 8 * BARS;
  const panel = COLUMNS * 8 * SYMBOLS * DAYS;
  const over = (all: number, data: number): string => `${((all - bytes("nothing")) / data).toFixed(2)} times`;
  return {
    title: "Peak memory",
    about: "Resident memory of a process of its own, at its peak; a bar has nine columns of eight bytes.",
    header: ["", "peak", "beyond an empty process, of the columns", "target"],
    rows: [
      ["Node and the modules, no data", megabytes(bytes("nothing")), "", ""],
      [
        `${megabytes(columns)} of columns, no backtest`,
        megabytes(bytes("data")),
        over(bytes("data"), columns),
        "",
      ],
      ["(a), signal path", megabytes(bytes("plain")), over(bytes("plain"), columns), "200 MB"],
      ["(a), every cost and stop", megabytes(bytes("full")), over(bytes("full"), columns), "200 MB"],
      [
        `${SYMBOLS.toLocaleString("en")} symbols of ten years, ${megabytes(panel)}, no backtest`,
        megabytes(bytes("panel")),
        over(bytes("panel"), panel),
        "",
      ],
      [
        "the same, equal weights rebalanced daily",
        megabytes(bytes("panel-run")),
        over(bytes("panel-run"), panel),
        "3 times",
      ],
    ],
  };
}

function peakOf(name: (typeof CASES)[number]): number {
  const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return Number(stdout);
}

function work(name: string): void {
  if (name === "data") walkBars("SIM", BARS, 1);
  else if (name === "plain") backtestOf(walkBars("SIM", BARS, 1), PLAIN)();
  else if (name === "full") backtestOf(walkBars("SIM", BARS, 1), FULL)();
  else if (name === "panel") walkPanel(SYMBOLS, DAYS, 1);
  else if (name === "panel-run") equalWeightOf(SYMBOLS, DAYS)();
}

if (import.meta.main) {
  work(process.argv[2] ?? "");
  process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
}
