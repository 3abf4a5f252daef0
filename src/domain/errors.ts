/**
 * One closed union of error codes for the whole product. Each code belongs to the exit status that the
 * command line returns and that the HTTP surface maps to a status of its own.
 */
export const ERROR_CODES = {
  INTERNAL: 1,
  BAD_REQUEST: 2,
  BAD_ARGUMENT: 2,
  BAD_CONFIG: 2,
  UNKNOWN_SYMBOL: 2,
  UNKNOWN_STRATEGY: 2,
  BAD_STRATEGY: 2,
  UNKNOWN_ARTIFACT: 2,
  UNKNOWN_RUN: 2,
  UNKNOWN_PROMPT: 2,
  PROMPT_CHANGED: 2,
  THREAD_BUSY: 2,
  EMPTY_WINDOW: 2,
  FUTURE_DATE: 2,
  LOOKAHEAD: 1,
  DATA_INVALID: 3,
  DATA_UNREADABLE: 3,
  DATA_INSUFFICIENT: 3,
  NUMERICAL: 3,
  STORE_UNREACHABLE: 3,
  STORE_AUTH: 3,
  STORE_UNSUITABLE: 3,
  STORE_READ_ONLY: 3,
  STORE_FULL: 3,
  STORE_TIMEOUT: 3,
  STORE_BUSY: 3,
  STORE_CORRUPT: 3,
  TAPE_MISMATCH: 3,
  MODEL_UNREACHABLE: 4,
  MODEL_AUTH: 4,
  MODEL_NOT_FOUND: 4,
  MODEL_RATE_LIMITED: 4,
  MODEL_TIMEOUT: 4,
  MODEL_OUTPUT: 4,
  LIMIT_REFUSED: 5,
  BUDGET_SPENT: 5,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export type ErrorDetail = string | number | boolean | null | readonly string[];

export interface ErrorOptions {
  /** What the reader can do next, as a full sentence. */
  readonly hint?: string;
  /** Where it went wrong: file, line, symbol, date, field … */
  readonly details?: Readonly<Record<string, ErrorDetail>>;
  readonly cause?: unknown;
}

/** Every failure that a person can meet: what was wrong, where, and what to do next. */
export class FinAgentError extends Error {
  override readonly name: string = "FinAgentError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, ErrorDetail>>;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
  }

  get exitStatus(): number {
    return ERROR_CODES[this.code];
  }

  /** The error as data, for JSON output and for messages to a model. */
  toJSON(): {
    code: ErrorCode;
    message: string;
    hint?: string;
    details?: Readonly<Record<string, ErrorDetail>>;
  } {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(Object.keys(this.details).length === 0 ? {} : { details: this.details }),
    };
  }
}

/** A reader bound to a time asked for something that was not known then. Always a fault of ours. */
export class LookaheadError extends FinAgentError {
  override readonly name = "LookaheadError";

  constructor(message: string, details: Readonly<Record<string, ErrorDetail>> = {}) {
    super("LOOKAHEAD", message, { details });
  }
}
