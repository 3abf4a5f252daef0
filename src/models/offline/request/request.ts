import type { ListedCompany } from "../../../domain/market/directory.ts";
import type { Constraints } from "../../../domain/policy/constraints.ts";
import type { WeightingMethod } from "../../../domain/policy/portfolio.ts";
import type { Condition } from "./condition.ts";
import type { Form, Stage } from "./goals.ts";
import type { Optimising } from "./optimising.ts";
import type { Refusal } from "./refusal.ts";
import type { OwnWeights } from "./own-weights.ts";
import type { Period } from "./relative-period.ts";
import type { Screening } from "./screening.ts";
import type { NamedStrategy } from "./strategy.ts";

/** What the person wants, as the whole conversation up to a message says it. */
export interface Request {
  /** The latest message. */
  readonly text: string;
  /** What the latest message asks for; undefined where nothing could be read in it. */
  readonly form?: Form;
  /** The work that follow-ups refer to. */
  readonly work: Work;
  readonly symbols: readonly string[];
  readonly universe?: "stocks" | "index";
  readonly period?: Period;
  readonly capital?: number;
  readonly constraints: Constraints;
  /** The person's own weights, whose risk is measured. */
  readonly ownWeights?: OwnWeights;
  readonly method?: WeightingMethod;
  readonly conditions: readonly Condition[];
  readonly strategy?: NamedStrategy;
  /** What the latest message wants of the optimizer. */
  readonly optimising?: Optimising;
  readonly screening?: Screening;
  /** What the answer must say plainly: what is not available, what was not left out. */
  readonly notes: readonly string[];
  /** How open words were read. */
  readonly assumptions: readonly string[];
  /** Asked back instead of guessing. */
  readonly question?: Question;
  readonly refusal?: Refusal;
}

export interface Work {
  readonly form: "analysis" | "comparison" | "screen";
  readonly stages: ReadonlySet<Stage>;
}

export interface Question {
  readonly text: string;
  /** Companies that an answer may pick by "yes" or by a part of the name. */
  readonly offers: readonly ListedCompany[];
}

export const NO_REQUEST: Request = {
  text: "",
  work: { form: "analysis", stages: new Set() },
  symbols: [],
  constraints: {},
  conditions: [],
  notes: [],
  assumptions: [],
};
