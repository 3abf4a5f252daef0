export interface ServerSentEvent {
  readonly event: string;
  readonly id: string;
  readonly data: unknown;
}

/** The events of a stream as they arrive (blocks parted by an empty line, as the HTML standard has it). */
export async function* serverSentEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) yield parse(block);
  }
  if (rest.trim() !== "") throw new Error(`The stream ends within an event: ${rest}`);
}

function parse(block: string): ServerSentEvent {
  const fields: Record<string, string> = {};
  for (const line of block.split("\n")) {
    const [, name = "", value = ""] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    fields[name] = name === "data" && "data" in fields ? `${fields["data"] ?? ""}\n${value}` : value;
  }
  return {
    event: fields["event"] ?? "",
    id: fields["id"] ?? "",
    data: JSON.parse(fields["data"] ?? "null") as unknown,
  };
}
