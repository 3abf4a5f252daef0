import { readFile } from "node:fs/promises";
import { FinAgentError } from "../../domain/errors.ts";
import { contentHash } from "../../domain/hash.ts";
import type { Strategy } from "../../domain/backtest/strategy.ts";
import { requireFreeName } from "../../domain/backtest/strategies/register-strategies.ts";
import { templateStrategy } from "../../domain/backtest/template/template-strategy.ts";
import type { StrategyFile } from "./strategy-file.ts";
import { unreadable } from "./unreadable.ts";

/** @throws FinAgentError BAD_STRATEGY where the file cannot be read, is no JSON or no template */
export async function readTemplate(file: StrategyFile): Promise<Strategy> {
  const text = await readFile(file.path, "utf8").catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const template = parse(file, text);
  try {
    const strategy = templateStrategy(template);
    requireFreeName(strategy.name);
    return { ...strategy, sourceHash: contentHash([text]) };
  } catch (error) {
    if (!(error instanceof FinAgentError)) throw error;
    const { fields } = error.details;
    const all = Array.isArray(fields) ? { fields: fields.map((one) => `${file.named}: ${String(one)}`) } : {};
    throw file.bad(error.message, error.hint ?? "", all, error);
  }
}

function parse(file: StrategyFile, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const line = faultyLine(text);
    throw file.bad(
      `not JSON, line ${line}.`,
      "Correct it there or just before; docs/strategies.md has a template to start from.",
      { line },
      error,
    );
  }
}

/** The first line with which a text is no longer the beginning of a JSON document; not every error of Node's names it. */
function faultyLine(text: string): number {
  const lines = text.split("\n");
  const first = lines.findIndex((_line, i) => !isBeginning(lines.slice(0, i + 1).join("\n")));
  return first < 0 ? lines.length : first + 1;
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    return message.includes("end of JSON input") || Number(position) >= text.trimEnd().length;
  }
}
