import { FinAgentError } from "../../domain/errors.ts";
import type { BasePrompt } from "../../domain/prompt/base-prompt.ts";
import type { Promotion } from "../../domain/prompt/version.ts";
import type { RecordStore } from "../records/record-store.ts";
import { type AgentVersions, readAgent, readInForce } from "./agent-versions.ts";
import {
  entry,
  IN_FORCE,
  type InForce,
  type KeptVersion,
  promotionKey,
  REGISTRY,
  versionKey,
} from "./prompt-records.ts";

/** A change that is wanted. */
export type Change = Omit<Promotion, "agent" | "replaced"> & {
  /** Null: the one that comes with FinAgent, whichever that will be. */
  readonly to: KeptVersion | null;
};

/**
 * Puts another version of an agent's prompt in force. It takes effect as a whole or not at all.
 * @param replaces by default what is in force when it is first looked at
 * @param decide null where nothing is to be changed
 * @returns the version in force then
 * @throws FinAgentError PROMPT_CHANGED where another one is in force by now
 */
export async function changeInForce(
  records: RecordStore,
  base: BasePrompt,
  replaces: string | undefined,
  decide: (agents: AgentVersions) => Change | null,
): Promise<string> {
  const { agent } = base;
  let expected = replaces;
  for (;;) {
    const state = await readInForce(records);
    const agents = await readAgent(records, base, state);
    const { inForce, versions } = agents;
    const change = decide(agents);
    if (change === null) return inForce;
    expected ??= inForce;
    if (inForce !== expected) throw changed(agent, expected, inForce);
    const { to, ...rest } = change;
    const number = (state.inForce[agent]?.promotions ?? 0) + 1;
    const next: InForce = {
      ...state.inForce,
      [agent]: { version: to?.version ?? null, promotions: number },
    };
    // A base version must be there for whoever comes back to it, though FinAgent comes with another one by then.
    const bases = [versions.get(inForce), to].filter((one) => one?.author === "base");
    const done = await records.write(REGISTRY, {
      put: [
        entry(IN_FORCE, next),
        entry(promotionKey(agent, number), { ...rest, agent, replaced: inForce }),
        ...bases.map((one) => entry(versionKey(agent, one?.version ?? ""), one)),
      ],
      expect: [{ key: IN_FORCE, value: state.kept }],
    });
    // Otherwise something has changed in between, perhaps another agent's prompt only.
    if (done) return rest.version;
  }
}

function changed(agent: string, expected: string, inForce: string): FinAgentError {
  return new FinAgentError(
    "PROMPT_CHANGED",
    `The version ${inForce} of the ${agent} agent's prompt is in force by now, not ${expected}.`,
    {
      hint: `Look at it ("finagent prompts show ${agent}"), then promote again.`,
      details: { agent, expected, inForce },
    },
  );
}
