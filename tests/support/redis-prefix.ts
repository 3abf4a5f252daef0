import { randomBytes } from "node:crypto";
import { createClient } from "redis";

/** A prefix that no other test has. */
export function redisPrefix(): string {
  return `finagent-test-${randomBytes(8).toString("hex")}`;
}

/** Deletes all keys that begin with a prefix. */
export async function clearRedis(url: string, prefix: string): Promise<void> {
  const client = await createClient({ url }).connect();
  try {
    for await (const keys of client.scanIterator({ MATCH: `${prefix}:*`, COUNT: 1000 })) {
      if (keys.length > 0) await client.unlink(keys);
    }
  } finally {
    client.destroy();
  }
}
