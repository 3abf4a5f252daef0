import { fillSchema } from "../json-schema.ts";
import type { ToolRequest } from "../decision.ts";
import type { Request } from "../request/request.ts";
import { TOOLS } from "./results.ts";
import { RECALL } from "../../../domain/memory/recall-report.ts";
import { WRITE_PLAN } from "../../../domain/run/plan.ts";

/** A tool as it is bound: name and JSON schema of its arguments. */
export interface BoundTool {
  readonly name: string;
  readonly parameters: unknown;
}

const OWN: ReadonlySet<string> = new Set([...Object.values(TOOLS), WRITE_PLAN, RECALL]);

/** Words of a tool's name that say nothing of its subject. */
const VERBS =
  /^(?:get|fetch|list|look|lookup|up|find|show|read|load|query|ask|run|compute|calculate|check|search|tool|agent|for|of|the|by|data|market|symbols?)$/;

/**
 * The calls of a tool that a program has added, where the request names its subject: `sector_of` for "What is the
 * sector of AAPL?". Its arguments are filled by name from what the request says; a tool that takes one `symbol`
 * is called for each.
 * @returns undefined where no such tool fits
 */
export function customCalls(request: Request, tools: readonly BoundTool[]): ToolRequest[] | undefined {
  const text = request.text.toLowerCase();
  const tool = tools.find(({ name }) => !OWN.has(name) && speaksOf(text, name));
  if (tool === undefined) return undefined;
  const { symbols, capital, period, text: question } = request;
  const common = {
    capital,
    amount: capital,
    ...period,
    query: question,
    question,
    text: question,
    request: question,
  };
  const each =
    symbols.length === 0
      ? [{}]
      : symbols.map((symbol) => ({ symbol, ticker: symbol, symbols, tickers: symbols }));
  const calls = each.flatMap((own): ToolRequest[] => {
    const args = fillSchema(tool.parameters, [own, common]);
    return args === undefined ? [] : [{ name: tool.name, args }];
  });
  const distinct = new Map(calls.map((call) => [JSON.stringify(call.args), call]));
  return distinct.size === 0 ? undefined : [...distinct.values()];
}

function speaksOf(text: string, name: string): boolean {
  const words = name
    .toLowerCase()
    .split(/[_-]+/)
    .filter((word) => word !== "" && !VERBS.test(word));
  return words.length > 0 && words.every((word) => new RegExp(`\\b${word.replace(/s$/, "")}`).test(text));
}
