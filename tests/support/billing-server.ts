import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { randomFrom } from "../../src/domain/random.ts";

/** USD per million tokens of the endpoint's only model. */
export const BILLED = { inputPerMillion: 100, outputPerMillion: 400 };

export interface BillingServer {
  readonly baseUrl: string;
  /** What the endpoint bills for all that it was asked, in USD. */
  billed(): number;
  /** Requests by what came of them. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  close(): Promise<void>;
}

type Outcome = "answered" | "slow" | "limited" | "fault" | "dropped" | "cut" | "uncounted";

const COMMON: readonly Outcome[] = [
  "answered",
  "answered",
  "slow",
  "limited",
  "fault",
  "dropped",
  "cut",
  "uncounted",
];

/**
 * An endpoint on loopback that takes every byte for a token and bills all that it may: an answer by the usage that it
 * tells; one that it tells no usage of, or that never arrives whole, as if it were as long as the request allows. Errors are free.
 */
export async function billingServer(seed: number): Promise<BillingServer> {
  const random = randomFrom(seed);
  const outcomes = { answered: 0, slow: 0, limited: 0, fault: 0, dropped: 0, cut: 0, uncounted: 0 };
  let usd = 0;
  const bill = (input: number, output: number): void => {
    usd += (input * BILLED.inputPerMillion + output * BILLED.outputPerMillion) / 1e6;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const { max_tokens: most = Infinity } = JSON.parse(body.toString("utf8")) as { max_tokens?: number };
    const outcome = COMMON[Math.floor(random.uniform() * COMMON.length)] ?? "answered";
    outcomes[outcome] += 1;
    const error = JSON.stringify({ error: { message: outcome, type: "scripted" } });
    const json = { "content-type": "application/json" };
    if (outcome === "limited")
      return void response.writeHead(429, { ...json, "retry-after": "0.01" }).end(error);
    if (outcome === "fault") return void response.writeHead(500, json).end(error);
    if (outcome === "dropped") {
      bill(body.byteLength, most);
      return void response.socket?.resetAndDestroy();
    }
    const told = outcome !== "uncounted" && outcome !== "cut";
    const output = told ? Math.ceil(random.uniform() * most) : most;
    bill(body.byteLength, output);
    if (outcome === "slow") await sleep(30);
    const text = JSON.stringify({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1,
      model: "billed",
      choices: [{ index: 0, message: { role: "assistant", content: "Yes." }, finish_reason: "stop" }],
      ...(told ? { usage: usageOf(body.byteLength, output) } : {}),
    });
    response.writeHead(200, json);
    if (outcome !== "cut") return void response.end(text);
    response.write(text.slice(0, 40));
    await sleep(5);
    response.socket?.resetAndDestroy();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const listening = Promise.withResolvers<void>();
  server.once("error", listening.reject).listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    billed: () => usd,
    outcomes,
    close: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

function usageOf(input: number, output: number): object {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
