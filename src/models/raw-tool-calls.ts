import { AIMessageChunk, type ToolCallChunk } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";

/** What no JSON text can hold, within a string or outside: even a forgiving parser gives up at it. */
const UNREADABLE = String.raw`\z\z`;

/**
 * The arguments of a stream's tool calls as the model wrote them. LangChain completes broken arguments as it merges
 * chunks (`{"symbol": "AA` becomes {symbol: "AA"}, another company), where a whole answer with the same fault has an
 * `invalid_tool_calls` entry. A last chunk that makes them unreadable brings both to the same.
 */
export class RawToolCalls {
  readonly #calls = new Map<number, string>();

  add(chunks: readonly ToolCallChunk[] = []): void {
    for (const { index = 0, args = "" } of chunks)
      this.#calls.set(index, (this.#calls.get(index) ?? "") + args);
  }

  /** Null where all arguments are JSON objects. */
  spoiler(): ChatGenerationChunk | null {
    const broken = [...this.#calls].filter(([, args]) => !isObject(args));
    if (broken.length === 0) return null;
    const tool_call_chunks = broken.map(([index]) => ({
      type: "tool_call_chunk" as const,
      index,
      args: UNREADABLE,
    }));
    return new ChatGenerationChunk({
      text: "",
      message: new AIMessageChunk({ content: "", tool_call_chunks }),
    });
  }
}

/** Whether the text of arguments is a JSON object, or nothing at all. */
export function isObject(json: string): boolean {
  if (json.trim() === "") return true; // A call without arguments.
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
