import { AIMessage, ToolMessage } from "@langchain/core/messages";
import { createMiddleware } from "langchain";

/** Where the text of arguments that are no JSON travels to the tool call's answer. */
const MALFORMED = "malformed_arguments";

/**
 * A tool call whose arguments are not JSON would otherwise be dropped and the run would end without an answer:
 * here the model is told, and can call again.
 */
export const malformedCalls = createMiddleware({
  name: "malformed_calls",
  wrapModelCall: async (request, handler) => {
    const answer = await handler(request);
    const invalid = answer.invalid_tool_calls ?? [];
    if (invalid.length === 0) return answer;
    return new AIMessage({
      ...(answer.id === undefined ? {} : { id: answer.id }),
      content: answer.content,
      tool_calls: [
        ...(answer.tool_calls ?? []),
        ...invalid.map((call, index) => ({
          id: call.id ?? `malformed-${index}`,
          name: call.name ?? "unknown",
          args: { [MALFORMED]: call.args ?? "" },
        })),
      ],
      response_metadata: answer.response_metadata,
      ...(answer.usage_metadata === undefined ? {} : { usage_metadata: answer.usage_metadata }),
    });
  },
  wrapToolCall: (request, handler) => {
    const text: unknown = request.toolCall.args[MALFORMED];
    if (typeof text !== "string") return handler(request);
    return new ToolMessage({
      content: JSON.stringify({
        code: "BAD_ARGUMENT",
        message: "The arguments of this call were not valid JSON.",
        hint: "Call the tool again with a JSON object that follows its schema.",
      }),
      name: request.toolCall.name,
      status: "error",
      tool_call_id: request.toolCall.id ?? "",
    });
  },
});
