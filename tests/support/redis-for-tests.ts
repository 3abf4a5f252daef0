import type { TestProject } from "vitest/node";
import { startRedis } from "./redis-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The address of a Redis for tests; each uses a prefix of its own. */
    redisUrl: string;
  }
}

/** Before the tests of a project: the Redis in REDIS_URL, else one that ends with them. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env["REDIS_URL"];
  if (given !== undefined && given !== "") {
    project.provide("redisUrl", given);
    return undefined;
  }
  const server = await startRedis(["--appendonly", "no"]);
  project.provide("redisUrl", server.url);
  return () => server.remove();
}
