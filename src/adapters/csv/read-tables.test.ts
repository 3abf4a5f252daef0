import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { hasSharedData, sharedPath } from "../../../tests/support/shared-data.ts";
import { layoutOf } from "./layout.ts";
import { readTables } from "./read-tables.ts";
import type { Table } from "./table.ts";

const folder = mkdtempSync(join(tmpdir(), "finagent-tables-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The tables of a text, or the error that refuses it. */
async function tablesOf(text: string | Uint8Array): Promise<Map<string, Table> | string> {
  const path = join(folder, "PRICES.csv");
  writeFileSync(path, text);
  const lines = Buffer.from(text)
    .toString()
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  const layout = layoutOf(lines);
  if (layout === undefined) return "no layout";
  return readTables(path, layout).catch((error: unknown) => String(error));
}

/** The same content with quotes around the first cell, for which all of it goes through csv-parse. */
function quoted(text: string): string {
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  const end = text.slice(start).search(/[,;\t\n]/) + start;
  return `${text.slice(0, start)}"${text.slice(start, end)}"${text.slice(end)}`;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".csv"))
    .map((name) => join(directory, name));
}

const HEADER = "date,open,high,low,close,volume,note";

describe("reading a price file", () => {
  it("finds the same in plain bytes as in quoted text", async () => {
    const number = fc.oneof(
      fc.double({ min: 0, max: 1e6, noNaN: true }).map(String),
      fc.float({ min: 0, max: 1000, noNaN: true }).map(String),
      fc.constantFrom("", " 12.5", "12.5 ", "+3", "nan", "1e-7", "-4", "0x1F", "1.2.3", "12,5"),
    );
    const day = fc.integer({ min: 1, max: 28 }).map((date) => `2024-02-${String(date).padStart(2, "0")}`);
    const stamp = fc.oneof(
      { weight: 20, arbitrary: day },
      { weight: 2, arbitrary: day.map((date) => `${date} 09:30:00.250 -05:00`) },
      { weight: 1, arbitrary: fc.constantFrom(" 2024-02-05", "20240205", "yesterday") },
    );
    const row = fc
      .tuple(stamp, number, number, number, number, number, fc.constantFrom("", "x", "é"))
      .map((cells) => cells.join(","));
    const line = fc.oneof(
      { weight: 12, arbitrary: row },
      { weight: 1, arbitrary: fc.constantFrom("", "2024-02-05,1") },
    );
    const text = fc
      .tuple(
        fc.constantFrom("", "\uFEFF"),
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom("\n", "\r\n"),
        fc.nat({ max: 2 }),
      )
      .map(([mark, lines, end, blank]) => `${mark}${[HEADER, ...lines].join(end)}${end.repeat(blank)}`);
    await fc.assert(
      fc.asyncProperty(text, async (one) => {
        expect(await tablesOf(one)).toEqual(await tablesOf(quoted(one)));
      }),
      { numRuns: 200 },
    );
  });

  it("reads rows that lie across the pieces that a large file is read in", async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => {
      const time = new Date(Date.UTC(2024, 0, 1) + i * 60_000).toISOString();
      return `${time},${i},${i + 2},${i - 2},${i}.${"123456789".slice(0, i % 10)},${i % 97}`;
    });
    const text = `timestamp,open,high,low,close,volume\n${rows.join("\n")}`;
    expect(text.length).toBeGreaterThan(3 << 20);
    const tables = await tablesOf(text);
    if (typeof tables === "string") throw new Error(tables);
    const table = tables.get("");
    expect(table?.length).toBe(60_000);
    for (const [i, row] of rows.entries()) {
      const cells = row.split(",");
      if (
        table?.close[i] !== Number(cells[4]) ||
        table.wall[i] !== Date.parse(cells[0] ?? "") ||
        table.line[i] !== i + 2
      ) {
        throw new Error(`row ${i} was read as ${table?.close[i]}`);
      }
    }
  });

  it("reads a line that is longer than any record, and says what is wrong with it", async () => {
    const long = `2024-02-05,1,2,3,${"4".repeat(200_000)},5,x`;
    const tables = await tablesOf(`${HEADER}\n2024-02-02,1,2,3,4,5,x\n${long}\n`);
    if (typeof tables === "string") throw new Error(tables);
    expect(tables.get("")?.length).toBe(2);
    expect(tables.get("")?.faults.get(3)?.column).toBe("close");
  });
});

describe.skipIf(!hasSharedData)("real files", () => {
  it("are the same in plain bytes as in quoted text", async () => {
    let read = 0;
    for (const part of ["market", "btc", "known-results"]) {
      for (const file of filesBelow(sharedPath(part))) {
        const text = readFileSync(file, "utf8");
        const [plain, parsed] = [await tablesOf(text), await tablesOf(quoted(text))];
        expect(plain, file).toEqual(parsed);
        if (typeof plain !== "string") read += 1;
      }
    }
    expect(read).toBeGreaterThan(30);
  });
});
