import { setImmediate as nextTurn } from "node:timers/promises";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { z } from "zod";
import { FinAgentError } from "../domain/errors.ts";
import type { ArtifactKinds } from "../domain/ports.ts";
import type { RunReport } from "../domain/run/report.ts";
import type { Provenance } from "../domain/run/provenance.ts";
import type { Fallback } from "../domain/run/stand-ins.ts";
import { NO_USAGE } from "../domain/run/usage.ts";
import { modelName } from "../models/model-name.ts";
import { UsageMeter } from "../models/usage.ts";
import type { ToolContext } from "../tools/tool.ts";
import { askModel } from "./llm-mind.ts";
import type { Role, Specialist } from "./specialist.ts";

/** Which mind a specialist uses: the rules of its policy, or a model. */
export type Mind = { readonly kind: "rules" } | { readonly kind: "llm"; readonly model: BaseChatModel };

export interface Consultation<K extends Role> {
  readonly report: ArtifactKinds[K];
  readonly by: Provenance;
  /** Why the rules stood in for the model; null unless `by` is fallback. */
  readonly fallback: Fallback | null;
  /** The model's own words; null where no model was followed. */
  readonly summary: string | null;
  readonly usage: RunReport["usage"];
}

/**
 * Asks a specialist for its report. A model that fails, times out or answers nonsense after its corrections
 * is replaced by the rules mind, and the answer says so; an error in the data or the request is not hidden.
 */
export async function consult<K extends Role, I extends z.ZodType, C extends z.ZodObject>(
  specialist: Specialist<K, I, C>,
  ctx: ToolContext,
  input: z.output<I>,
  mind: Mind,
): Promise<Consultation<K>> {
  // Rules compute without waiting for anything: between two agents the process hears of Ctrl-C and of other requests.
  await nextTurn();
  ctx.signal.throwIfAborted();
  // What is wrong with the request is wrong for any mind, and is found before a model is paid for.
  const byRules = await specialist.rules(ctx, input);
  if (mind.kind === "rules") return { report: byRules, by: "rules", ...NOTHING_ELSE };
  const meter = new UsageMeter({ agent: specialist.role, model: modelName(mind.model) });
  try {
    const { report, summary } = await askModel({ specialist, ctx, input, byRules }, mind.model, meter);
    const by = meter.fromCache ? "cache" : "llm";
    return { ...NOTHING_ELSE, report, by, summary, usage: meter.usage };
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!(error instanceof FinAgentError) || !error.code.startsWith("MODEL_")) throw error;
    const fallback = { code: error.code, message: error.message, asked: true };
    return { ...NOTHING_ELSE, report: byRules, by: "fallback", fallback, usage: meter.usage };
  }
}

const NOTHING_ELSE = { fallback: null, summary: null, usage: NO_USAGE };
