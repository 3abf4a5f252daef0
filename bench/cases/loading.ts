import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ColumnCache } from "../../src/adapters/columnar/column-cache.ts";
import { csvMarketData } from "../../src/adapters/csv/csv-market-data.ts";
import { minuteBars } from "../minute-bars.ts";
import { median } from "../paired.ts";
import { inMs, type Table } from "../table.ts";
import { dailyFiles } from "../daily-files.ts";

const ROWS = 1_000_000;
const SYMBOLS = 500;
const DAYS = 2_520;
const UNTIL = Date.UTC(2026, 0, 1);
const REPEATS = 5;

/** From files to checked series of every symbol, each time in a process of its own. */
export function run(): Table {
  const folder = mkdtempSync(join(tmpdir(), "finagent-bench-"));
  try {
    const minutes = join(folder, "minutes");
    const days = join(folder, "days");
    for (const one of [minutes, days]) mkdirSync(one);
    writeFileSync(join(minutes, "MIN.csv"), minuteBars(ROWS, 1));
    dailyFiles(days, SYMBOLS, DAYS);
    const rows = [
      { what: "one file of a million minutes", source: minutes, count: ROWS },
      { what: `${SYMBOLS} files of ten years of days`, source: days, count: SYMBOLS * DAYS },
    ].map(({ what, source, count }) => {
      const home = join(folder, "home");
      const cold: number[] = [];
      const warm: number[] = [];
      for (let k = 0; k < REPEATS; k += 1) {
        rmSync(home, { recursive: true, force: true });
        cold.push(load(source, home));
        warm.push(load(source, home));
      }
      const rate = (ms: number): string => `${(count / ms / 1000).toFixed(1)} million rows a second`;
      return [what, inMs(median(cold)), rate(median(cold)), inMs(median(warm)), rate(median(warm))];
    });
    return {
      title: "Loading",
      about:
        "From files to checked series. First: the text is parsed and kept as columns beside its hash; again: the columns are read, after the file's hash was compared. Each in a fresh process, its start not counted.",
      header: ["", "first", "", "again", ""],
      rows,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function load(source: string, home: string): number {
  const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), source, home], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return Number(stdout);
}

if (import.meta.main) {
  const [source = "", home = ""] = process.argv.slice(2);
  const symbols = readdirSync(source).map((name) => name.replace(".csv", ""));
  const start = performance.now();
  const market = csvMarketData(source, { cache: new ColumnCache(join(home, "columns")) });
  for (const symbol of symbols) await market.series(symbol, UNTIL);
  process.stdout.write(String(performance.now() - start));
}
