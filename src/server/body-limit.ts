import type { MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";

const MAX_BYTES = 1_000_000;

/**
 * Refuses bodies above 1 MB, declared or streamed. Hono's own middleware rebuilds the request, which works with
 * Node's only where `Request` is replaced for the whole process.
 */
export const bodyLimit: MiddlewareHandler = async (c, next) => {
  if (Number(c.req.header("content-length") ?? 0) > MAX_BYTES) throw tooLarge();
  const body = c.req.raw.body;
  if (body !== null) Object.assign(c.req.bodyCache, { arrayBuffer: Promise.resolve(await readAll(body)) });
  await next();
};

async function readAll(body: ReadableStream<Uint8Array>): Promise<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks)).buffer;
}

function tooLarge(): HTTPException {
  return new HTTPException(413, { message: "The body is larger than 1 MB." });
}
