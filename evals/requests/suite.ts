import { AS_OF } from "./case.ts";
import type { RequestCase } from "./case.ts";
import { ANALYSES } from "./cases/analyses.ts";
import { BACKTESTS } from "./cases/backtests.ts";
import { COMPARISONS } from "./cases/comparisons.ts";
import { CONDITIONS } from "./cases/conditions.ts";
import { LIMITS } from "./cases/limits.ts";
import { PERIODS } from "./cases/periods.ts";
import { PORTFOLIOS } from "./cases/portfolios.ts";
import { QUESTIONS } from "./cases/questions.ts";
import { criteriaOf, scoreRequest } from "./score-request.ts";
import { type Asked, askSubject } from "../support/ask-subject.ts";
import type { Suite } from "../support/suite.ts";

export const suite: Suite<RequestCase, Asked> = {
  name: "requests",
  claim:
    "It reads what people write: symbols, days, money, limits, methods and conditions; it does what was asked and no more, and says what it cannot do.",
  cases: [
    ...ANALYSES,
    ...PERIODS,
    ...PORTFOLIOS,
    ...CONDITIONS,
    ...COMPARISONS,
    ...BACKTESTS,
    ...QUESTIONS,
    ...LIMITS,
  ],
  criteria: criteriaOf,
  // The market is the same for all, so that a change of the seed shows what hangs on a model's own chance.
  observe: (subject, one) => askSubject(subject, one.request, { data: "simulated", seed: 1, asOf: AS_OF }),
  score: scoreRequest,
};
