import type { RuntimeParts, Runtime } from "../../src/runtime.ts";
import type { ConfigInput } from "../../src/config.ts";
import type { FinAgentError } from "../../src/domain/errors.ts";

/** Who is examined: a model (or several, by agent) with the prompt versions in force. */
export interface Subject {
  /** Prompt version in force, by agent. */
  readonly prompts: Readonly<Record<string, string>>;
  /** What its runs have cost so far. */
  readonly account: Account;
  /** As the table names it, e.g. `offline` or `openai:gpt-5-mini`. */
  readonly name: string;
  /** Whether answers cost nothing and are the same every time. */
  readonly deterministic: boolean;
  /** The last day of what the model was trained on (YYYY-MM-DD); null: not stated. */
  readonly cutoff: string | null;
  /** The product with the subject's model in a home of its own; the suite brings data, seed and as-of day. */
  runtime(settings: ConfigInput, parts?: RuntimeParts): Runtime;
}

/** What a subject's runs have cost. */
export interface Account {
  /** Null where a price is not known. */
  readonly costUsd: number | null;
  /** Why no further sample can be run: the budget is spent, or the settings are wrong. */
  readonly refused: FinAgentError | null;
}

/** One criterion of one sample. */
export interface Score {
  /** One of the suite's criteria. */
  readonly criterion: string;
  readonly passed: boolean;
  /** What was expected and what was seen; empty where it passed and nothing is to be said. */
  readonly detail: string;
}

/** A figure of one sample that is reported, not judged. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
}

export interface Suite<Case extends { readonly id: string }, Seen> {
  readonly name: string;
  /** One sentence: what a subject that passes can do. */
  readonly claim: string;
  readonly cases: readonly Case[];
  /** What the suite would examine too and cannot here, each in a sentence: real data that is not there. */
  readonly absent?: readonly string[];
  /** Criteria that a case must be scored by. One that `score` leaves out counts as failed. */
  criteria(one: Case): readonly string[];
  /** Asks the subject. Model calls happen here alone; `seed` is the sample's own. */
  observe(subject: Subject, one: Case, seed: number): Promise<Seen>;
  /** Pure: the same observation has the same scores. */
  score(one: Case, seen: Seen): readonly Score[] | Promise<readonly Score[]>;
  /** Figures to report beside the scores. */
  measure?(one: Case, seen: Seen): readonly Measurement[];
}
