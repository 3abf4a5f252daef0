import { at, type Column } from "../market/column.ts";

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly distance: number;
}

/**
 * Leaf order of the single-linkage tree over a symmetric distance matrix: similar items come to stand side by side.
 * At each merge the cluster made (or numbered) earlier comes first, as in scipy's `linkage`. The tree is read off the
 * minimum spanning tree (Gower and Ross, Applied Statistics 18, 1969; spanning tree by Prim), in n^2 steps.
 */
export function singleLinkageOrder(distances: readonly Column[]): number[] {
  interface Cluster {
    readonly id: number;
    readonly leaves: readonly number[];
  }
  const clusterOf: Cluster[] = distances.map((_, id) => ({ id, leaves: [id] }));
  const edges = spanningTree(distances).sort((a, b) => a.distance - b.distance);
  for (const [step, edge] of edges.entries()) {
    const pair = [clusterOf[edge.from], clusterOf[edge.to]].filter((one) => one !== undefined);
    const leaves = pair.sort((a, b) => a.id - b.id).flatMap((one) => one.leaves);
    const merged = { id: distances.length + step, leaves };
    for (const leaf of leaves) clusterOf[leaf] = merged;
  }
  return [...(clusterOf[0]?.leaves ?? [])];
}

function spanningTree(distances: readonly Column[]): Edge[] {
  const n = distances.length;
  const edges: Edge[] = [];
  const reached = new Uint8Array(n);
  const nearest = new Float64Array(n).fill(Infinity);
  const via = new Int32Array(n);
  let current = 0;
  while (edges.length < n - 1) {
    reached[current] = 1;
    const row = distances[current] ?? new Float64Array(n);
    let next = -1;
    for (let i = 0; i < n; i += 1) {
      if (reached[i] === 1) continue;
      if (at(row, i) < at(nearest, i)) {
        nearest[i] = at(row, i);
        via[i] = current;
      }
      if (next < 0 || at(nearest, i) < at(nearest, next)) next = i;
    }
    edges.push({ from: via[next] ?? 0, to: next, distance: at(nearest, next) });
    current = next;
  }
  return edges;
}
