import { z } from "zod";
import type { TargetStrategy } from "../strategy.ts";

const paramsSchema = z.strictObject({});

/**
 * Puts an equal part of equity into each symbol at the start and leaves it there. The part of a symbol that
 * is not listed yet waits in cash for its first bar.
 */
export const buyAndHold: TargetStrategy<typeof paramsSchema> = {
  name: "buy-and-hold",
  description: "Buys all symbols in equal parts once and holds them",
  params: paramsSchema,
  targets: (panel) => ({
    rows: Int32Array.of(0),
    weights: panel.symbols.map(() => Float64Array.of(1 / panel.symbols.length)),
  }),
};
