import type { BaseChatModel } from "@langchain/core/language_models/chat_models";

/** Asked of a set, so that who asks need not load the clients. */
const PAYING = new WeakSet<BaseChatModel>();

/** Says of a model that its fetch sets money apart for each attempt; see `patientFetch`. */
export function payingByAttempt<M extends BaseChatModel>(model: M): M {
  PAYING.add(model);
  return model;
}

export function paysByAttempt(model: BaseChatModel): boolean {
  return PAYING.has(model);
}
