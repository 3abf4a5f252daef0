import type { DecidingAgent } from "../prompt/deciding-agents.ts";
import { type Policies, policiesSchema } from "./policies.ts";

/** A team's policies with another one of one agent. @throws ZodError where it is none of that agent's */
export function withPolicy(policies: Policies, agent: DecidingAgent, policy: unknown): Policies {
  return policiesSchema.parse({ ...policies, [agent]: policy });
}
