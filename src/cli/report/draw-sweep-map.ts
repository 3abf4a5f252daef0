import { lessIsBetter, type ScoreField } from "../../domain/backtest/sweep/score.ts";
import type { SweepMap } from "../../domain/backtest/sweep/sweep-map.ts";
import { thinMap } from "../../domain/backtest/sweep/thin-map.ts";
import { type Format, type Line, span } from "../terminal/span.ts";

/** From bad to good, each for a fifth of the cells. */
const SHADES: readonly (readonly [mark: string, format: Format])[] = [
  ["·", "red"],
  ["░", "red"],
  ["▒", "yellow"],
  ["▓", "green"],
  ["█", "green"],
];
const BEST = "◆";
/** Tried, but lost everything or never traded. */
const WITHOUT = "×";
const NO_BREAK_SPACE = "\u00a0";
const MOST_ROWS = 40;

/** A heat map in characters: each line a row of it, the best cell marked, refused combinations left empty. */
export function drawSweepMap(
  whole: SweepMap,
  metric: ScoreField,
  width: number,
  show: (value: number) => string,
): Line[] {
  const label = Math.max(whole.rows.name.length, ...whole.rows.values.map((value) => value.length)) + 1;
  const room = width - label;
  const cellWidth = 2 * whole.columns.values.length <= room ? 2 : 1;
  const map = thinMap(whole, { rows: MOST_ROWS, columns: Math.floor(room / cellWidth) });
  const bounds = fifths(whole.values.flat().filter((value) => value !== null));
  const shadeOf = (value: number): (typeof SHADES)[number] => {
    const place = bounds.filter((bound) => value > bound).length;
    return SHADES[lessIsBetter(metric) ? SHADES.length - 1 - place : place] ?? ["?", "dim"];
  };
  const across = `${map.columns.name} ${whole.columns.values[0] ?? ""} → ${whole.columns.values.at(-1) ?? ""}`;
  return [
    [span(blank(map.rows.name.padStart(label - 1).padEnd(label)), "dim"), span(blank(across), "dim")],
    ...map.rows.values.map((name, row) => [
      span(blank(`${name.padStart(label - 1)} `), "dim"),
      ...map.columns.values.map((_, column) => {
        const value = map.values[row]?.[column] ?? null;
        if (row === map.best.row && column === map.best.column)
          return span(BEST.padEnd(cellWidth, "█"), "cyan");
        if (value === null) {
          const tried = (map.tried[row]?.[column] ?? 0) > 0;
          return tried ? span(WITHOUT.repeat(cellWidth), "dim") : span(NO_BREAK_SPACE.repeat(cellWidth));
        }
        const [mark, format] = shadeOf(value);
        return span(mark.repeat(cellWidth), format);
      }),
    ]),
    ...legend(bounds, lessIsBetter(metric), show),
  ];
}

function legend(bounds: readonly number[], inverted: boolean, show: (value: number) => string): Line[] {
  const shades = inverted ? SHADES.toReversed() : SHADES;
  return [
    shades.flatMap(([mark, format], place) => {
      const bound = bounds[place];
      const last = bounds.at(-1);
      const text =
        bound === undefined ? `above ${last === undefined ? "" : show(last)}` : `to ${show(bound)}`;
      return [span(mark, format), span(blank(` ${text}  `), "dim")];
    }),
    [
      span(BEST, "cyan"),
      span(blank(" the best  "), "dim"),
      span(WITHOUT, "dim"),
      span(blank(" all lost, or no value"), "dim"),
    ],
  ];
}

/** The four values that cut the others into fifths. */
function fifths(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.2, 0.4, 0.6, 0.8].map((part) => sorted[Math.floor(part * (sorted.length - 1))] ?? NaN);
}

/** Lines are wrapped at spaces, and these must stay as they are. */
function blank(text: string): string {
  return text.replaceAll(" ", NO_BREAK_SPACE);
}
