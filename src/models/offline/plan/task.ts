import type { Constraints } from "../../../domain/policy/constraints.ts";
import { type Condition, conditionText } from "../request/condition.ts";
import { DEFAULT_MONTHS } from "../request/relative-period.ts";
import type { Request } from "../request/request.ts";
import { type Results, type TaskId, TOOLS } from "./results.ts";

/** The capital where the request names none; the answer says so. */
export const DEFAULT_CAPITAL = 100_000;

/** One task of the plan: what is called, when, and with what. */
export interface Task {
  readonly id: TaskId;
  readonly purpose: string;
  readonly dependsOn: readonly TaskId[];
  readonly conditions: readonly Condition[];
  /** The tool's arguments; a sentence where they cannot be had. */
  args(results: Results): Readonly<Record<string, unknown>> | string;
}

/**
 * The tasks of a request in the order in which they are done. Tasks that do not depend on each other run side by
 * side. Tools that are not bound are left out.
 */
export function tasksOf(
  request: Request,
  bound: ReadonlySet<string>,
  corrections: ReadonlyMap<string, string>,
): Task[] {
  const tasks: Task[] = request.form === "list" ? [universeTask] : workTasks(request, corrections);
  const kept = tasks.filter((task) => bound.has(TOOLS[task.id]));
  const ids = new Set(kept.map((task) => task.id));
  return kept.map((task) => ({ ...task, dependsOn: task.dependsOn.filter((id) => ids.has(id)) }));
}

const universeTask: Task = {
  id: "universe",
  purpose: "List the symbols that the data source offers",
  dependsOn: [],
  conditions: [],
  args: () => ({}),
};

function workTasks(request: Request, corrections: ReadonlyMap<string, string>): Task[] {
  const { stages } = request.work;
  const named = request.universe === undefined;
  const symbols = request.symbols.map((symbol) => corrections.get(symbol) ?? symbol);
  const whose = named ? symbols.join(", ") : request.universe === "index" ? "the index" : "all stocks";
  const capital = request.capital ?? DEFAULT_CAPITAL;
  // "The five strongest stocks, and a portfolio": of no more names than were asked for.
  const top = request.form === "screen" ? request.screening?.top : undefined;
  const asked: Constraints = {
    ...(top === undefined ? {} : { maxNames: top }),
    ...request.constraints,
  };
  const constraints = Object.keys(asked).length === 0 ? {} : { constraints: asked };
  const own = request.ownWeights?.weights;
  const weights =
    own === undefined
      ? {}
      : {
          weights: Object.fromEntries(
            Object.entries(own).map(([symbol, weight]) => [corrections.get(symbol) ?? symbol, weight]),
          ),
        };
  const withPortfolio = stages.has("portfolio");
  const strategy = request.strategy === undefined ? {} : { strategy: request.strategy };
  const conditionsOf = (task: "portfolio" | "backtest"): Condition[] =>
    request.conditions.filter((one) => one.task === task);
  const backtestConditions = conditionsOf("backtest");

  const tasks: Task[] = [
    {
      id: "data",
      purpose: `Fetch the prices of ${whose}`,
      dependsOn: named ? [] : ["universe"],
      conditions: [],
      args: (results) => {
        const listed = named ? symbols : universeSymbols(request, results);
        return typeof listed === "string"
          ? listed
          : { symbols: listed, ...(request.period ?? { lastMonths: DEFAULT_MONTHS }) };
      },
    },
    {
      id: "alpha",
      purpose: `Score ${whose} and give the evidence`,
      dependsOn: ["data"],
      conditions: [],
      args: ({ data }) => needs({ dataSetId: data?.dataSetId }),
    },
    {
      id: "risk",
      purpose: `Measure the risk of ${whose}${own === undefined ? "" : " in the weights named"}`,
      dependsOn: ["data"],
      conditions: [],
      args: ({ data }) => needs({ dataSetId: data?.dataSetId }, { ...constraints, ...weights }),
    },
    {
      id: "portfolio",
      purpose: `Propose weights for ${whose}`,
      dependsOn: ["alpha", "risk"],
      conditions: conditionsOf("portfolio"),
      args: ({ data, alpha, risk }) =>
        needs(
          { dataSetId: data?.dataSetId, alphaId: alpha?.alphaId, riskId: risk?.riskId },
          { capital, ...constraints, ...(request.method === undefined ? {} : { method: request.method }) },
        ),
    },
    {
      id: "backtest",
      purpose:
        request.strategy === undefined
          ? `Backtest the agents' policies on ${whose}`
          : `Backtest ${request.strategy.name} on ${whose}`,
      dependsOn: withPortfolio || backtestConditions.length > 0 ? ["alpha", "risk"] : ["data"],
      // A backtest that only accompanies a portfolio shares its conditions.
      conditions:
        backtestConditions.length > 0 ? backtestConditions : withPortfolio ? conditionsOf("portfolio") : [],
      args: ({ data }) => needs({ dataSetId: data?.dataSetId }, { ...strategy, ...constraints, capital }),
    },
  ];
  const wanted = tasks.filter((task) => task.id !== "universe" && stages.has(task.id));
  return named ? wanted : [universeTask, ...wanted];
}

/** The condition of a task as the plan shows it; undefined where it is always done. */
export function conditionsText(task: Task): string | undefined {
  return task.conditions.length === 0 ? undefined : task.conditions.map(conditionText).join(" and ");
}

function universeSymbols(request: Request, { universe }: Results): string[] | string {
  const listed = universe?.symbols ?? [];
  const pick = (kinds: readonly string[]): string[] =>
    listed.flatMap((one) =>
      one.symbol !== undefined && kinds.includes(one.kind ?? "unknown") ? [one.symbol] : [],
    );
  if (request.universe === "index") {
    const index = pick(["index"])[0] ?? universe?.benchmark ?? undefined;
    return index === undefined ? "The data source has no index." : [index];
  }
  const stocks = pick(["stock"]);
  const symbols = stocks.length > 0 ? stocks : pick(["unknown", "fund", "crypto"]);
  return symbols.length > 0 ? symbols : "The data source lists no stocks.";
}

/** Ids that earlier results must have, with the rest of the arguments. */
function needs(
  ids: Readonly<Record<string, string | undefined>>,
  rest: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> | string {
  const missing = Object.entries(ids).find(([, id]) => id === undefined)?.[0];
  return missing === undefined ? { ...ids, ...rest } : `An earlier result came without its ${missing}.`;
}
