import { errorBodySchema } from "./error-answer.ts";

const DESCRIPTIONS = {
  400: "The body is not JSON, or a field does not fit: `details.fields` names it",
  401: "The bearer token is missing or wrong",
  402: "The budget for models is spent: `message` says which",
  403: "Refused by a limit, or the request comes from a foreign site",
  404: "Nothing is held under that id",
  413: "The body is larger than 1 MB",
  415: "The body is not declared as JSON",
  422: "The request is well formed, but names an unknown symbol or an empty window, or the data do not allow it",
  429: "The model's or the server's own rate limit is reached",
  500: "A fault of FinAgent's or of its settings",
  502: "The data source or the model failed",
  504: "The model did not answer in time",
} as const;

type Fault = keyof typeof DESCRIPTIONS;

export interface FaultResponse {
  readonly description: string;
  readonly content: { readonly "application/json": { readonly schema: typeof errorBodySchema } };
}

/** The statuses that any guarded operation with a body may answer with, apart from what its run may. */
export const REQUEST_FAULTS = [400, 401, 403, 413, 415, 500] as const;

/** What a run adds to them. */
export const RUN_FAULTS = [402, 404, 422, 429, 502, 504] as const;

/** OpenAPI responses of the given error statuses. */
export function faults<S extends Fault>(...statuses: readonly S[]): Record<S, FaultResponse> {
  const entries = statuses.map((status): [S, FaultResponse] => [
    status,
    { description: DESCRIPTIONS[status], content: { "application/json": { schema: errorBodySchema } } },
  ]);
  return Object.fromEntries(entries) as Record<S, FaultResponse>;
}
