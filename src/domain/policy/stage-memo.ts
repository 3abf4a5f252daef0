import type { Factor } from "../alpha/factor.ts";
import type { AlphaReport } from "../alpha/report.ts";
import type { FinAgentError } from "../errors.ts";
import type { DataSet } from "../market/data-set.ts";
import type { RiskReport } from "../risk/report.ts";
import type { Constraints } from "./constraints.ts";
import type { Policies } from "./policies.ts";

/**
 * What alpha and risk said about a data set by row, as long as nothing that they decide by changes: a search over one
 * agent's policy asks the others the same again and again.
 */
export class StageMemo {
  readonly #alpha = new Stage<AlphaReport>();
  readonly #risk = new Stage<RiskReport>();

  /** The answers that still hold; all others are forgotten. */
  of(dataSet: DataSet, options: MemoOptions): { alpha: Answers<AlphaReport>; risk: Answers<RiskReport> } {
    const { policies, constraints, factors } = options;
    return {
      alpha: this.#alpha.answers([dataSet.panel, factors], JSON.stringify([dataSet.id, policies.alpha])),
      risk: this.#risk.answers(
        [dataSet.panel, dataSet.benchmark],
        JSON.stringify([dataSet.id, policies.risk, constraints]),
      ),
    };
  }
}

interface MemoOptions {
  readonly policies: Policies;
  readonly constraints: Constraints;
  readonly factors?: ReadonlyMap<string, Factor>;
}

type Answers<R> = Map<number, R | FinAgentError>;

/** One stage, with what its answers depend on: objects that never change, and a text. */
class Stage<R> {
  #objects: readonly unknown[] = [];
  #text = "";
  #answers: Answers<R> = new Map();

  answers(objects: readonly unknown[], text: string): Answers<R> {
    const same = this.#text === text && objects.every((one, i) => one === this.#objects[i]);
    if (!same) {
      this.#objects = objects;
      this.#text = text;
      this.#answers = new Map();
    }
    return this.#answers;
  }
}
