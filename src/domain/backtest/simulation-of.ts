import type { MarketColumns } from "./market-columns.ts";
import { replay, tradesOf } from "./replay.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Simulation } from "./simulation.ts";
import type { TurnoverLog } from "./turnover-log.ts";

/** A simulation of what was recorded, the rest to be worked out when it is first asked for. */
export function simulationOf(
  market: MarketColumns,
  settings: BacktestSettings,
  log: Pick<TurnoverLog, "column">,
  recorded: Omit<Simulation, "cash" | "exposure" | "turnover" | "trades">,
): Simulation {
  const columns = once(() => replay(market, settings, recorded));
  const turnover = once(() => log.column(recorded.fromRow, recorded.toRow));
  const trades = once(() => tradesOf(market, recorded));
  return {
    ...recorded,
    get cash() {
      return columns().cash;
    },
    get exposure() {
      return columns().exposure;
    },
    get turnover() {
      return turnover();
    },
    get trades() {
      return trades();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
