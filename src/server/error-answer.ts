import { z } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ERROR_CODES, FinAgentError, type ErrorCode } from "../domain/errors.ts";

/** The HTTP status of every error code. */
const STATUS = {
  INTERNAL: 500,
  BAD_REQUEST: 400,
  BAD_ARGUMENT: 400,
  // The server's own settings: nothing that the caller could send would mend it.
  BAD_CONFIG: 500,
  UNKNOWN_SYMBOL: 422,
  UNKNOWN_STRATEGY: 422,
  BAD_STRATEGY: 422,
  UNKNOWN_ARTIFACT: 404,
  UNKNOWN_RUN: 404,
  UNKNOWN_PROMPT: 404,
  PROMPT_CHANGED: 409,
  THREAD_BUSY: 409,
  EMPTY_WINDOW: 422,
  FUTURE_DATE: 422,
  LOOKAHEAD: 500,
  DATA_INVALID: 422,
  DATA_UNREADABLE: 502,
  DATA_INSUFFICIENT: 422,
  NUMERICAL: 422,
  STORE_UNREACHABLE: 503,
  STORE_AUTH: 503,
  STORE_UNSUITABLE: 503,
  STORE_READ_ONLY: 503,
  STORE_FULL: 507,
  STORE_TIMEOUT: 504,
  STORE_BUSY: 503,
  STORE_CORRUPT: 500,
  TAPE_MISMATCH: 409,
  MODEL_UNREACHABLE: 502,
  MODEL_AUTH: 502,
  MODEL_NOT_FOUND: 502,
  MODEL_RATE_LIMITED: 429,
  MODEL_TIMEOUT: 504,
  MODEL_OUTPUT: 502,
  LIMIT_REFUSED: 403,
  BUDGET_SPENT: 402,
} as const satisfies Record<ErrorCode, ContentfulStatusCode>;

const HINTS: Readonly<Record<number, string>> = {
  400: "Send a JSON document in the body.",
  401: "Send the server's token in the header `Authorization: Bearer TOKEN`.",
  404: "GET /docs lists the operations.",
  413: "Send a shorter request.",
  415: "Send JSON with the header `Content-Type: application/json`.",
  429: "Wait until a run has ended, then send it again.",
};

const CODES = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

const errorSchema = z
  .object({
    code: z.enum(CODES),
    message: z.string().describe("What was wrong, and where"),
    hint: z.string().optional().describe("What to do next"),
    details: z
      .record(
        z.string(),
        z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]),
      )
      .optional()
      .describe("The place of the fault; `fields` lists the wrong fields of a request"),
  })
  .openapi("Error");

/** The body of every answer that is not a success. */
export const errorBodySchema = z.object({ error: errorSchema });

export interface ErrorAnswer {
  readonly status: ContentfulStatusCode;
  readonly body: { readonly error: ReturnType<FinAgentError["toJSON"]> };
}

/** Any failure as status and body. What is not ours to word (a stack, a library's message) stays inside. */
export function errorAnswer(thrown: unknown): ErrorAnswer {
  if (thrown instanceof FinAgentError) {
    return { status: STATUS[thrown.code], body: { error: thrown.toJSON() } };
  }
  if (thrown instanceof HTTPException && thrown.status < 500) {
    const hint = HINTS[thrown.status];
    const error = new FinAgentError("BAD_REQUEST", thrown.message, hint === undefined ? {} : { hint });
    return { status: thrown.status, body: { error: error.toJSON() } };
  }
  const error = new FinAgentError("INTERNAL", "The request failed by a fault of FinAgent's.", {
    hint: "The server's log has the fault; the same request will likely fail again.",
  });
  return { status: STATUS.INTERNAL, body: { error: error.toJSON() } };
}
