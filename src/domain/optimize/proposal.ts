/** A rewrite that passed what can be checked without trying it. */
export interface Proposal {
  readonly author: "optimizer" | "model";
  /** Which model wrote it; null for the search. */
  readonly model: string | null;
  readonly reasoning: string;
  readonly instructions: string;
  readonly policy: Readonly<Record<string, unknown>>;
}
