import { plotArea, timeAxis, valueAxis } from "./axes.ts";
import { type Colour, standIn } from "./colour.ts";
import { drawSvg, type Size, type Wording } from "./draw-svg.ts";
import { thin } from "./thin.ts";
import { shortNumber } from "../short-number.ts";

export interface MarkedTrade {
  readonly entryTime: number;
  readonly exitTime: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly long: boolean;
  readonly won: boolean;
  /** Still held at the end: it has no exit. */
  readonly open: boolean;
}

export interface PriceChart extends Wording {
  /** Epoch milliseconds, ascending. */
  readonly times: readonly number[];
  readonly prices: readonly (number | null)[];
  readonly trades: readonly MarkedTrade[];
}

const MARK = 4.5;

/** A price with its trades: a triangle points up where shares were bought and down where they were sold. */
export function priceChart({ times, prices, trades, ...wording }: PriceChart, size: Size): string {
  const known = [
    ...prices.filter((price) => price !== null),
    ...trades.flatMap(({ entryPrice, exitPrice }) => [entryPrice, exitPrice]),
  ];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const room = (high - low) * 0.03;
  const { axis, left } = valueAxis({ low: low - room, high: high + room, format: shortNumber }, size);
  const grid = plotArea(left);
  return drawSvg(
    {
      grid,
      xAxis: timeAxis(times[0] ?? 0, times.at(-1) ?? 1, size),
      yAxis: axis,
      series: [
        {
          type: "line",
          silent: true,
          showSymbol: false,
          data: thin(times, size.width, prices).map((i) => [times[i] ?? 0, prices[i] ?? null]),
          lineStyle: { color: standIn("muted"), width: 1 },
        },
        ...([true, false] as const).map((won) =>
          marks(
            trades.filter((trade) => trade.won === won),
            won,
          ),
        ),
      ],
    },
    size,
    wording,
  );
}

/** All trades of one outcome as one path each for held lines, entries and exits: small, however many there are. */
function marks(trades: readonly MarkedTrade[], won: boolean) {
  const colour: Colour = won ? "gain" : "loss";
  return {
    type: "custom" as const,
    silent: true,
    data: trades.length === 0 ? [] : [[trades[0]?.entryTime ?? 0, trades[0]?.entryPrice ?? 0]],
    renderItem: (_params: unknown, api: { coord(data: number[]): number[] }) => {
      const at = (time: number, price: number): [number, number] => {
        const [x = 0, y = 0] = api.coord([time, price]);
        return [x, y];
      };
      const held: string[] = [];
      const entries: string[] = [];
      const exits: string[] = [];
      for (const { entryTime, exitTime, entryPrice, exitPrice, long, open } of trades) {
        const [x1, y1] = at(entryTime, entryPrice);
        const [x2, y2] = at(exitTime, exitPrice);
        held.push(`M${tenth(x1)} ${tenth(y1)}L${tenth(x2)} ${tenth(y2)}`);
        entries.push(triangle(x1, y1, long));
        if (!open) exits.push(triangle(x2, y2, !long));
      }
      const path = (pathData: string, style: object) => ({
        type: "path" as const,
        shape: { pathData },
        style,
      });
      return {
        type: "group" as const,
        children: [
          path(held.join(""), { fill: "none", stroke: standIn(colour), lineWidth: 1.2, strokeOpacity: 0.7 }),
          path(entries.join(""), { fill: standIn("surface"), stroke: standIn(colour), lineWidth: 1.3 }),
          path(exits.join(""), { fill: standIn(colour) }),
        ],
      };
    },
  };
}

/** Upright (bought) or upside down (sold), its tip at the price. */
function triangle(x: number, y: number, up: boolean): string {
  const base = up ? y + 2 * MARK : y - 2 * MARK;
  return `M${tenth(x)} ${tenth(y)}L${tenth(x - MARK)} ${tenth(base)}L${tenth(x + MARK)} ${tenth(base)}Z`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
