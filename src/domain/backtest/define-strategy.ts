import { z } from "zod";
import type { ParamsSchema, Strategy } from "./strategy.ts";

const none = z.strictObject({});

type NoParams = typeof none;

/** A strategy as it is written: one without parameters leaves `params` out. */
type Draft<P extends ParamsSchema> =
  Strategy<P> extends infer S
    ? S extends unknown
      ? Omit<S, "params" | "module" | "sourceHash"> & { readonly params?: P }
      : never
    : never;

/**
 * A strategy of one's own, with the types of its parameters: `export default defineStrategy({...})` in a file that
 * `finagent backtest --strategy ./my-strategy.ts` loads, or one of the `strategies` of a runtime.
 */
export function defineStrategy<P extends ParamsSchema = NoParams>(draft: Draft<P>): Strategy<P> {
  return { params: none, ...draft } as unknown as Strategy<P>;
}
