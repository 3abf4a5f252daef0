/** What a fork does otherwise than the run that it comes from. */
export interface ForkChange {
  /** The step that is the first to be done anew, by its number or its name; default: the first of all. */
  readonly at?: string;
  /**
   * New values by name: `request`, `input.FIELD`, `policy.AGENT.FIELD`, `prompt.AGENT`, `seed`, `model`. Deeper fields follow
   * after a dot.
   */
  readonly set: Readonly<Record<string, unknown>>;
}
