import type { z } from "zod";
import type { Indicators } from "../indicators/indicators.ts";
import type { Bars } from "../market/bars.ts";
import type { Panel } from "../market/panel.ts";
import type { Desk } from "./desk.ts";
import type { Signal } from "./signal.ts";
import type { Targets } from "./targets.ts";

/** The schema of a strategy's parameters: an object with a default, least and most for each. */
export type ParamsSchema = z.ZodType<Record<string, unknown>>;

/** What every strategy says of itself, whatever it decides by. */
export interface Named<P extends ParamsSchema = ParamsSchema> {
  readonly name: string;
  readonly description: string;
  readonly params: P;
  /** The file (URL) whose default export it is, so that worker threads can load it; absent for built-in ones. */
  readonly module?: string;
  /** Of the text of that file and of those that it imports, packages left out. */
  readonly sourceHash?: string;
}

/**
 * A rule that looks at one symbol at a time. It sees all bars for speed, and must be causal: what it decides at
 * a bar depends on that bar and earlier ones alone (`--prove` checks that). `indicators` are the functions of
 * domain/indicators, in a sweep with a memory.
 */
export interface SignalStrategy<P extends ParamsSchema = ParamsSchema> extends Named<P> {
  signal(bars: Bars, params: z.output<P>, indicators: Indicators): Signal;
}

/** A rule that weighs the symbols of a panel against each other; causal in the same sense. */
export interface TargetStrategy<P extends ParamsSchema = ParamsSchema> extends Named<P> {
  targets(panel: Panel, params: z.output<P>, indicators: Indicators): Targets;
}

/**
 * A rule that is asked at every close of a row and answers with orders or weights. It sees the past alone, so it
 * cannot look ahead, and takes longer. What it remembers from bar to bar belongs into `desk.notes`.
 */
export interface StepStrategy<P extends ParamsSchema = ParamsSchema> extends Named<P> {
  onBar(desk: Desk, params: z.output<P>): void;
}

export type Strategy<P extends ParamsSchema = ParamsSchema> =
  SignalStrategy<P> | TargetStrategy<P> | StepStrategy<P>;
