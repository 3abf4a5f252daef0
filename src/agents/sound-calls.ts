import {
  AIMessage,
  type BaseMessage,
  type InvalidToolCall,
  type ToolCall,
  ToolMessage,
} from "@langchain/core/messages";
import { createMiddleware } from "langchain";

/** Where the text of arguments that are no JSON travels to the tool call's answer. */
const MALFORMED = "malformed_arguments";

/**
 * Makes tool calls such that the loop and the endpoint can rely on them.
 * - Arguments that are no JSON object are answered with an error that the model can act on; the library would drop
 *   the call, and the run would end without an answer. No arguments at all mean an empty object.
 * - An id that is missing or was used before gets a suffix: results are matched to calls by it.
 * - A call that nobody answered (a structured answer beside other calls ends the loop) gets an answer, since
 *   endpoints refuse a conversation with an open call.
 */
export const soundCalls = createMiddleware({
  name: "sound_calls",
  wrapModelCall: async (request, handler) => {
    const answer = await handler({ ...request, messages: answered(request.messages) });
    const used = new Set(
      request.messages.filter((one) => ToolMessage.isInstance(one)).map((one) => one.tool_call_id),
    );
    const given = answer.tool_calls ?? [];
    const sound = [...given, ...(answer.invalid_tool_calls ?? []).map(asCall)].map((call) =>
      soundCall(call, used),
    );
    if (sound.length === given.length && sound.every((call, at) => call === given[at])) return answer;
    return new AIMessage({
      ...(answer.id === undefined ? {} : { id: answer.id }),
      content: answer.content,
      tool_calls: sound,
      response_metadata: answer.response_metadata,
      ...(answer.usage_metadata === undefined ? {} : { usage_metadata: answer.usage_metadata }),
    });
  },
  wrapToolCall: (request, handler) =>
    MALFORMED in request.toolCall.args ? errorFor(request.toolCall) : handler(request),
});

function errorFor({ id = "", name, args }: ToolCall): ToolMessage {
  const content =
    MALFORMED in args
      ? {
          code: "BAD_ARGUMENT",
          message: `The arguments of this call of ${name} were not a JSON object.`,
          hint: "Call the tool again with a JSON object that follows its schema.",
        }
      : { code: "BAD_REQUEST", message: `This call of ${name} was not carried out.` };
  return new ToolMessage({
    content: JSON.stringify(content),
    name,
    status: "error",
    tool_call_id: id,
  });
}

/** A call that came without an id is set apart by the library too, whatever its arguments. */
function asCall({ id, name = "unknown", args = "" }: InvalidToolCall): ToolCall {
  const call = { name, args: objectIn(args) ?? { [MALFORMED]: args } };
  return id === undefined ? call : { id, ...call };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() === "" ? "{}" : text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The call itself where nothing is wrong with it. Its id is added to those that are used. */
function soundCall(call: ToolCall, used: Set<string>): ToolCall {
  const stem = call.id === undefined || call.id === "" ? "call" : call.id;
  let id = stem;
  for (let n = 2; used.has(id); n++) id = `${stem}-${n}`;
  used.add(id);
  return id === call.id ? call : { ...call, id };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function answered(messages: readonly BaseMessage[]): BaseMessage[] {
  const closed = new Set(
    messages.filter((one) => ToolMessage.isInstance(one)).map((one) => one.tool_call_id),
  );
  return messages.flatMap((message) => {
    const calls = AIMessage.isInstance(message) ? (message.tool_calls ?? []) : [];
    return [message, ...calls.filter(({ id = "" }) => !closed.has(id)).map(errorFor)];
  });
}
