import { writeUsd } from "../../domain/cost/nano-usd.ts";
import type { CostGroup } from "../../domain/cost/cost-groups.ts";
import type { CostRow } from "../../domain/cost/cost-row.ts";
import type { Runtime } from "../../runtime.ts";
import { listCostsTool } from "../../tools/list-costs.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import { count } from "../format.ts";
import type { Io } from "../io.ts";
import type { Block } from "../markdown/block.ts";
import { cell, facts, paragraph, table } from "../markdown/compose.ts";
import { perform } from "../perform.ts";
import type { Line } from "../terminal/span.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface CostsFlags extends GlobalFlags {
  readonly by?: CostGroup;
  readonly limit?: number;
}

const FLAG_OF_FIELD = { by: "--by", limit: "--limit" };

/** `finagent costs`: what calls of models have cost, and what the budgets leave. */
export async function costs(runtime: Runtime, flags: CostsFlags, io: Io): Promise<number> {
  const { by, limit } = flags;
  const calling = { command: "costs", flags, io, flagOf: FLAG_OF_FIELD };
  const listed = await perform(runtime, listCostsTool, given({ by, limit }), calling);
  if (flags.json === true) {
    writeJson(io.out, listed);
    return 0;
  }
  const { rows, total, budget, today } = listed;
  const ofBudget = (limitUsd: number | undefined): string =>
    limitUsd === undefined ? "no budget" : writeUsd(limitUsd);
  const left = today.left === null ? "" : `, ${writeUsd(today.left)} left`;
  const unknown = today.whole ? "" : ", calls whose price is not known beside it";
  writeBlocks(io.out, [
    facts([
      [
        "Today",
        cell(
          `${today.day} (UTC): ${writeUsd(today.spent)} spent${unknown}, ${writeUsd(today.reserved)} reserved${left}`,
        ),
      ],
      ["A day", cell(ofBudget(budget.perDayUsd))],
      ["A run", cell(ofBudget(budget.perRunUsd))],
    ]),
    ...(rows.length === 0
      ? [paragraph(cell("No call of a model has been counted yet; the offline model costs nothing."))]
      : describeRows(listed.by, rows, total)),
  ]);
  return 0;
}

function describeRows(by: string, rows: readonly CostRow[], total: Omit<CostRow, "name">): Block[] {
  const drawn = (name: Line, row: Omit<CostRow, "name">): Line[] => [
    name,
    cell(count(row.calls)),
    cell(count(row.inputTokens)),
    cell(count(row.outputTokens)),
    row.cost === null ? cell("not known", "yellow") : cell(writeUsd(row.cost)),
    cell(row.assumed === 0 ? "" : writeUsd(row.assumed)),
    cell(row.reserved === 0 ? "" : writeUsd(row.reserved)),
  ];
  return [
    table(
      [
        [by.replace(/^./, (first) => first.toUpperCase()), "left"],
        ["Calls", "right"],
        ["Tokens in", "right"],
        ["Tokens out", "right"],
        ["Cost", "right"],
        ["Assumed", "right"],
        ["Reserved", "right"],
      ],
      [...rows.map((row) => drawn(cell(row.name), row)), drawn(cell("All", "bold"), total)],
    ),
    ...(total.assumed === 0
      ? []
      : [
          paragraph(
            cell(
              "Assumed: part of the cost, for attempts that were cut off. Nobody knows what was billed for them, so the most that it can be is counted.",
              "dim",
            ),
          ),
        ]),
    ...(total.reserved === 0
      ? []
      : [
          paragraph(
            cell(
              "Reserved: for calls under way. What a process that was killed had reserved stays so, and counts as spent.",
              "dim",
            ),
          ),
        ]),
  ];
}
