import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { xnys } from "../src/domain/market/xnys.ts";
import { randomFrom } from "../src/domain/random.ts";

const MINUTE_MS = 60_000;
const REAL = new URL("../../shared/data/btc/IBIT_1min_7d.csv", import.meta.url);
const LAST_DATE = "2025-08-15";
const FIRST_DATE = "1995-01-03";
const HEADER = "Datetime,Open,High,Low,Close,Volume,Dividends,Stock Splits,Capital Gains";

/** One minute of a real day: what it did relative to the close before it. */
interface Shape {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/**
 * The text of a CSV file of one-minute bars, New York sessions up to 2025-08-15: the real minutes of a Bitcoin fund
 * (`../shared/data/btc/IBIT_1min_7d.csv`, else shapes drawn at random), laid end to end, each move scaled by a random
 * factor, with prices printed in as many digits as the real file has.
 */
export function minuteBars(rows: number, seed: number): string {
  const random = randomFrom(seed).fork("minute-bars");
  const shapes = realShapes() ?? drawnShapes(seed);
  const sessions = xnys.sessions(FIRST_DATE, LAST_DATE);
  let first = sessions.length;
  for (let minutes = 0; minutes < rows && first > 0;) {
    first -= 1;
    const session = sessions[first];
    if (session !== undefined) minutes += (session.close - session.open) / MINUTE_MS;
  }
  const lines = [HEADER];
  let price = 66;
  for (const session of sessions.slice(first)) {
    const dated = new Date(session.open);
    const ahead = (Date.parse(`${session.date}T09:30:00Z`) - session.open) / 3_600_000;
    const offset = `-0${-ahead}:00`;
    for (let time = dated.getTime(); time < session.close && lines.length <= rows; time += MINUTE_MS) {
      const shape = shapes[(lines.length - 1) % shapes.length];
      if (shape === undefined) continue;
      const scale = (random.uniform() < 0.5 ? -1 : 1) * (0.5 + random.uniform());
      // Pulled back towards where it began, so that the series neither dies nor explodes.
      const pull = 1 - 1e-5 * Math.log(price / 66);
      const move = (one: number): number => price * (1 + scale * (one - 1)) * pull;
      const [open, close, a, b] = [shape.open, shape.close, shape.high, shape.low].map(move) as [
        number,
        number,
        number,
        number,
      ];
      const [high, low] = [Math.max(open, close, a, b), Math.min(open, close, a, b)];
      const volume = Math.round(shape.volume * (0.5 + random.uniform()));
      const wall = new Date(time + ahead * 3_600_000).toISOString();
      const stamp = `${wall.slice(0, 10)} ${wall.slice(11, 19)}${offset}`;
      lines.push(
        `${stamp},${printed(open)},${printed(high)},${printed(low)},${printed(close)},${volume},0.0,0.0,0.0`,
      );
      price = close;
    }
  }
  lines.push("");
  return lines.join("\n");
}

/** Prices pass through single precision at the vendor, and are printed in the digits that double precision has. */
function printed(price: number): string {
  return String(Math.fround(price));
}

function realShapes(): Shape[] | undefined {
  if (!existsSync(REAL)) return undefined;
  const rows = readFileSync(REAL, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").slice(1, 6).map(Number));
  const shapes: Shape[] = [];
  for (let i = 1; i < rows.length; i++) {
    const before = rows[i - 1]?.[3] ?? NaN;
    const [open = NaN, high = NaN, low = NaN, close = NaN, volume = NaN] = rows[i] ?? [];
    shapes.push({
      open: open / before,
      high: high / before,
      low: low / before,
      close: close / before,
      volume,
    });
  }
  return shapes;
}

function drawnShapes(seed: number): Shape[] {
  const random = randomFrom(seed).fork("shapes");
  return Array.from({ length: 2000 }, () => {
    const [open, close] = [1 + 2e-5 * random.normal(), 1 + 5e-4 * random.normal()];
    const [high, low] = [Math.max(open, close), Math.min(open, close)];
    const volume = Math.round(2e5 * random.exponential());
    return { open, close, high: high * (1 + 2e-4 * random.exponential()), low: low * 0.9998, volume };
  });
}

/** `node bench/minute-bars.ts FOLDER [--rows N] [--seed N]` writes FOLDER/MINUTES.csv. */
function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { rows: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error("Name the folder to write to.");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "MINUTES.csv"), minuteBars(Number(values.rows), Number(values.seed)));
}

if (import.meta.main) main();
