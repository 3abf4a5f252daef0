import type { Conversation, Step } from "./conversation.ts";
import type { Decision, ToolRequest } from "./decision.ts";
import { fillSchema } from "./json-schema.ts";
import type { BoundTool } from "./plan/custom-tool.ts";
import { requestOf } from "./request/follow-up.ts";

/** The form that a structured answer must have: a tool that takes it, or a schema for the text itself. */
export type OutputForm =
  { readonly kind: "tool"; readonly tool: BoundTool } | { readonly kind: "text"; readonly schema: unknown };

/**
 * The next step towards a structured answer: the computing tools with the policy of the system prompt and the ids
 * of the task, then their result in the form asked for. Nothing is made up: a form that cannot be filled from what
 * the tools returned is answered with a text that says so.
 */
export function decideStructured(
  conversation: Conversation,
  computing: readonly BoundTool[],
  output: OutputForm,
): Decision {
  const steps = conversation.turns.flatMap((turn) => turn.steps);
  const policy = fencedJson(conversation.system, "json policy") ?? fencedJson(conversation.system, "json");
  const given = [
    ...(policy === undefined ? [] : [{ policy }]),
    ...conversation.turns.map((turn) => jsonIn(turn.text)),
    policy,
  ];
  const calls = computing.flatMap((tool): ToolRequest[] => {
    if (steps.some((step) => step.tool === tool.name)) return [];
    const args = fillSchema(tool.parameters, given);
    return args === undefined ? [] : [{ name: tool.name, args }];
  });
  if (calls.length > 0) return { kind: "calls", calls };

  const rejected =
    output.kind === "tool" &&
    (conversation.turns.at(-1)?.steps ?? []).some((step) => step.tool === output.tool.name);
  if (rejected) return failure("The structured answer was not accepted.");
  const failed = steps.find((step) => step.outcome?.ok === false);
  if (failed?.outcome?.ok === false) return failure(failed.outcome.error.message);
  const asked = computing.length === 0 ? [readRequest(conversation)] : [];
  const schema = output.kind === "tool" ? output.tool.parameters : output.schema;
  const filled = fillSchema(schema, [...values(steps), ...given, ...asked]);
  if (filled === undefined) return failure("The form asks for what no tool returned.");
  return output.kind === "tool"
    ? { kind: "calls", calls: [{ name: output.tool.name, args: filled }] }
    : { kind: "answer", text: JSON.stringify(filled) };
}

function failure(message: string): Decision {
  return { kind: "answer", text: `The offline model cannot give this structured answer. ${message}` };
}

/** What the tools returned, the latest first. */
function values(steps: readonly Step[]): unknown[] {
  return steps.flatMap((step) => (step.outcome?.ok === true ? [step.outcome.value] : [])).toReversed();
}

/** The request as it was read, for forms that ask for its parts. */
function readRequest({ turns, asOf }: Conversation): unknown {
  const { period, symbols, capital, constraints, method, work } = requestOf(
    turns.map((turn) => turn.text),
    asOf,
  );
  return {
    symbols: symbols.length === 0 ? undefined : symbols,
    ...period,
    period,
    capital,
    constraints,
    method,
    stages: [...work.stages],
  };
}

/** The JSON of the first fenced block whose info string is the given one. */
function fencedJson(text: string, info: string): unknown {
  const block = new RegExp(`\`\`\`${info}[ \\t]*\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1];
  return block === undefined ? undefined : parse(block);
}

function jsonIn(text: string): unknown {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  return fencedJson(text, "json") ?? (start < 0 ? undefined : parse(text.slice(start, end + 1)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
