import type { RunProvenance } from "./run-provenance.ts";

/** What an answer in words must say of stand-ins, in Markdown; null where there were none. */
export function standInNotice({ result, where }: RunProvenance): string | null {
  if (where.length === 0) return null;
  const failed = where.map(({ agent, reason }) => `${agent} (${/^[A-Z_]*/.exec(reason)?.[0] ?? ""})`);
  const head = result === "partial" ? "Partial, not an LLM result" : "Rules stood in";
  return `**${head}:** the model failed for ${[...new Set(failed)].join(", ")}, and rules decided in its place.`;
}
