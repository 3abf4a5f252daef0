import type { z } from "zod";
import type { Panel } from "../market/panel.ts";
import type { Targets } from "./targets.ts";

/** The schema of a strategy's parameters: an object with defaults and bounds. */
export type ParamsSchema = z.ZodType<Record<string, unknown>>;

/**
 * A named rule with typed parameters (defaults and bounds in the schema). `targets` sees the whole panel for
 * speed, and must be causal: the decision at a row depends on that row and earlier ones alone.
 */
export interface Strategy<P extends ParamsSchema = ParamsSchema> {
  readonly name: string;
  readonly description: string;
  readonly params: P;
  targets(panel: Panel, params: z.output<P>): Targets;
}
