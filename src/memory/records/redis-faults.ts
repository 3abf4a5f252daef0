import { ErrorReply } from "redis";
import { type ErrorCode, FinAgentError } from "../../domain/errors.ts";

/** An answer that says no more than "not now": nothing was done, and a moment later it may be. */
export function isNotReady(error: unknown): boolean {
  return /^(LOADING|BUSY|TRYAGAIN|MASTERDOWN|CLUSTERDOWN) /.test(said(error));
}

/** Whether what answers does not speak the protocol of Redis. */
export function isGibberish(error: unknown): boolean {
  return /Unknown RESP type|Unexpected .*RESP/i.test(said(error));
}

interface Wording {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly what: string;
  readonly hint: string;
}

/** Codes at the head of an answer, or inside that of a script (before Redis 7: "… @user_script:12: -OOM …"). */
function answer(codes: string): RegExp {
  return new RegExp(`(?:^|: -?)(?:${codes})(?: |$)`);
}

const WORDINGS: readonly Wording[] = [
  {
    pattern: answer("WRONGPASS|NOAUTH|ERR invalid password|ERR AUTH|ERR Client sent AUTH"),
    code: "STORE_AUTH",
    what: "refuses the user or the password",
    hint: "Give the right ones in REDIS_URL: redis://USER:PASSWORD@HOST:PORT/DATABASE, special characters percent-encoded.",
  },
  {
    // Redis 7.0 leaves the code out inside a script.
    pattern: /(?:^|: -?)NOPERM |The user executing the script can't/,
    code: "STORE_AUTH",
    what: "does not let this user do what is needed",
    hint: "Grant it all commands on the keys of the prefix (ACL SETUSER … ~finagent:* +@all -@dangerous +info), or give another user in REDIS_URL.",
  },
  {
    pattern: answer("READONLY"),
    code: "STORE_READ_ONLY",
    what: "is a replica that can only be read",
    hint: "Give the address of the primary in REDIS_URL.",
  },
  {
    pattern: answer("MISCONF|NOREPLICAS"),
    code: "STORE_READ_ONLY",
    what: "refuses every write because it cannot keep it safe",
    hint: "See its log: its disk may be full, or its replicas away. Then run again.",
  },
  {
    pattern: answer("OOM"),
    code: "STORE_FULL",
    what: "has no memory left (maxmemory)",
    hint: "Raise its maxmemory or delete what is not needed, then run again; what was answered before is kept.",
  },
  {
    pattern: answer("LOADING|BUSY|TRYAGAIN|MASTERDOWN|CLUSTERDOWN|ERR max number of clients.*"),
    code: "STORE_UNREACHABLE",
    what: "is not ready",
    hint: "Wait until it is, then run again.",
  },
  {
    pattern: answer("MOVED|ASK|CROSSSLOT"),
    code: "STORE_UNSUITABLE",
    what: "is one node of a cluster and sends us to another",
    hint: "Give the address of a proxy for the whole cluster, or of a server of its own, in REDIS_URL.",
  },
  {
    pattern: answer("ERR DB index.*|ERR invalid DB index.*|ERR SELECT.*"),
    code: "STORE_UNSUITABLE",
    what: "does not have that database",
    hint: "Give another number at the end of REDIS_URL: redis://HOST:PORT/NUMBER.",
  },
  {
    pattern: /certificate|altnames/i,
    code: "STORE_UNREACHABLE",
    what: "shows a certificate that is not trusted here",
    hint: "Name the file of its authority in NODE_EXTRA_CA_CERTS, and the host in REDIS_URL as the certificate has it.",
  },
  {
    pattern: /Unknown RESP type|Unexpected .*RESP/i,
    code: "STORE_UNSUITABLE",
    what: "is not a Redis server",
    hint: "Check the host and the port in REDIS_URL, and whether it wants TLS (rediss://).",
  },
];

/** What the server or the connection to it said, in our words. */
export function asStoreError(error: unknown, place: string): FinAgentError {
  if (error instanceof FinAgentError) return error;
  const text = said(error);
  const known = WORDINGS.find(({ pattern }) => pattern.test(text));
  if (known !== undefined) {
    return new FinAgentError(known.code, `Redis at ${place} ${known.what}.`, {
      hint: known.hint,
      details: { place, said: text },
      cause: error,
    });
  }
  if (error instanceof ErrorReply) {
    return new FinAgentError("STORE_UNSUITABLE", `Redis at ${place} answered: ${text}`, {
      hint: "FinAgent needs Redis 6.2 or later, or Valkey, with scripts allowed.",
      details: { place },
      cause: error,
    });
  }
  return unreachable(place, text, error);
}

export function unreachable(place: string, why: string, cause?: unknown): FinAgentError {
  return new FinAgentError("STORE_UNREACHABLE", `Redis at ${place} cannot be reached: ${why}`, {
    hint: "Start it, or correct REDIS_URL (rediss:// for TLS); without REDIS_URL the store is a file in the home folder.",
    details: { place },
    cause,
  });
}

export function noAnswer(place: string, ms: number, cause?: unknown): FinAgentError {
  return new FinAgentError("STORE_TIMEOUT", `Redis at ${place} did not answer within ${ms} ms.`, {
    hint: "See whether it is overloaded or stopped, then run again.",
    details: { place },
    cause,
  });
}

function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node gathers the attempts at several addresses of a host under an empty message.
  if (error instanceof AggregateError) return error.errors.map(said).join("; ");
  return error.message === "" ? systemCode(error) || error.constructor.name : error.message;
}

function systemCode(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
