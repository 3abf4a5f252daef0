import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { protocolFault, type ChatRequest } from "./chat-protocol.ts";

export interface ScriptedCall {
  /** Default: one of its own for every call. */
  readonly id?: string;
  readonly name: string;
  /** A string goes out as it is, so that it can be malformed JSON. */
  readonly args: string | Readonly<Record<string, unknown>>;
}

/**
 * One answer of the scripted model.
 * - `hang`: nothing ever comes; `stall`: the answer stops midway; `reset`: the connection breaks, before the answer
 *   or midway; `end`: a stream ends midway as if it were complete
 * - `raw`: a body of any kind with status 200, for proxies that answer with a page of their own
 */
export type Reply =
  | {
      readonly text: string;
      readonly calls?: readonly ScriptedCall[];
      readonly fault?: Fault;
      readonly finish?: Finish;
    }
  | { readonly calls: readonly ScriptedCall[] }
  | { readonly status: number; readonly message?: string; readonly retryAfter?: number | string }
  | { readonly hang: true }
  | { readonly reset: true }
  | { readonly raw: string; readonly contentType: string };

type Fault = "stall" | "reset" | "end";

type Finish = "stop" | "tool_calls" | "length" | "content_filter";

/** Replies in turn, or the reply to a request (`index` counts from 0). */
export type Script = readonly Reply[] | ((request: ChatRequest, index: number) => Reply | Promise<Reply>);

export interface RecordedRequest {
  readonly body: ChatRequest;
  readonly authorization: string | undefined;
  readonly headers: Readonly<NodeJS.Dict<string | string[]>>;
  readonly atMs: number;
}

export interface ChatCompletionsServer {
  /** Ends in /v1, as endpoints do. */
  readonly baseUrl: string;
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Any other key gets 401. */
  readonly apiKey?: string;
  /** Any other model gets 404. */
  readonly models?: readonly string[];
}

/**
 * A scripted model on loopback that speaks OpenAI's Chat Completions, streaming and not. Requests that break the
 * protocol get 400 and use up no reply; so does a request after the last one.
 */
export async function chatCompletionsServer(
  script: Script,
  options: ServerOptions = {},
): Promise<ChatCompletionsServer> {
  const requests: RecordedRequest[] = [];
  let replies = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url, headers } = request;
    if (method !== "POST" || url !== "/v1/chat/completions") {
      return fail(response, 404, `Invalid URL (${method} ${url})`);
    }
    const body = JSON.parse(await text(request)) as ChatRequest;
    requests.push({ body, authorization: headers.authorization, headers, atMs: performance.now() });
    if (options.apiKey !== undefined && headers.authorization !== `Bearer ${options.apiKey}`) {
      const given = headers.authorization?.replace("Bearer ", "") ?? "";
      return fail(response, 401, `Incorrect API key provided: ${given}.`);
    }
    if (options.models?.includes(body.model) === false) {
      return fail(
        response,
        404,
        `The model \`${body.model}\` does not exist or you do not have access to it.`,
      );
    }
    const fault = protocolFault(body);
    if (fault !== null) return fail(response, 400, fault);
    const index = replies;
    replies += 1;
    const reply = typeof script === "function" ? await script(body, index) : script[index];
    if (reply === undefined) return fail(response, 400, `The script has no reply ${index + 1}.`);
    await play(reply, body, index, response);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) =>
      fail(response, 400, `The script failed: ${String(error)}`),
    );
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject).listen(0, "127.0.0.1", resolve);
  await promise;
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    async close() {
      if (!server.listening) return;
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

const ERROR_TYPES: Readonly<Record<number, string>> = {
  401: "invalid_request_error",
  429: "rate_limit_error",
  500: "server_error",
};

function fail(response: ServerResponse, status: number, message: string, retryAfter?: number | string): void {
  if (response.headersSent) return void response.destroy();
  const headers = {
    "content-type": "application/json",
    ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
  };
  const error = { message, type: ERROR_TYPES[status] ?? "invalid_request_error", param: null, code: null };
  response.writeHead(status, headers).end(JSON.stringify({ error }));
}

async function play(
  reply: Reply,
  request: ChatRequest,
  index: number,
  response: ServerResponse,
): Promise<void> {
  if ("hang" in reply) return;
  if ("reset" in reply) return void response.socket?.resetAndDestroy();
  if ("status" in reply) return fail(response, reply.status, reply.message ?? "scripted", reply.retryAfter);
  if ("raw" in reply)
    return void response.writeHead(200, { "content-type": reply.contentType }).end(reply.raw);
  const message = completion(reply, request, index);
  const fault = "fault" in reply ? reply.fault : undefined;
  await (request.stream === true ? stream : whole)(message, request, response, fault);
}

interface Completion {
  readonly head: { readonly id: string; readonly created: number; readonly model: string };
  readonly content: string | null;
  readonly calls: readonly { id: string; type: "function"; function: { name: string; arguments: string } }[];
  readonly finish: Finish;
  readonly usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

function completion(
  reply: { readonly text?: string; readonly calls?: readonly ScriptedCall[]; readonly finish?: Finish },
  request: ChatRequest,
  index: number,
): Completion {
  const calls = (reply.calls ?? []).map(({ id, name, args }, at) => ({
    id: id ?? `call_${index}_${at}`,
    type: "function" as const,
    function: { name, arguments: typeof args === "string" ? args : JSON.stringify(args) },
  }));
  const content = reply.text ?? null;
  // A token for each begun four characters: a count that tests can foretell.
  const prompt = tokens(JSON.stringify(request.messages));
  const answer = tokens(`${content ?? ""}${calls.map((call) => call.function.arguments).join("")}`);
  return {
    head: { id: `chatcmpl-${index}`, created: 1_755_000_000 + index, model: request.model },
    content,
    calls,
    finish: reply.finish ?? (calls.length > 0 ? "tool_calls" : "stop"),
    usage: { prompt_tokens: prompt, completion_tokens: answer, total_tokens: prompt + answer },
  };
}

export function tokens(said: string): number {
  return Math.ceil(said.length / 4);
}

async function whole(
  { head, content, calls, finish, usage }: Completion,
  _request: ChatRequest,
  response: ServerResponse,
  fault: Fault | undefined,
): Promise<void> {
  const message = {
    role: "assistant",
    content,
    refusal: null,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: finish }];
  const body = JSON.stringify({ ...head, object: "chat.completion", choices, usage });
  response.writeHead(200, { "content-type": "application/json" });
  if (fault === undefined) return void response.end(body);
  response.write(body.slice(0, body.length / 2));
  await breakOff(response, fault);
}

async function stream(
  { head, content, calls, finish, usage }: Completion,
  request: ChatRequest,
  response: ServerResponse,
  fault: Fault | undefined,
): Promise<void> {
  const withUsage = request.stream_options?.include_usage === true;
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const send = async (choices: readonly unknown[], counted: unknown = null): Promise<void> => {
    const chunk = {
      ...head,
      object: "chat.completion.chunk",
      choices,
      ...(withUsage ? { usage: counted } : {}),
    };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    await sleep(1);
  };
  const delta = async (part: object, finish_reason: string | null = null): Promise<void> =>
    send([{ index: 0, delta: part, logprobs: null, finish_reason }]);

  await delta({ role: "assistant", content: content === null ? null : "", refusal: null });
  const words = content?.match(/\s*\S+|\s+$/g) ?? [];
  for (const word of fault === undefined ? words : words.slice(0, words.length / 2))
    await delta({ content: word });
  if (fault !== undefined) return breakOff(response, fault);
  for (const [index, { id, type, function: called }] of calls.entries()) {
    await delta({ tool_calls: [{ index, id, type, function: { name: called.name, arguments: "" } }] });
    for (const part of called.arguments.match(/[^]{1,12}/g) ?? []) {
      await delta({ tool_calls: [{ index, function: { arguments: part } }] });
    }
  }
  await delta({}, finish);
  if (withUsage) await send([], usage);
  response.end("data: [DONE]\n\n");
}

async function breakOff(response: ServerResponse, fault: Fault): Promise<void> {
  await sleep(5);
  if (fault === "reset") response.socket?.resetAndDestroy();
  if (fault === "end") response.end();
}
