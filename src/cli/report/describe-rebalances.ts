import type { RunReport } from "../../domain/run/report.ts";
import { barTime, counted, percent } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { cell, heading, table } from "../markdown/compose.ts";
import type { Line } from "../terminal/span.ts";
import { bothEnds } from "./both-ends.ts";

/** What the agents decided as they rolled through the period: the risk that they saw and what they held. */
export function describeRebalances({ rebalances, data }: RunReport): Block[] {
  if (rebalances.length === 0) return [];
  const interval = data?.interval ?? "1d";
  const rows = bothEnds(
    rebalances,
    (one): Line[] => [
      cell(barTime(one.time, interval)),
      cell(one.level ?? "n/a"),
      cell(percent(one.allowedExposure, 0)),
      cell(percent(one.exposure, 0)),
      [...cell(one.note ?? describeWeights(one.weights)), ...describeStandIns(one.standIns)],
    ],
    (hidden) => [cell("…", "dim"), [], [], [], cell(`${hidden} more`, "dim")],
  );
  return [
    heading(counted(rebalances.length, "rebalance")),
    table(
      [
        ["Decided", "left"],
        ["Risk", "left"],
        ["Allowed", "right"],
        ["Exposure", "right"],
        ["Weights", "left"],
      ],
      rows,
    ),
  ];
}

function describeStandIns(agents: readonly string[] = []): Line {
  return agents.length === 0 ? [] : cell(` (rules for ${agents.join(", ")})`, "yellow");
}

function describeWeights(weights: Readonly<Record<string, number>>): string {
  const held = Object.entries(weights)
    .filter(([, weight]) => weight !== 0)
    .toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  return held.length === 0 ? "cash" : held.map(([symbol, w]) => `${symbol} ${percent(w)}`).join(", ");
}
