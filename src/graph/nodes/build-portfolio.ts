import { setImmediate as nextTurn } from "node:timers/promises";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { type Consultation, consult, type Mind } from "../../agents/consult.ts";
import type { References } from "../../agents/manager/state.ts";
import { portfolioAgent } from "../../agents/portfolio/agent.ts";
import { at } from "../../domain/market/column.ts";
import { decisionView } from "../../domain/market/decision-view.ts";
import { driftedHoldings, type RollingDecision } from "../../domain/policy/rolling.ts";
import { decidePortfolio } from "../../domain/portfolio/decide.ts";
import type { PortfolioReport } from "../../domain/portfolio/report.ts";
import { provenanceOf } from "../../domain/run/run-provenance.ts";
import { addUsage } from "../../domain/run/usage.ts";
import { DecisionLog } from "../decision-log.ts";
import { patientStage } from "../patient-stage.ts";
import { mindOf, pipelineContext, type PipelineServices } from "../pipeline-context.ts";
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
    const consulted = patientStage<"portfolio">(mind);
    const decisions: RollingDecision[] = [];
    const log = new DecisionLog();
    /** By date, as far as a model was asked; nobody reads those of rules but the last. */
    const reports = new Map<number, PortfolioReport>();
    const ruled = new Set<number>();
    let { usage } = state;

    for (const [k, row] of alpha.rows.entries()) {
      ctx.signal.throwIfAborted();
      const decision = await decide(k, row);
      decisions.push({ ...decision, ...standIns(k) });
      emitProgress(ctx, "portfolio", k + 1, alpha.rows.length);
    }
    const k = decisions.findLastIndex(({ note }) => note === null);
    const last = await reportAt(k);
    const step = finish({
      ...log.told(),
      summary: last === undefined ? "no date with enough history" : portfolioAgent.summarise(last),
    });
    const steps = [...state.steps, step];
    const { result } = provenanceOf(steps, ctx.minModelShare);
    return {
      rolling: {
        ...state.rolling,
        portfolio: await artifacts.put("rolling-decisions", { id: ctx.identity.runId, decisions }),
      },
      references: {
        ...state.references,
        ...(result === "partial"
          ? await decidedByModel()
          : { portfolio: last === undefined ? undefined : await artifacts.put("portfolio", last) }),
      },
      steps,
      usage,
    };

    /** What the agents reported last before rules stood in for any of them. */
    async function decidedByModel(): Promise<Pick<References, "alpha" | "risk" | "portfolio">> {
      const end = decisions.findIndex(({ standIns = [] }) => standIns.length > 0);
      const before = decisions.slice(0, end).findLastIndex(({ note }) => note === null);
      const [scored, measured] = [alpha.reports[before], risk.reports[before]];
      const built = await reportAt(before);
      if (!scored || !measured || built === undefined) {
        return { alpha: undefined, risk: undefined, portfolio: undefined };
      }
      return {
        alpha: await artifacts.put("alpha", scored),
        risk: await artifacts.put("risk", measured),
        portfolio: await artifacts.put("portfolio", built),
      };
    }

    /** @param k -1: none */
    async function reportAt(k: number): Promise<PortfolioReport | undefined> {
      if (mind.kind === "llm" || k < 0) return reports.get(k);
      return (await ask(k, mind)).report;
    }

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
          log.add({ by: "rules", fallback: null }, asOf(k));
          return { row, level, allowedExposure, weights: trades.weights, note: null };
        }
        const answer = await consulted(async (chosen) => ask(k, chosen));
        usage = addUsage(usage, answer.usage);
        reports.set(k, answer.report);
        log.add(answer, asOf(k));
        if (answer.fallback !== null) ruled.add(k);
        const { allowedExposure, weights } = answer.report;
        return { row, level, allowedExposure, weights, note: null };
      } catch (error) {
        return cash(row, lackOfHistory(error));
      }
    }

    /** Agents for whose model rules stood in at a date. */
    function standIns(k: number): Pick<RollingDecision, "standIns"> {
      const agents = [
        ...(alpha.standIns?.includes(k) === true ? ["alpha"] : []),
        ...(risk.standIns?.includes(k) === true ? ["risk"] : []),
        ...(ruled.has(k) ? ["portfolio"] : []),
      ];
      return agents.length === 0 ? {} : { standIns: agents };
    }

    async function ask(k: number, chosen: Mind): Promise<Consultation<"portfolio">> {
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
        chosen,
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
