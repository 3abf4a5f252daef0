import { askTool } from "../../tools/ask.ts";
import { backtestStrategyTool } from "../../tools/backtest-strategy.ts";
import { compareStrategiesTool } from "../../tools/compare-strategies.ts";
import { optimizeAgentPromptsTool } from "../../tools/optimize-agent-prompts.ts";
import { runPipelineTool } from "../../tools/run-pipeline.ts";
import { stressStrategyTool } from "../../tools/stress-strategy.ts";
import { sweepStrategyTool } from "../../tools/sweep-strategy.ts";
import type { Block } from "../markdown/block.ts";
import { cell, paragraph } from "../markdown/compose.ts";
import { parseMarkdown } from "../markdown/parse-markdown.ts";
import { describeComparison } from "./describe-comparison.ts";
import { describeFooter } from "./describe-provenance.ts";
import { describeOptimization } from "./describe-optimization.ts";
import { describeRun } from "./describe-run.ts";
import { describeStress } from "./describe-stress.ts";
import { describeSweep } from "./describe-sweep.ts";

/** The report of a capability as its command prints it. */
export function describeReport(tool: string, report: unknown, ms: number, width: number): Block[] {
  return (
    drawn(tool, report, ms, width) ?? [
      paragraph(cell("Another version wrote this report: --json shows it.", "yellow")),
    ]
  );
}

function drawn(tool: string, report: unknown, ms: number, width: number): Block[] | null {
  switch (tool) {
    case askTool.name: {
      const asked = askTool.output.safeParse(report).data;
      return asked === undefined
        ? null
        : [...parseMarkdown(asked.answer ?? ""), ...describeFooter(asked, ms)];
    }
    case runPipelineTool.name:
    case backtestStrategyTool.name: {
      const ran = runPipelineTool.output.safeParse(report).data;
      return ran === undefined ? null : describeRun(ran, ms, width);
    }
    case compareStrategiesTool.name: {
      const compared = compareStrategiesTool.output.safeParse(report).data;
      return compared === undefined ? null : describeComparison(compared, ms);
    }
    case stressStrategyTool.name: {
      const stressed = stressStrategyTool.output.safeParse(report).data;
      return stressed === undefined ? null : describeStress(stressed, ms);
    }
    case sweepStrategyTool.name: {
      const swept = sweepStrategyTool.output.safeParse(report).data;
      return swept === undefined ? null : describeSweep(swept, ms, width);
    }
    case optimizeAgentPromptsTool.name: {
      const optimized = optimizeAgentPromptsTool.output.safeParse(report).data;
      return optimized === undefined ? null : describeOptimization(optimized, ms, width);
    }
    default:
      return null;
  }
}
