import { FinAgentError, type ErrorCode } from "../domain/errors.ts";

/** Where a model is asked; its messages name the model and the base URL, never the key. */
export interface ModelEndpoint {
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
}

/** Errors of a connection that was there and broke; what was sent may be sent again. */
export const RESET_CODES: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

const TIMEOUT_CODES = new Set([
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "ETIMEDOUT",
  "ECONNABORTED",
]);

const BROKEN = /^(fetch failed|terminated|Connection error\.?)$/;

const TIMEOUT_NAMES = new Set([
  "TimeoutError",
  "AbortError",
  "APIConnectionTimeoutError",
  "APIUserAbortError",
]);

const HINTS: Partial<Record<ErrorCode, string>> = {
  MODEL_AUTH: "Check OPENAI_API_KEY, and that it belongs to this endpoint.",
  MODEL_NOT_FOUND:
    "Check the name in `--model openai:NAME`, and OPENAI_BASE_URL (most endpoints end in /v1).",
  MODEL_RATE_LIMITED: "Wait and try again, or check the account's quota.",
  MODEL_TIMEOUT: "Try again, or allow more time with openai.timeoutSeconds in finagent.yaml.",
  MODEL_UNREACHABLE:
    "Check that the endpoint is up and OPENAI_BASE_URL is right; `--model offline` needs none.",
  MODEL_OUTPUT: "Try again, or take another model: it must be able to call tools.",
};

/**
 * What a failed model call means to the person. Failures of the HTTP exchange map by status and by the socket's
 * error; whatever else goes wrong in reading an answer is MODEL_OUTPUT. A FinAgentError stays as it is.
 */
export function toModelError(thrown: unknown, endpoint?: ModelEndpoint): FinAgentError {
  const chain = causes(thrown);
  const own = chain.find((error) => error instanceof FinAgentError);
  if (own !== undefined) return own;

  const status = statusOf(chain);
  // With an endpoint the error is from an exchange with it: an answer of an odd shape makes the client stumble.
  if (endpoint === undefined && status === undefined && isOurFault(chain)) {
    return new FinAgentError("INTERNAL", chain[0]?.message ?? "unknown fault", { cause: thrown });
  }
  const socket = socketErrorOf(chain);
  const code = codeOf(chain, status, socket);
  const where =
    endpoint === undefined ? "The model" : `The model ${endpoint.model} at ${place(endpoint.baseUrl)}`;
  const message = `${where} ${WORDING[code]}${reason(code, chain, status, socket, endpoint)}.`;
  const hint = HINTS[code];
  return new FinAgentError(code, message, {
    ...(hint === undefined ? {} : { hint }),
    ...(status === undefined ? {} : { details: { status } }),
    cause: thrown,
  });
}

/** A programming error that no connection caused. */
function isOurFault([error, cause]: readonly Error[]): boolean {
  const wrong = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  return wrong && cause === undefined && !BROKEN.test(error.message);
}

type ModelErrorCode = Extract<ErrorCode, `MODEL_${string}`>;

const WORDING: Record<ModelErrorCode, string> = {
  MODEL_AUTH: "does not accept the key",
  MODEL_NOT_FOUND: "is not there",
  MODEL_RATE_LIMITED: "refuses further requests for now",
  MODEL_TIMEOUT: "did not answer in time",
  MODEL_UNREACHABLE: "cannot be reached",
  MODEL_OUTPUT: "gave no usable answer",
};

function codeOf(
  chain: readonly Error[],
  status: number | undefined,
  socket: string | undefined,
): ModelErrorCode {
  if (status === 401 || status === 403) return "MODEL_AUTH";
  if (status === 404) return "MODEL_NOT_FOUND";
  if (status === 429) return "MODEL_RATE_LIMITED";
  if (status === 408 || status === 504) return "MODEL_TIMEOUT";
  if (status !== undefined) return status >= 500 ? "MODEL_UNREACHABLE" : "MODEL_OUTPUT";
  if (socket !== undefined) return TIMEOUT_CODES.has(socket) ? "MODEL_TIMEOUT" : "MODEL_UNREACHABLE";
  const names = chain.map((error) => error.name);
  if (names.some((name) => TIMEOUT_NAMES.has(name))) return "MODEL_TIMEOUT";
  const broken = chain.some(({ message }) => BROKEN.test(message));
  return broken ? "MODEL_UNREACHABLE" : "MODEL_OUTPUT";
}

/** The endpoint's own words, but not about a key: those repeat parts of it. */
function reason(
  code: ModelErrorCode,
  chain: readonly Error[],
  status: number | undefined,
  socket: string | undefined,
  endpoint: ModelEndpoint | undefined,
): string {
  if (code === "MODEL_AUTH") return ` (${status})`;
  if (socket !== undefined) return ` (${socket})`;
  // LangChain adds a link to its own pages.
  const words = chain[0]?.message.replace(/\s+/g, " ").replace(/ *Troubleshooting URL: .*$/, "");
  const said = words?.slice(0, 300).replace(/\.$/, "") ?? "";
  const key = endpoint?.apiKey;
  return said === "" ? "" : `: ${key === undefined ? said : said.replaceAll(key, "***")}`;
}

function causes(thrown: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let error = thrown; error instanceof Error && chain.length < 8; error = error.cause) chain.push(error);
  return chain;
}

function statusOf(chain: readonly Error[]): number | undefined {
  return chain
    .map((error): unknown => Reflect.get(error, "status"))
    .find((value) => typeof value === "number");
}

/** The socket's or the TLS layer's error, as Node names it. */
function socketErrorOf(chain: readonly Error[]): string | undefined {
  return chain
    .map((error): unknown => Reflect.get(error, "code"))
    .filter((value) => typeof value === "string")
    .find((value) => /^(E[A-Z_]+|UND_ERR_\w+|\w*CERT\w*)$/.test(value));
}

/** The base URL without credentials that it may carry. */
function place(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return baseUrl;
  const { origin, pathname } = new URL(baseUrl);
  return `${origin}${pathname}`;
}
