import { FinAgentError } from "../../domain/errors.ts";
import type { RedisLink } from "./redis-link.ts";
import { type RedisPlace, redisPlace } from "./redis-place.ts";
import { OPEN } from "./redis-scripts.ts";

/** The layout of our keys. */
const FORMAT = "1";

const PREFIX = /^[\w.:-]{1,64}$/;

/** What a server says of itself. */
export interface RedisServer {
  /** `redis`, `valkey`, … */
  readonly name: string;
  readonly version: string;
}

/**
 * Connects and sees whether the server is one that we can use, and lets us write.
 * @throws FinAgentError STORE_…, BAD_CONFIG for a prefix that cannot be one
 */
export async function openRedis(
  link: RedisLink,
  { url, prefix }: { readonly url: string; readonly prefix: string },
): Promise<RedisServer> {
  if (!PREFIX.test(prefix)) {
    throw new FinAgentError("BAD_CONFIG", `"${prefix}" cannot be the prefix of keys in Redis.`, {
      hint: "Use up to 64 letters, digits and any of _ . : -",
    });
  }
  const place = redisPlace(url);
  await link.open();
  const server = await identify(link, place);
  const format = String(await link.script(OPEN, [`${prefix}:format`], [FORMAT]));
  if (format === FORMAT) return server;
  throw new FinAgentError(
    "STORE_UNSUITABLE",
    `Redis at ${place.shown} has format ${format} under the prefix ${prefix}; this version of FinAgent reads format ${FORMAT}.`,
    {
      hint: "Use the version of FinAgent that wrote it, or another prefix or database.",
      details: { place: place.shown, format },
    },
  );
}

async function identify(link: RedisLink, { shown }: RedisPlace): Promise<RedisServer> {
  const said = await link.command(["HELLO"], true).catch((error: unknown) => {
    if (!(error instanceof FinAgentError) || error.code !== "STORE_UNSUITABLE") throw error;
    throw tooOld(shown, "does not know HELLO", error);
  });
  const fields = fieldsOf(said);
  const version = fields.get("version") ?? "";
  const mode = fields.get("mode") ?? "standalone";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (!(major > 6 || (major === 6 && minor >= 2))) throw tooOld(shown, `is of version ${version}`);
  if (mode !== "standalone") {
    const what = mode === "cluster" ? "one node of a cluster" : `a ${mode}`;
    throw new FinAgentError("STORE_UNSUITABLE", `Redis at ${shown} is ${what}.`, {
      hint: "Give the address of a proxy for the whole, or of a server of its own, in REDIS_URL.",
      details: { place: shown, mode },
    });
  }
  return { name: fields.get("server") ?? "redis", version };
}

function tooOld(place: string, what: string, cause?: unknown): FinAgentError {
  return new FinAgentError("STORE_UNSUITABLE", `Redis at ${place} ${what}, too old.`, {
    hint: "FinAgent needs Redis 6.2 or later, or Valkey.",
    details: { place },
    cause,
  });
}

/** Names and values, one after the other. */
function fieldsOf(reply: unknown): Map<string, string> {
  const flat = Array.isArray(reply) ? reply.map(String) : [];
  return new Map(flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1] ?? ""] as const] : [])));
}
