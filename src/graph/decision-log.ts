import type { Consultation } from "../agents/consult.ts";
import type { Role } from "../agents/specialist.ts";
import { isoTime } from "../domain/iso-time.ts";
import type { Provenance } from "../domain/run/provenance.ts";
import { type DecisionMade, stretchesOf } from "../domain/run/stand-ins.ts";
import type { Step } from "../domain/run/step.ts";

/** Who decided at each date of a stage, and why rules stood in where they did. */
export class DecisionLog {
  readonly #by: Provenance[] = [];
  readonly #made: DecisionMade[] = [];

  /** @param at the close at which it was decided, epoch milliseconds */
  add({ by, fallback }: Pick<Consultation<Role>, "by" | "fallback">, at: number): void {
    this.#by.push(by);
    this.#made.push({ at: isoTime(at), fallback });
  }

  /** What a step tells of it. */
  told(): Pick<Step, "by" | "decisions" | "fallback" | "standIns"> {
    const standIns = stretchesOf(this.#made);
    const [first] = standIns;
    return {
      by: this.#by.at(-1) ?? null,
      decisions: [...this.#by],
      ...(first === undefined ? {} : { fallback: first.reason, standIns }),
    };
  }
}
