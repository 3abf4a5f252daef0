import { standIn } from "./charts/colour.ts";
import { drawSvg, FONT_SIZE, type Size, type Wording } from "./charts/draw-svg.ts";

export interface HeatMap extends Wording {
  /** From left to right. */
  readonly columns: readonly string[];
  /** From top to bottom. */
  readonly rows: readonly string[];
  /** `values[row][column]`; null where there is none. */
  readonly values: readonly (readonly (number | null)[])[];
  /** As short as it can be: it stands in the cell where there is room for it. */
  readonly format: (value: number) => string;
  /** What has no colour: above it is a gain, below it a loss. Default 0. */
  readonly centre?: number;
  /** The value with the full colour, measured from the centre; default: the farthest there is. */
  readonly reach?: number;
  readonly columnsName?: string;
  readonly rowsName?: string;
  /** A cell to be framed, e.g. the one that was chosen. */
  readonly framed?: { readonly row: number; readonly column: number };
}

/** More would leave too little contrast to the figures in the cells. */
const FULL = 0.55;

const CHARACTER = FONT_SIZE * 0.56;

/** A height at which the rows have room for their figures. */
export function heatMapHeight(rows: number, rowHeight = 26): number {
  return rows * rowHeight + 60;
}

/** Values by two names as an SVG element: the deeper the colour, the farther from the centre. */
export function heatMap(map: HeatMap, size: Size): string {
  const { columns, rows, values, format, centre = 0 } = map;
  const top = map.columnsName === undefined ? 26 : 44;
  const left = Math.ceil(Math.max(...rows.map((name) => name.length)) * CHARACTER) + 14;
  const named = map.rowsName === undefined ? 0 : 18;
  const right = 4;
  const bottom = 6;
  const width = (size.width - left - named - right) / columns.length;
  const height = (size.height - top - bottom) / rows.length;
  const known = values.flat().filter((value) => value !== null);
  const reach = map.reach ?? Math.max(...known.map((value) => Math.abs(value - centre)));
  const texts = known.map((value) => format(value).length);
  const fontSize = Math.min(FONT_SIZE, Math.floor((width - 3) / (0.6 * Math.max(1, ...texts))), height - 4);
  const legible = fontSize >= 8;
  // Where names would overlap, every second, third … is written.
  const widest = Math.max(...columns.map((name) => name.length)) * CHARACTER + 6;
  const everyColumn = Math.ceil(widest / width);
  const everyRow = Math.ceil((FONT_SIZE + 2) / height);

  const text = (x: number, y: number, words: string, colour: "ink" | "muted", more: object = {}) => ({
    type: "text" as const,
    silent: true,
    style: { x, y, text: words, fill: standIn(colour), fontSize: FONT_SIZE, ...more },
  });
  const middle = { align: "center", verticalAlign: "middle" } as const;
  const x = (column: number): number => left + named + column * width;
  const y = (row: number): number => top + row * height;
  const cells = rows.flatMap((_, row) =>
    columns.flatMap((_name, column) => {
      const value = values[row]?.[column] ?? null;
      if (value === null) return [];
      const depth = reach > 0 ? Math.min(1, Math.abs(value - centre) / reach) : 0;
      const framed = map.framed?.row === row && map.framed.column === column;
      return [
        {
          type: "rect" as const,
          silent: true,
          shape: { x: x(column) + 0.5, y: y(row) + 0.5, width: width - 1, height: height - 1 },
          style: {
            fill: standIn(value >= centre ? "gain" : "loss"),
            fillOpacity: 0.04 + (FULL - 0.04) * depth,
            ...(framed ? { stroke: standIn("ink"), lineWidth: 2 } : {}),
          },
        },
        ...(legible
          ? [text(x(column) + width / 2, y(row) + height / 2, format(value), "ink", { ...middle, fontSize })]
          : []),
      ];
    }),
  );
  return drawSvg(
    {
      series: [
        {
          type: "custom",
          coordinateSystem: "none",
          silent: true,
          data: [0],
          // One group: drawn as elements one by one, a large map takes a second.
          renderItem: () => ({
            type: "group",
            children: [
              ...cells,
              ...columns.flatMap((name, i) =>
                i % everyColumn === 0 ? [text(x(i) + width / 2, top - 12, name, "muted", middle)] : [],
              ),
              ...rows.flatMap((name, i) =>
                i % everyRow === 0
                  ? [
                      text(left + named - 8, y(i) + height / 2, name, "muted", {
                        align: "right",
                        verticalAlign: "middle",
                      }),
                    ]
                  : [],
              ),
              ...(map.columnsName === undefined
                ? []
                : [text((left + named + size.width) / 2, 10, map.columnsName, "muted", middle)]),
              ...(map.rowsName === undefined
                ? []
                : [
                    {
                      ...text(0, 0, map.rowsName, "muted", middle),
                      x: 9,
                      y: (top + size.height) / 2,
                      rotation: Math.PI / 2,
                    },
                  ]),
            ],
          }),
        },
      ],
    },
    size,
    map,
  );
}
