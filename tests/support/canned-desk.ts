import {
  type AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import { z } from "zod";
import { FinAgentError } from "../../src/domain/errors.ts";
import { canonicalJson } from "../../src/domain/hash.ts";
import type { RiskLevel } from "../../src/domain/policy/risk.ts";
import { alphaReport, backtestReport, dataReport, portfolioReport, riskReport } from "./canned-reports.ts";
import { OfflineChatModel } from "../../src/models/offline/offline-chat-model.ts";

type Args = Record<string, unknown>;

/** For tests: the manager's tools with canned reports that fit the schemas, and a loop that drives a model over them. */
export interface Desk {
  /** Every call in order, the ones of one message together. */
  readonly rounds: { name: string; args: Args }[][];
  readonly tools: Record<string, (args: Args) => unknown>;
}

export function desk(
  set: { risk?: RiskLevel; score?: number; simulated?: boolean; volatility?: number } = {},
): Desk {
  const { risk = "MODERATE", score = 0.4213, simulated = true, volatility = 0.2351 } = set;
  const known = ["AAPL", "AMD", "DAL", "GOOGL", "KO", "MSFT", "NVDA", "TSLA", "SIM500"];
  const setOf = new Map<string, string[]>();
  return {
    rounds: [],
    tools: {
      write_plan: () => "Plan noted.",
      list_symbols: () => ({
        source: "simulated",
        simulated,
        benchmark: "SIM500",
        symbols: known.map((symbol) => ({
          symbol,
          name: null,
          kind: symbol === "SIM500" ? "index" : "stock",
        })),
      }),
      fetch_market_data: (args) => {
        const symbols = z.array(z.string()).parse(args["symbols"]);
        const unknown = symbols.find((symbol) => !known.includes(symbol));
        if (unknown !== undefined) {
          throw new FinAgentError("UNKNOWN_SYMBOL", `${unknown} is not in the simulated market.`, {
            hint: `It offers ${known.join(", ")}.`,
            details: {
              symbol: unknown,
              near: unknown === "APPL" ? ["AAPL"] : unknown === "MSTF" ? ["MSFT"] : [],
            },
          });
        }
        const id = `set-${canonicalJson(args).replaceAll(/\W+/g, "-")}`;
        setOf.set(id, symbols);
        return dataReport(id, symbols, simulated);
      },
      ask_alpha_agent: (args) => ({
        alphaId: "alpha-1",
        by: "rules",
        ...alphaReport(args, setOf.get(String(args["dataSetId"])) ?? [], score),
      }),
      ask_risk_agent: (args) => ({
        riskId: "risk-1",
        by: "rules",
        ...riskReport(args, setOf.get(String(args["dataSetId"])) ?? [], risk, volatility),
      }),
      ask_portfolio_agent: (args) => ({
        portfolioId: "portfolio-1",
        by: "rules",
        ...portfolioReport(args, setOf.get(String(args["dataSetId"])) ?? []),
      }),
      run_backtest: (args) => {
        const {
          equity: _equity,
          tradeList: _trades,
          ...report
        } = backtestReport(args, setOf.get(String(args["dataSetId"])) ?? []);
        return { backtestId: "backtest-1", by: "rules", ...report, sparkline: "▁▂▃▅▇" };
      },
    },
  };
}

const PROMPT = "You are the manager of a trading team.\nAs of: 2025-08-15\n";

/** Runs a conversation to its last answer; the final message of each human message is returned. */
export async function converse(
  at: Desk,
  requests: readonly string[],
  model = new OfflineChatModel(),
): Promise<{ answers: AIMessage[]; messages: BaseMessage[] }> {
  const bound = model.bindTools(langChainTools(at));
  const messages: BaseMessage[] = [new SystemMessage(PROMPT)];
  const answers: AIMessage[] = [];
  for (const request of requests) {
    messages.push(new HumanMessage(request));
    for (let round = 0; ; round++) {
      if (round > 12) throw new Error(`no end: ${request}`);
      const message = await bound.invoke(messages);
      messages.push(message);
      const calls = message.tool_calls ?? [];
      if (calls.length === 0) {
        answers.push(message);
        break;
      }
      at.rounds.push(calls.map(({ name, args }) => ({ name, args })));
      for (const call of calls) messages.push(toolMessage(at, call.name, call.args, call.id ?? ""));
    }
  }
  return { answers, messages };
}

/** The tools as LangChain's createAgent takes them. */
export function langChainTools(at: Desk): StructuredToolInterface[] {
  return Object.keys(at.tools).map(
    (name) =>
      tool(
        (args: Args) => {
          at.rounds.push([{ name, args }]);
          return content(at, name, args).text;
        },
        { name, description: name, schema: z.looseObject({}) },
      ) as StructuredToolInterface,
  );
}

function toolMessage(at: Desk, name: string, args: Args, id: string): ToolMessage {
  const { text, failed } = content(at, name, args);
  return new ToolMessage({ content: text, name, tool_call_id: id, status: failed ? "error" : "success" });
}

function content(at: Desk, name: string, args: Args): { text: string; failed: boolean } {
  try {
    const value = at.tools[name]?.(args);
    return { text: typeof value === "string" ? value : JSON.stringify(value), failed: false };
  } catch (error) {
    if (error instanceof FinAgentError) return { text: JSON.stringify(error), failed: true };
    throw error;
  }
}
