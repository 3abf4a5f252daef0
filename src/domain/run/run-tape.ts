import { z } from "zod";
import { ERROR_CODES, type ErrorCode } from "../errors.ts";

const CODES = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

/** What came of a call of a model: its answer as JSON, or its failure as a FinAgentError says it. */
export const tapedOutcomeSchema = z.union([
  z.object({ answer: z.record(z.string(), z.unknown()) }),
  z.object({
    failure: z.object({
      code: z.enum(CODES),
      message: z.string(),
      hint: z.string().optional(),
      details: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))
        .optional(),
    }),
  }),
]);

export type TapedOutcome = z.output<typeof tapedOutcomeSchema>;

/** A call of a model, by what is asked. */
export interface TapedCall {
  /** Content hash of everything that the model is told. */
  readonly key: string;
  readonly agent: string;
}

/** What is to be done with a call: its outcome is held, or the model is to be asked and the outcome kept. */
export type TapedTurn =
  | { readonly held: TapedOutcome; readonly cached: boolean }
  | { readonly held: null; readonly keep: (outcome: TapedOutcome) => Promise<void> };

/** The calls of models of one run. Outcomes hold no secrets when they come here. */
export interface RunTape {
  /** @throws FinAgentError TAPE_MISMATCH from a replay to which the call does not belong */
  ask(call: TapedCall): Promise<TapedTurn>;
}
