import type { Consultation, Mind } from "../agents/consult.ts";
import type { Role } from "../agents/specialist.ts";
import { refuseUnusableModel } from "./pipeline-context.ts";

/**
 * Failures in a row after which a stage does not ask its model any more: each has had its retries, and an endpoint that is
 * gone would cost its whole timeout at every date that is left.
 */
export const GIVE_UP_AFTER = 3;

/** An endpoint that is there and answers nonsense may do better at the next date. */
const AWAY: readonly string[] = ["MODEL_UNREACHABLE", "MODEL_TIMEOUT", "MODEL_RATE_LIMITED"];

/** Asks with a mind of the caller's choice. */
type Ask<K extends Role> = (mind: Mind) => Promise<Consultation<K>>;

/**
 * How one stage asks its model date by date: after `GIVE_UP_AFTER` failures in a row to reach it the rules stand in without
 * asking, and each decision says so.
 * @throws FinAgentError MODEL_AUTH, MODEL_NOT_FOUND
 */
export function patientStage<K extends Role>(mind: Mind): (ask: Ask<K>) => Promise<Consultation<K>> {
  let inARow = 0;
  let code = "";
  return async (ask) => {
    if (inARow === GIVE_UP_AFTER) {
      const message = `The model was not asked any more in this stage, after ${GIVE_UP_AFTER} failures in a row to reach it.`;
      const byRules = await ask({ kind: "rules" });
      return { ...byRules, by: "fallback", fallback: { code, message, asked: false } };
    }
    const answer = await ask(mind);
    refuseUnusableModel(answer);
    code = answer.fallback?.code ?? "";
    inARow = AWAY.includes(code) ? inARow + 1 : 0;
    return answer;
  };
}
