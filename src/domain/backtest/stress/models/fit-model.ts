import type { BarHistory } from "../bar-history.ts";
import { blockBootstrap } from "./block-bootstrap.ts";
import { garch } from "./garch.ts";
import { jumpDiffusion } from "./jump-diffusion.ts";
import type { PathModel, PathModelName } from "./path-model.ts";
import { regimeSwitching } from "./regime-switching.ts";

/** Returns that a model needs: estimates of volatility's memory, of rare jumps and of regimes want a year. */
export const NEEDED_RETURNS: Readonly<Record<PathModelName, number>> = {
  "block-bootstrap": 60,
  garch: 250,
  "jump-diffusion": 250,
  "regime-switching": 250,
};

/**
 * Fits a model on a history; yields before whatever takes long.
 * @throws FinAgentError NUMERICAL where it cannot be fitted, with the reason
 */
export function* fitModel(
  name: PathModelName,
  symbols: readonly string[],
  history: BarHistory,
): Generator<undefined, PathModel> {
  switch (name) {
    case "block-bootstrap":
      return blockBootstrap(history);
    case "garch":
      return yield* garch(symbols, history);
    case "jump-diffusion":
      return yield* jumpDiffusion(symbols, history);
    case "regime-switching":
      return regimeSwitching(history);
  }
}
