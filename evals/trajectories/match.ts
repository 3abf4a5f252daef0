type Turns = readonly (readonly string[])[];

const MODES = ["strict", "unordered", "superset", "subset"] as const;

/**
 * Whether calls by turn match a reference (`agentevals`), arguments left aside.
 *
 * strict: the same turns, those within one in any order; unordered: the same calls; superset: all of the reference and
 * perhaps more; subset: none but those of the reference, each at most as often.
 */
export async function matches(mode: (typeof MODES)[number], seen: Turns, reference: Turns): Promise<boolean> {
  // Loaded when the first one is judged: it takes most of a second.
  const { createTrajectoryMatchEvaluator } = await import("agentevals");
  const evaluator = createTrajectoryMatchEvaluator({
    trajectoryMatchMode: mode,
    toolArgsMatchMode: "ignore",
  });
  const { score } = await evaluator({ outputs: messages(seen), referenceOutputs: messages(reference) });
  return score === true;
}

function messages(turns: Turns): { role: "assistant"; content: string; tool_calls: object[] }[] {
  return turns.map((turn) => ({
    role: "assistant",
    content: "",
    tool_calls: turn.map((name) => ({ type: "function", function: { name, arguments: "{}" } })),
  }));
}
