import { setTimeout as sleep } from "node:timers/promises";
import { FinAgentError } from "../domain/errors.ts";
import { RESET_CODES } from "./model-error.ts";
import { callInForce } from "./spending/in-force.ts";

const FIRST_BACKOFF_MS = 250;

/** Errors of a connection that never came about: nothing was sent. */
const UNSENT_CODES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "UND_ERR_CONNECT_TIMEOUT",
]);

export interface Patience {
  /** Bounds each attempt; in a stream, the silence between two chunks. Node itself gives up after 300 s. */
  readonly timeoutSeconds: number;
  readonly maxRetries: number;
}

/**
 * A `fetch` for model endpoints. A reply of 429 or 5xx and a broken connection are tried again, after the time
 * that `Retry-After` asks for (unless that is longer than an attempt may take) or after 250, 500, 1000 … ms; other replies are passed on. A plain body counts to the
 * attempt and is read to its end; a stream is handed on as it comes, and cannot be tried again once it has begun. Within
 * a call that is paid for (`withCall`) money is set apart before every attempt.
 *
 * @throws FinAgentError MODEL_TIMEOUT, from `fetch` itself or from reading a stream; BUDGET_SPENT before an attempt
 */
export function patientFetch({ timeoutSeconds, maxRetries }: Patience): typeof fetch {
  return async (input, init = {}) => {
    const { signal = null } = init;
    for (let retriesLeft = maxRetries; ; retriesLeft -= 1) {
      let wait = FIRST_BACKOFF_MS * 2 ** (maxRetries - retriesLeft);
      try {
        const response = await paidAttempt(input, init, timeoutSeconds);
        const passing = response.status === 429 || response.status >= 500;
        const asked = retryAfterMs(response);
        if (!passing || retriesLeft === 0 || (asked ?? 0) > timeoutSeconds * 1000) return response;
        wait = asked ?? wait;
      } catch (error) {
        if (!isReset(error) || retriesLeft === 0) throw error;
      }
      await sleep(wait, undefined, signal === null ? {} : { signal });
    }
  };
}

async function paidAttempt(
  input: Parameters<typeof fetch>[0],
  init: RequestInit,
  timeoutSeconds: number,
): Promise<Response> {
  const call = callInForce();
  if (call === undefined) return attempt(input, init, timeoutSeconds);
  // Another kind of body would have no size that could be known beforehand.
  if (typeof init.body !== "string")
    throw new TypeError("the body of a call that is paid for must be a text");
  await call.begin(Buffer.byteLength(init.body));
  // It may have waited for its money.
  if (init.signal?.aborted === true) await call.refused();
  try {
    const response = await attempt(input, init, timeoutSeconds);
    if (!response.ok) await call.refused();
    return response;
  } catch (error) {
    await (isUnsent(error) ? call.refused() : call.broken());
    throw error;
  }
}

async function attempt(
  input: Parameters<typeof fetch>[0],
  init: RequestInit,
  timeoutSeconds: number,
): Promise<Response> {
  const watchdog = new AbortController();
  const timer = setTimeout(() => watchdog.abort(timedOut(timeoutSeconds)), timeoutSeconds * 1000);
  timer.unref();
  const { signal: caller = null } = init;
  const signal = AbortSignal.any(caller === null ? [watchdog.signal] : [watchdog.signal, caller]);
  try {
    const response = await fetch(input, { ...init, signal });
    if (
      response.ok &&
      response.body !== null &&
      /^text\/event-stream/i.test(response.headers.get("content-type") ?? "")
    ) {
      const watched = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          timer.refresh();
          controller.enqueue(chunk);
        },
        flush: () => clearTimeout(timer),
      });
      return new Response(response.body.pipeThrough(watched), response);
    }
    const body = await response.arrayBuffer();
    clearTimeout(timer);
    return new Response(body.byteLength === 0 ? null : body, response);
  } catch (error) {
    clearTimeout(timer);
    throw error;
  }
}

function retryAfterMs(response: Response): number | undefined {
  const value = response.headers.get("retry-after");
  if (value === null) return undefined;
  const ms = /^[\d.]+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function isReset(error: unknown): boolean {
  return RESET_CODES.has(socketCode(error));
}

/** Nothing went out: no connection came about, or `fetch` itself refuses the port (https://fetch.spec.whatwg.org/#port-blocking). */
function isUnsent(error: unknown): boolean {
  const blocked =
    error instanceof Error && error.cause instanceof Error && error.cause.message === "bad port";
  return blocked || UNSENT_CODES.has(socketCode(error));
}

function socketCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}

function timedOut(seconds: number): FinAgentError {
  return new FinAgentError("MODEL_TIMEOUT", `The model sent nothing for ${seconds} s.`, {
    hint: "Try again, or allow more time with openai.timeoutSeconds in finagent.yaml.",
    details: { timeoutSeconds: seconds },
  });
}
