import { setImmediate as nextTurn } from "node:timers/promises";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { type Consultation, consult } from "../../agents/consult.ts";
import { portfolioAgent } from "../../agents/portfolio/agent.ts";
import { at } from "../../domain/market/column.ts";
import { decisionView } from "../../domain/market/decision-view.ts";
import { driftedHoldings, type RollingDecision } from "../../domain/policy/rolling.ts";
import { decidePortfolio } from "../../domain/portfolio/decide.ts";
import type { PortfolioReport } from "../../domain/portfolio/report.ts";
import type { Provenance } from "../../domain/run/provenance.ts";
import { addTokens } from "../../domain/run/tokens.ts";
import { mindOf, pipelineContext, type PipelineServices, refuseUnusableModel } from "../pipeline-context.ts";
import { emitProgress, lackOfHistory } from "../rolling-stage.ts";
import type { pipelineState } from "../state.ts";
import { startStep } from "../../tools/start-step.ts";

/**
 * Asks the portfolio agent at every rebalance date, with what alpha and risk said then and what is held. Rules give
 * the weights of each date, and the report of the last one alone: nobody reads the others.
 */
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
    let lastDecided: number | undefined;
    let fallback: string | undefined;
    let { usage } = state;

    for (const [k, row] of alpha.rows.entries()) {
      ctx.signal.throwIfAborted();
      decisions.push(await decide(k, row));
      emitProgress(ctx, "portfolio", k + 1, alpha.rows.length);
    }
    if (lastDecided !== undefined) last = (await ask(lastDecided)).report;
    const step = finish({
      by: made.at(-1) ?? null,
      decisions: made,
      summary: last === undefined ? "no date with enough history" : portfolioAgent.summarise(last),
      ...(fallback === undefined ? {} : { fallback }),
    });
    return {
      rolling: {
        ...state.rolling,
        portfolio: await artifacts.put("rolling-decisions", { id: ctx.identity.runId, decisions }),
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
      const { level } = measured;
      try {
        if (mind.kind === "rules") {
          await nextTurn();
          const { allowedExposure, trades } = decidePortfolio(decisionView(dataSet, asOf(k)), {
            alpha: scored,
            risk: measured,
            policy: ctx.policies.portfolio,
            constraints: input.constraints,
            holdings: holdings(k),
          });
          lastDecided = k;
          made.push("rules");
          return { row, level, allowedExposure, weights: trades.weights, note: null };
        }
        const answer = await ask(k);
        usage = addTokens(usage, answer.usage);
        refuseUnusableModel(answer);
        last = answer.report;
        made.push(answer.by);
        if (answer.fallback !== null) fallback ??= `${answer.fallback.code}: ${answer.fallback.message}`;
        const { allowedExposure, weights } = answer.report;
        return { row, level, allowedExposure, weights, note: null };
      } catch (error) {
        return cash(row, lackOfHistory(error));
      }
    }

    async function ask(k: number): Promise<Consultation<"portfolio">> {
      const [scored, measured] = [alpha.reports[k], risk.reports[k]];
      if (!scored || !measured) throw new RangeError(`no reports at date ${k}`);
      return consult(
        portfolioAgent,
        { ...ctx, asOf: asOf(k) },
        {
          dataSetId: dataSet.id,
          alphaId: await artifacts.put("alpha", scored),
          riskId: await artifacts.put("risk", measured),
          capital: input.settings.capital,
          constraints: input.constraints,
          holdings: holdings(k),
        },
        mind,
      );
    }

    function asOf(k: number): number {
      return at(dataSet.panel.closeTime, alpha.rows[k] ?? -1);
    }

    function holdings(k: number): Record<string, number> {
      return driftedHoldings(dataSet.panel, decisions[k - 1], alpha.rows[k] ?? -1);
    }
  };
}

function cash(row: number, note: string): RollingDecision {
  return { row, level: null, allowedExposure: 0, weights: {}, note };
}
