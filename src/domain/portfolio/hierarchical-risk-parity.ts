import type { Matrix } from "ml-matrix";
import { FinAgentError } from "../errors.ts";
import { at, type Column } from "../market/column.ts";
import { normalised } from "./normalised.ts";
import { singleLinkageOrder } from "./single-linkage.ts";

/**
 * Hierarchical risk parity, Lopez de Prado, "Building Diversified Portfolios that Outperform Out of Sample", Journal
 * of Portfolio Management 42 (2016): names are ordered by single linkage on the Euclidean distance between the columns
 * of sqrt((1 - correlation) / 2), then the order is halved again and again, each half weighted by the inverse of the
 * variance that it has under inverse-variance weights. Needs no inverse of the covariance.
 * @throws FinAgentError NUMERICAL where a name has no variance
 */
export function hierarchicalRiskParity(covariance: Matrix): Float64Array {
  const rows = covariance.to2DArray().map((row) => Float64Array.from(row));
  const deviations = Float64Array.from(rows, (row, i) => Math.sqrt(at(row, i)));
  if (!deviations.every((deviation) => deviation > 0)) {
    throw new FinAgentError(
      "NUMERICAL",
      "Hierarchical risk parity needs a positive variance for every name.",
      {
        hint: "Leave out names whose price does not move.",
      },
    );
  }
  const distances = rows.map((row, i) =>
    row.map((value, j) => Math.sqrt(Math.max(0, (1 - value / (at(deviations, i) * at(deviations, j))) / 2))),
  );
  const weights = new Float64Array(rows.length).fill(1);
  bisect(singleLinkageOrder(columnDistances(distances)), rows, weights);
  return normalised(weights);
}

function columnDistances(distances: readonly Column[]): Column[] {
  return distances.map((one) => Float64Array.from(distances, (other) => euclidean(one, other)));
}

function euclidean(one: Column, other: Column): number {
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += (at(one, i) - at(other, i)) ** 2;
  return Math.sqrt(sum);
}

/** Splits the weight of the ordered names between their two halves, and so on down to single names. */
function bisect(order: readonly number[], covariance: readonly Column[], weights: Float64Array): void {
  if (order.length < 2) return;
  const middle = Math.floor(order.length / 2);
  const halves = [order.slice(0, middle), order.slice(middle)];
  const [left = 0, right = 0] = halves.map((half) => clusterVariance(half, covariance));
  for (const [index, half] of halves.entries()) {
    const share = (index === 0 ? right : left) / (left + right);
    for (const name of half) weights[name] = at(weights, name) * share;
    bisect(half, covariance, weights);
  }
}

/** Variance of a group of names under inverse-variance weights. */
function clusterVariance(names: readonly number[], covariance: readonly Column[]): number {
  const entry = (i: number, j: number): number => covariance[i]?.[j] ?? NaN;
  const inverse = names.map((name) => 1 / entry(name, name));
  const total = inverse.reduce((sum, value) => sum + value, 0);
  let variance = 0;
  for (const [a, i] of names.entries()) {
    for (const [b, j] of names.entries()) variance += (inverse[a] ?? 0) * (inverse[b] ?? 0) * entry(i, j);
  }
  return variance / (total * total);
}
