import { expect, it } from "vitest";
import type { SweepMap } from "../../domain/backtest/sweep/sweep-map.ts";
import { plainText } from "../terminal/span.ts";
import { drawSweepMap } from "./draw-sweep-map.ts";

const show = (value: number): string => value.toFixed(1);

function mapOf(values: (number | null)[][], refused: readonly (readonly [number, number])[] = []): SweepMap {
  const width = values[0]?.length ?? 0;
  return {
    rows: { name: "fast", values: values.map((_, row) => String(5 * (row + 1))) },
    columns: { name: "slow", values: Array.from({ length: width }, (_, column) => String(100 + column)) },
    values,
    tried: values.map((cells, row) =>
      cells.map((_, column) => (refused.some(([r, c]) => r === row && c === column) ? 0 : 1)),
    ),
    others: [],
    best: { row: 1, column: 0 },
  };
}

const lines = (map: SweepMap, width: number, metric: "sharpe" | "costs" = "sharpe"): string[] =>
  drawSweepMap(map, metric, width, show).map((line) => plainText(line).replaceAll("\u00a0", " "));

it("shades fifths from bad to good, marks the best, crosses what lost all and leaves out what was refused", () => {
  const map = mapOf(
    [
      [0.1, 0.2, 0.3, 0.4, 0.5],
      [0.9, null, null, 0.1, 0.5],
    ],
    [[1, 1]],
  );
  expect(lines(map, 80)).toEqual([
    "fast slow 100 → 104",
    "   5 ··░░▒▒▒▒▓▓",
    "  10 ◆█  ××··▓▓",
    "· to 0.1  ░ to 0.2  ▒ to 0.4  ▓ to 0.5  █ above 0.5  ",
    "◆ the best  × all lost, or no value",
  ]);
});

it("turns the shades round where less is better", () => {
  const map = mapOf([
    [1, 2, 3, 4, 5],
    [1, 2, 3, 4, 5],
  ]);
  expect(lines(map, 80, "costs").slice(1, 3)).toEqual(["   5 ██▓▓▒▒░░··", "  10 ◆█▓▓▒▒░░··"]);
});

it("halves cells and then leaves columns out where there is no room, never the best one", () => {
  const row = Array.from({ length: 30 }, (_, column) => column / 30);
  const map = { ...mapOf([row, row]), best: { row: 1, column: 17 } };
  expect(lines(map, 40)[2]).toHaveLength(5 + 30);
  const thin = lines(map, 20);
  for (const line of thin.slice(1, 3)) expect(line.length).toBeLessThanOrEqual(20);
  expect(thin[2]).toContain("◆");
});
