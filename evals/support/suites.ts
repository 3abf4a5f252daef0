import { suite as grounding } from "../grounding/suite.ts";
import { suite as judgement } from "../judgement/suite.ts";
import { suite as memorisation } from "../memorisation/suite.ts";
import { suite as numbers } from "../numbers/suite.ts";
import { suite as optimizer } from "../optimizer/suite.ts";
import { suite as requests } from "../requests/suite.ts";
import { suite as safety } from "../safety/suite.ts";
import { suite as trajectories } from "../trajectories/suite.ts";
import { type Runnable, runnable } from "./runnable.ts";

/** Every suite, in the order in which they are run and shown. */
export const SUITES: readonly Runnable[] = [
  runnable(requests),
  runnable(trajectories),
  runnable(grounding),
  runnable(numbers),
  runnable(safety),
  runnable(judgement),
  runnable(optimizer),
  runnable(memorisation),
];
