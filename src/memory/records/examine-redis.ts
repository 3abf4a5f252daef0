import { FinAgentError } from "../../domain/errors.ts";
import type { RecordsExamination } from "./examine-records.ts";
import { RedisLink, REDIS_TIMES } from "./redis-link.ts";
import { openRedis } from "./redis-open.ts";
import { redisPlace } from "./redis-place.ts";

/** @throws FinAgentError STORE_… where it cannot be used */
export async function examineRedis(url: string, prefix: string): Promise<RecordsExamination> {
  const place = redisPlace(url);
  const link = new RedisLink(place, { ...REDIS_TIMES, commandMs: REDIS_TIMES.connectMs });
  try {
    const { name, version } = await openRedis(link, { url, prefix });
    return {
      place: `${place.shown}, prefix ${prefix}`,
      version: `${name === "redis" ? "Redis" : name} ${version}`,
      risks: await risksOf(link),
    };
  } finally {
    await link.close();
  }
}

async function risksOf(link: RedisLink): Promise<string[]> {
  const info = await link.command(["INFO"], true).catch((error: unknown) => {
    if (error instanceof FinAgentError && error.code === "STORE_AUTH") return null;
    throw error;
  });
  if (info === null) {
    return ["Whether it keeps its data on disk is not known: the user may not ask (ACL SETUSER … +info)."];
  }
  const fields = new Map(
    (info instanceof Buffer ? info.toString() : "")
      .split("\r\n")
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]),
  );
  const risks: string[] = [];
  if (fields.get("aof_enabled") === "0") {
    risks.push("What was written last is lost when the server ends: set `appendonly yes` there.");
  }
  const policy = fields.get("maxmemory_policy");
  if (fields.get("maxmemory") !== "0" && policy !== undefined && policy !== "noeviction") {
    risks.push(
      `It deletes records when its memory is full: set \`maxmemory-policy noeviction\` there (now ${policy}).`,
    );
  }
  return risks;
}
