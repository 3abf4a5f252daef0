import { describe, expect, it } from "vitest";
import { heatMap, heatMapHeight, type HeatMap } from "./heat-map.ts";

const map: HeatMap = {
  id: "h",
  title: "Sharpe <by> parameters",
  description: "Best at fast 10.",
  columns: ["5", "10"],
  rows: ["20", "50", "100"],
  values: [
    [0.5, 1],
    [-1, null],
    [0, 0.25],
  ],
  format: (value) => value.toFixed(2),
};

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);
const cells = (svg: string): string[] => svg.match(/<path d="[^"]*Z"[^>]*>/g) ?? [];

describe("heatMap", () => {
  it("draws a cell and a figure for each value, and none where there is none", () => {
    const svg = heatMap(map, { width: 400, height: heatMapHeight(3) });
    expect(cells(svg)).toHaveLength(5);
    expect(texts(svg).toSorted()).toEqual(
      ["-1.00", "0.00", "0.25", "0.50", "1.00", "10", "100", "20", "5", "50"].toSorted(),
    );
    expect(svg).toContain("Sharpe &lt;by&gt; parameters");
    expect(cells(svg).filter((cell) => cell.includes("var(--loss)"))).toHaveLength(1);
  });

  it("colours by the distance from the centre: the farthest fully, the centre hardly", () => {
    const opacity = (centre: number): (string | undefined)[] =>
      cells(heatMap({ ...map, centre }, { width: 400, height: 140 })).map(
        (cell) => /fill-opacity="([\d.]+)"/.exec(cell)?.[1],
      );
    expect(opacity(0).slice(0, 4)).toEqual(["0.295", "0.55", "0.55", "0.04"]);
    expect(opacity(1)[1]).toBe("0.04");
  });

  it("leaves out figures and names that have no room", () => {
    const many = Array.from({ length: 60 }, (_, i) => String(i * 10));
    const svg = heatMap(
      { ...map, columns: many, rows: many, values: many.map(() => many.map((_, i) => i / 10)) },
      { width: 400, height: 300 },
    );
    expect(cells(svg)).toHaveLength(3600);
    expect(texts(svg).length).toBeLessThan(45);
    expect(texts(svg)).not.toContain("0.10");
  });

  it("frames a cell and names both sides", () => {
    const svg = heatMap(
      { ...map, framed: { row: 2, column: 1 }, columnsName: "fast", rowsName: "slow" },
      { width: 400, height: 200 },
    );
    expect(cells(svg).filter((cell) => cell.includes('stroke="var(--ink)"'))).toHaveLength(1);
    expect(texts(svg)).toEqual(expect.arrayContaining(["fast", "slow"]));
  });
});
