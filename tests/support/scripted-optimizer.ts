import { REVERSAL_BARS } from "./planted-market.ts";
import { call, calls, type Player, textOf } from "./scripted-team.ts";

/** The policy that finds what is planted. */
export const FINDS_EDGE = {
  factors: [{ name: "reversal", lookbackBars: REVERSAL_BARS, weight: 1 }],
  combination: "cross-section",
  threshold: 0.1,
} as const;

/** More of what does not work on the planted market. */
export const MISSES_EDGE = {
  ...FINDS_EDGE,
  factors: [{ name: "momentum", lookbackBars: 126, weight: 1 }],
} as const;

/** A factor that nobody has registered. */
export const NOT_VALID = {
  ...FINDS_EDGE,
  factors: [{ name: "astrology", lookbackBars: 42, weight: 1 }],
} as const;

/**
 * A proposer's model that hands in policies one after the other, by how many candidates its question says were tried, with
 * the instructions that it was shown and a sentence more.
 */
export function proposer(...policies: readonly object[]): Player {
  return ({ request: { messages, tools = [] } }) => {
    const question = textOf(messages.findLast(({ role }) => role === "user"));
    const [form] = tools;
    const instructions = /```text\n([^]*?)\n```/.exec(question)?.[1] ?? "";
    const evidence = /```json evidence\n([^]*?)\n```/.exec(question)?.[1] ?? "";
    const { tried } = JSON.parse(evidence) as { tried: readonly unknown[] };
    return calls(
      call(form?.function.name ?? "", {
        instructions: `${instructions}\n\nRewrite ${tried.length + 1}: go by the factors of the policy as they are.`,
        policy: policies[tried.length] ?? policies.at(-1),
        reasoning: "The worst trades bought what had risen; what lagged came back.",
      }),
    );
  };
}
