/** The parts of a Chat Completions request that the scripted server reads. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly tools?: readonly ChatTool[];
  readonly tool_choice?: unknown;
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly name: string } };
}

export interface ChatMessage {
  readonly role: string;
  readonly content?: unknown;
  readonly tool_calls?: readonly ChatToolCall[];
  readonly tool_call_id?: string;
}

export interface ChatToolCall {
  readonly id: string;
  readonly type: string;
  readonly function: { readonly name: string; readonly arguments: string };
}

interface ChatTool {
  readonly type: string;
  readonly function: { readonly name: string; readonly parameters?: { readonly type?: string } };
}

const ROLES = ["system", "developer", "user", "assistant", "tool"];

/**
 * What an OpenAI-compatible endpoint would refuse in a request, or null. The rules are those of the API reference
 * (platform.openai.com/docs/api-reference/chat/create); that system messages stand first is a rule of many local
 * models' chat templates, which an application that means to work with them keeps too.
 */
export function protocolFault(request: ChatRequest): string | null {
  const { messages, tools } = request;
  if (typeof request.model !== "string" || request.model === "") return "you must provide a model parameter";
  if (!Array.isArray(messages) || messages.length === 0) return "'messages' must be a non-empty array";
  if (request.stream_options !== undefined && request.stream !== true) {
    return "'stream_options' is only allowed when 'stream' is enabled";
  }
  return toolFault(tools, request.tool_choice) ?? messageFault(messages);
}

function toolFault(tools: ChatRequest["tools"], choice: unknown): string | null {
  if (tools === undefined)
    return choice === undefined ? null : "'tool_choice' is only allowed when 'tools' are specified";
  if (tools.length === 0) return "'tools' must not be empty";
  const names = new Set<string>();
  for (const { type, function: declared } of tools) {
    if (type !== "function") return `unknown tool type '${type}'`;
    if (!/^[\w-]{1,64}$/.test(declared.name)) return `invalid function name '${declared.name}'`;
    if (names.has(declared.name)) return `function '${declared.name}' is declared twice`;
    names.add(declared.name);
    if (declared.parameters !== undefined && declared.parameters.type !== "object") {
      return `invalid schema for function '${declared.name}': schema must be of type "object"`;
    }
  }
  return null;
}

function messageFault(messages: readonly ChatMessage[]): string | null {
  let open = new Set<string>();
  let begun = false;
  for (const [at, message] of messages.entries()) {
    const { role } = message;
    if (!ROLES.includes(role)) return `messages[${at}]: unknown role '${role}'`;
    const heads = role === "system" || role === "developer";
    if (heads && begun) return `messages[${at}]: system messages must stand first`;
    begun ||= !heads;
    if (role === "tool") {
      if (!open.delete(message.tool_call_id ?? "")) {
        return `messages[${at}]: messages with role 'tool' must be a response to a preceding message with 'tool_calls'`;
      }
    } else if (open.size > 0) {
      return unanswered(open);
    }
    const calls = message.tool_calls ?? [];
    if (calls.length > 0 && role !== "assistant") return `messages[${at}]: only the assistant calls tools`;
    if ((message.content ?? null) === null && calls.length === 0)
      return `messages[${at}]: 'content' is required`;
    if (calls.some((call) => typeof call.function.arguments !== "string")) {
      return `messages[${at}]: the arguments of a tool call must be a string`;
    }
    if (calls.length > 0) open = new Set(calls.map((call) => call.id));
  }
  return open.size > 0 ? unanswered(open) : null;
}

function unanswered(open: ReadonlySet<string>): string {
  const ids = [...open].join(", ");
  return `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids}`;
}
