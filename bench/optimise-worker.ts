import { plantedDataSet } from "../tests/support/planted-market.ts";
import { noEdgeDataSet } from "./no-edge-market.ts";
import { optimise, type Optimised } from "./optimise.ts";

export interface Assignment {
  readonly market: "no edge" | "planted";
  readonly seed: number;
  readonly budget: number;
}

/** In a thread of its own: one optimisation on one market. */
export default function optimiseMarket({ market, seed, budget }: Assignment): Promise<Optimised> {
  return market === "no edge"
    ? optimise(noEdgeDataSet(seed), budget, seed)
    : optimise(plantedDataSet(seed), budget, seed, "alpha");
}
