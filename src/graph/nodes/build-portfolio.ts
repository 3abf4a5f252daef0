import { randomUUID } from "node:crypto";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { consult } from "../../agents/consult.ts";
import { portfolioAgent } from "../../agents/portfolio/agent.ts";
import { at } from "../../domain/market/column.ts";
import { driftedHoldings, type RollingDecision } from "../../domain/policy/rolling.ts";
import type { PortfolioReport } from "../../domain/portfolio/report.ts";
import type { Provenance } from "../../domain/run/provenance.ts";
import { addTokens } from "../../domain/run/tokens.ts";
import { mindOf, pipelineContext, type PipelineServices, refuseUnusableModel } from "../pipeline-context.ts";
import { lackOfHistory } from "../rolling-stage.ts";
import type { pipelineState } from "../state.ts";
import { startStep } from "../../tools/start-step.ts";

/** Asks the portfolio agent at every rebalance date, with what alpha and risk said then and what is held. */
export function buildPortfolio(shared: PipelineServices) {
  return async (
    state: typeof pipelineState.State,
    config: LangGraphRunnableConfig,
  ): Promise<typeof pipelineState.Update> => {
    const { ctx, input } = pipelineContext(shared, state, config);
    const { artifacts } = ctx;
    const [dataSet, alpha, risk] = await Promise.all([
      artifacts.get("data-set", state.references.data ?? ""),
      artifacts.get("rolling-alpha", state.rolling.alpha ?? ""),
      artifacts.get("rolling-risk", state.rolling.risk ?? ""),
    ]);
    const finish = startStep(ctx, "portfolio", portfolioAgent.toolName, `${alpha.rows.length} dates`);
    const mind = mindOf(shared, input, "portfolio");
    const decisions: RollingDecision[] = [];
    const made: Provenance[] = [];
    let last: PortfolioReport | undefined;
    let fallback: string | undefined;
    let { usage } = state;

    for (const [k, row] of alpha.rows.entries()) {
      ctx.signal.throwIfAborted();
      decisions.push(await decide(k, row));
      ctx.emit({ type: "progress", agent: "portfolio", done: k + 1, total: alpha.rows.length });
    }
    const step = finish({
      by: made.at(-1) ?? null,
      decisions: made,
      summary: last === undefined ? "no date with enough history" : portfolioAgent.summarise(last),
      ...(fallback === undefined ? {} : { fallback }),
    });
    return {
      rolling: {
        ...state.rolling,
        portfolio: await artifacts.put("rolling-decisions", { id: randomUUID(), decisions }),
      },
      references: {
        ...state.references,
        portfolio: last === undefined ? undefined : await artifacts.put("portfolio", last),
      },
      steps: [...state.steps, step],
      usage,
    };

    async function decide(k: number, row: number): Promise<RollingDecision> {
      const scored = alpha.reports[k] ?? null;
      const measured = risk.reports[k] ?? null;
      if (scored === null || measured === null) {
        return cash(row, alpha.notes[k] ?? risk.notes[k] ?? "no report");
      }
      try {
        const answer = await consult(
          portfolioAgent,
          { ...ctx, asOf: at(dataSet.panel.closeTime, row) },
          {
            dataSetId: dataSet.id,
            alphaId: await artifacts.put("alpha", scored),
            riskId: await artifacts.put("risk", measured),
            capital: input.settings.capital,
            constraints: input.constraints,
            holdings: driftedHoldings(dataSet.panel, decisions.at(-1), row),
          },
          mind,
        );
        usage = addTokens(usage, answer.usage);
        refuseUnusableModel(answer);
        last = answer.report;
        made.push(answer.by);
        if (answer.fallback !== null) fallback ??= `${answer.fallback.code}: ${answer.fallback.message}`;
        return {
          row,
          level: measured.level,
          allowedExposure: answer.report.allowedExposure,
          weights: answer.report.weights,
          note: null,
        };
      } catch (error) {
        return cash(row, lackOfHistory(error));
      }
    }
  };
}

function cash(row: number, note: string): RollingDecision {
  return { row, level: null, allowedExposure: 0, weights: {}, note };
}
