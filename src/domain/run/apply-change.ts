import { z } from "zod";
import { FinAgentError } from "../errors.ts";
import type { ForkChange } from "./fork-change.ts";
import type { RunHeader } from "./run-header.ts";
import { setField } from "./set-field.ts";

/** A run with a fork's changes in it. */
export interface Changed {
  /** To be validated by the capability. */
  readonly input: unknown;
  readonly seed: number;
  readonly model: string;
  /** All of `policy.…` and `prompt.…` that are in force, those of an earlier fork too. */
  readonly overrides: Readonly<Record<string, unknown>>;
}

const AGENTS = ["manager", "data", "alpha", "risk", "portfolio", "backtest"];
const WITH_POLICY = ["alpha", "risk", "portfolio"];

/** Capabilities in which agents decide. */
const AGENTIC = ["ask", "run_pipeline"];

const seedSchema = z.number().int().min(0).max(4_294_967_295);
const modelSchema = z.string().regex(/^(offline|openai:.+)$/);

/** @throws FinAgentError BAD_ARGUMENT that names the setting */
export function applyChange(
  run: Pick<RunHeader, "tool" | "input" | "seed" | "model" | "overrides">,
  { set }: ForkChange,
): Changed {
  const agentic = AGENTIC.includes(run.tool);
  let { input, seed, model } = run;
  const overrides: Record<string, unknown> = { ...run.overrides };
  for (const [name, value] of Object.entries(set)) {
    const [kind = "", agent = "", ...rest] = name.split(".");
    const refuse = (why: string): never => {
      throw new FinAgentError("BAD_ARGUMENT", `${name}: ${why}`, {
        hint: "A fork sets request, input.FIELD, policy.AGENT.FIELD, prompt.AGENT, seed or model.",
        details: { field: name },
      });
    };
    const needAgents = (): unknown => agentic || refuse(`no agent decides in ${run.tool}.`);
    switch (kind) {
      case "request":
        if (run.tool !== "ask" || agent !== "") refuse(`${run.tool} takes no request.`);
        input = setField(input, ["request"], value);
        break;
      case "input":
        if (agent === "") refuse("name a field of the input.");
        if (agent === "threadId") refuse("a fork has a thread of its own.");
        input = setField(input, [agent, ...rest], value);
        break;
      case "policy":
        needAgents();
        if (!WITH_POLICY.includes(agent)) refuse(`the agents with a policy are ${WITH_POLICY.join(", ")}.`);
        if (rest.length === 0) refuse("name a field of the policy.");
        overrides[name] = value;
        break;
      case "prompt":
        needAgents();
        if (!AGENTS.includes(agent) || rest.length > 0) refuse(`the agents are ${AGENTS.join(", ")}.`);
        if (typeof value !== "string" || value.trim() === "") refuse("the instructions must be a text.");
        overrides[name] = value;
        break;
      case "seed":
        seed = seedSchema.safeParse(value).data ?? refuse("must be a whole number from 0.");
        break;
      case "model":
        needAgents();
        model = modelSchema.safeParse(value).data ?? refuse("must be offline or openai:NAME.");
        break;
      default:
        refuse("there is no such setting.");
    }
  }
  return { input, seed, model, overrides };
}
