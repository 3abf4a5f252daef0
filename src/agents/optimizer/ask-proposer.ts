import type { Proposal } from "../../domain/optimize/proposal.ts";
import type { Provenance } from "../../domain/run/provenance.ts";
import type { Usage } from "../../domain/run/usage.ts";
import { modelName } from "../../models/model-name.ts";
import { UsageMeter } from "../../models/usage.ts";
import { type ModelQuestion, proposeByModel } from "./propose-by-model.ts";

/** A proposal, or in a sentence why there is none. */
export interface Proposed {
  readonly answer: Proposal | string;
  readonly by: Provenance;
  readonly usage: Usage;
}

/** Asks the model once, and counts what that took. @throws FinAgentError MODEL_* where the endpoint fails */
export async function askProposer(question: Omit<ModelQuestion, "meter">): Promise<Proposed> {
  const meter = new UsageMeter({ agent: "optimizer", model: modelName(question.model) });
  const answered = await proposeByModel({ ...question, meter });
  return {
    answer: answered.ok ? answered.proposal : answered.reason,
    by: meter.fromCache ? "cache" : "llm",
    usage: meter.usage,
  };
}
