import type { References } from "../agents/manager/state.ts";
import type { Artifacts } from "../domain/ports.ts";
import type { RunParts } from "../domain/run/compose.ts";

/** The reports that a run's references name. */
export async function made(
  references: References,
  artifacts: Artifacts,
): Promise<Pick<RunParts, "data" | "alpha" | "risk" | "portfolio" | "backtest">> {
  const { data, alpha, risk, portfolio, backtest } = references;
  return {
    ...(data === undefined ? {} : { data: await artifacts.get("data", data) }),
    ...(alpha === undefined ? {} : { alpha: await artifacts.get("alpha", alpha) }),
    ...(risk === undefined ? {} : { risk: await artifacts.get("risk", risk) }),
    ...(portfolio === undefined ? {} : { portfolio: await artifacts.get("portfolio", portfolio) }),
    ...(backtest === undefined ? {} : { backtest: await artifacts.get("backtest", backtest) }),
  };
}
