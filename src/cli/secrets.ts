import type { Config } from "../config.ts";

/** What no output may ever hold. */
export function secretsOf({ openai, server }: Config): string[] {
  return [openai.apiKey, server.apiToken].filter((secret) => secret !== undefined);
}
