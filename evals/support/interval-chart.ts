import { SERIES, cssColour } from "../../src/report/charts/colour.ts";
import { FONT_SIZE, type Size, type Wording } from "../../src/report/charts/draw-svg.ts";
import { escapeHtml } from "../../src/report/html.ts";

/** A share with its interval, all in [0, 1]. */
export interface Interval {
  readonly group: string;
  /** Which of the series it belongs to, from 0. */
  readonly series: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const ROW = 22;
const GAP = 12;
const TOP = 8;
const BOTTOM = 26;
const CHARACTER = FONT_SIZE * 0.58;

export function intervalHeight(rows: readonly Interval[]): number {
  return TOP + BOTTOM + rows.length * ROW + groupsOf(rows).length * GAP;
}

/** Dots with their intervals on a line from 0 to 100 %, in groups from top to bottom. */
export function intervalChart(chart: Wording & { readonly rows: readonly Interval[] }, size: Size): string {
  const { id, title, description, rows } = chart;
  const groups = groupsOf(rows);
  const left = Math.ceil(Math.max(0, ...groups.map(({ length }) => length)) * CHARACTER) + 14;
  const x = (share: number): string => (left + share * (size.width - left - 24)).toFixed(1);
  const bottom = size.height - BOTTOM;
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${x(share)}" x2="${x(share)}" y1="${TOP}" y2="${bottom}" stroke="var(--line)"/>` +
      `<text x="${x(share)}" y="${bottom + 18}" text-anchor="middle" font-size="${FONT_SIZE}" fill="var(--muted)">${share * 100}%</text>`,
  );
  let y = TOP;
  const marks = groups.map((group) => {
    const own = rows.filter((row) => row.group === group);
    const name = `<text x="0" y="${y + GAP / 2 + (own.length * ROW) / 2 + 4}" font-size="${FONT_SIZE}" fill="var(--ink)">${escapeHtml(group)}</text>`;
    const drawn = own.map(({ series, share, low, high }, i) => {
      const middle = y + GAP / 2 + (i + 0.5) * ROW;
      const colour = cssColour(SERIES[series % SERIES.length] ?? "others");
      return (
        `<line x1="${x(low)}" x2="${x(high)}" y1="${middle}" y2="${middle}" stroke="${colour}" stroke-width="2.5" stroke-linecap="round"/>` +
        `<circle cx="${x(share)}" cy="${middle}" r="4.5" fill="${colour}"/>`
      );
    });
    y += own.length * ROW + GAP;
    return name + drawn.join("");
  });
  return `<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${escapeHtml(title)}</title><desc id="${id}-desc">${escapeHtml(description)}</desc>${grid.join("")}${marks.join("")}</svg>`;
}

function groupsOf(rows: readonly Interval[]): string[] {
  return [...new Set(rows.map(({ group }) => group))];
}
