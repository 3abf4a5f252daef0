import { z } from "zod";
import { FinAgentError } from "../../domain/errors.ts";
import { OPTIMIZE } from "../../domain/optimize/brief.ts";
import { WRITE_PLAN } from "../../domain/run/plan.ts";
import { listSymbolsTool } from "../../tools/list-symbols.ts";
import { recallTool } from "../../tools/recall.ts";
import type { Tool } from "../../tools/tool.ts";
import { alphaAgent } from "../alpha/agent.ts";
import { backtestAgent } from "../backtest/agent.ts";
import { dataAgent } from "../data/agent.ts";
import { portfolioAgent } from "../portfolio/agent.ts";
import { riskAgent } from "../risk/agent.ts";

/** What the manager's own tools are called. */
const OWN_NAMES = [
  WRITE_PLAN,
  listSymbolsTool.name,
  recallTool.name,
  OPTIMIZE,
  dataAgent.toolName,
  alphaAgent.toolName,
  riskAgent.toolName,
  portfolioAgent.toolName,
  backtestAgent.toolName,
];

/** What every model API takes as the name of a tool. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Refuses capabilities of a program that no model could call: a name that is malformed or taken, an input that
 * has no JSON schema or is no object.
 * @throws FinAgentError BAD_ARGUMENT that names the tool
 */
export function checkExtraTools(tools: readonly Tool[]): void {
  const taken = new Set(OWN_NAMES);
  for (const { name, input } of tools) {
    if (!NAME.test(name)) throw refused(name, "is no name for a tool", "Use letters, digits, _ and -.");
    if (taken.has(name)) throw refused(name, "is a name that another tool has", "Choose another name.");
    taken.add(name);
    if (!describesObject(input)) {
      throw refused(
        name,
        "takes an input that cannot be described to a model",
        "Make `input` a z.object() of plain fields, without dates, transforms at the root, or an id of its own.",
      );
    }
  }
}

function describesObject(input: z.ZodType): boolean {
  try {
    return z.toJSONSchema(input, { io: "input" }).type === "object";
  } catch {
    return false;
  }
}

function refused(name: string, why: string, hint: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", `The tool ${JSON.stringify(name)} ${why}.`, {
    hint,
    details: { tool: name },
  });
}
