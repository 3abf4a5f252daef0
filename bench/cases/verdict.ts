import { createPanel } from "../../src/domain/market/panel.ts";
import { runBacktest } from "../../src/domain/backtest/run.ts";
import { decide } from "../../src/domain/backtest/decide.ts";
import { smaCross } from "../../src/domain/backtest/strategies/sma-cross.ts";
import type { DataSet } from "../../src/domain/market/data-set.ts";
import { at, last } from "../../src/domain/market/column.ts";
import { walkBars } from "../market.ts";
import { timeAlone } from "../paired.ts";
import { inMs, type Table } from "../table.ts";
import { backtestOf, PLAIN, warmUp } from "./sma-cross.ts";

const LENGTHS = [2_520, 100_000, 1_000_000] as const;

/** What a whole report costs beyond the run: statistics, benchmark, tables, and the verdict. */
export function run(): Table {
  warmUp();
  const small = reportOf(2_000);
  for (let k = 0; k < 20; k += 1) small();
  return {
    title: "The report",
    about:
      "SMA 10/30 on one symbol: the run alone, and the run with all statistics, buy and hold, trades and the verdict with its random-signal null (up to 50,000 bars also with sweeps over costs and delays).",
    header: ["bars", "run", "run and report"],
    rows: LENGTHS.map((length) => [
      length.toLocaleString("en"),
      inMs(timeAlone(backtestOf(walkBars("SIM", length, 1), PLAIN), 9)),
      inMs(timeAlone(reportOf(length), length >= 1e6 ? 3 : 9)),
    ]),
  };
}

function reportOf(length: number): () => unknown {
  const panel = createPanel([walkBars("SIM", length, 1)]);
  const dataSet: DataSet = {
    id: "bench",
    source: "bench",
    simulated: true,
    panel,
    benchmark: null,
    from: at(panel.time, 0),
    to: last(panel.closeTime),
    findings: [],
  };
  const params = smaCross.params.parse({ fast: 10, slow: 30, short: false });
  const strategy = { name: smaCross.name, params };
  return () =>
    runBacktest({ dataSet, strategy, decisions: decide(smaCross, panel, params), settings: PLAIN, seed: 1 });
}
