import { type Config, environmentSecrets, passwordIn } from "./config.ts";

/** What no output and no record may ever hold. */
export function secretsOf({ openai, redis, server }: Config): string[] {
  const settings = [openai.apiKey, server.apiToken].filter((secret) => secret !== undefined);
  return [...new Set([...settings, ...passwordIn(redis.url ?? ""), ...environmentSecrets()])];
}
