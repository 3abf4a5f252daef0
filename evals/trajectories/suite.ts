import { type Asked, askSubject } from "../support/ask-subject.ts";
import type { Suite } from "../support/suite.ts";
import type { TrajectoryCase } from "./case.ts";
import { TRAJECTORIES } from "./cases.ts";
import { criteriaOf, scoreTrajectory } from "./score-trajectory.ts";

export const suite: Suite<TrajectoryCase, Asked> = {
  name: "trajectories",
  claim:
    "It plans first, calls what is needed in an order that makes sense and side by side where it can, takes the branch that the figures say, and makes good what fails or says that it cannot.",
  cases: TRAJECTORIES,
  criteria: criteriaOf,
  observe: (subject, one) =>
    askSubject(subject, one.request, { data: "simulated", seed: 1, asOf: "2025-06-30" }, one.parts?.()),
  score: scoreTrajectory,
};
