import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { marketDataContract } from "../../../tests/contract/market-data.ts";
import { sessionDates } from "../../../tests/support/price-rows.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { barsContent } from "../../domain/market/bars.ts";
import type { Bars } from "../../domain/market/bars.ts";
import { contentHash } from "../../domain/hash.ts";
import { csvMarketData } from "./csv-market-data.ts";

const made: string[] = [];

/** A directory with the given files. */
function directoryOf(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), "finagent-csv-"));
  made.push(directory);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

const DATES = sessionDates("2024-06-24", 12);

function priceFile(dates: readonly string[] = DATES): string {
  const rows = dates.map((date, i) => `${date},${100 + i},${101 + i},${99 + i},${100.5 + i},${1000 + i}`);
  return `date,open,high,low,close,volume\n${rows.join("\n")}\n`;
}

async function barsIn(text: string, name = "TEST.csv"): Promise<Bars> {
  return (await csvMarketData(directoryOf({ [name]: text })).series("TEST", Infinity)).bars;
}

async function failureIn(text: string): Promise<FinAgentError> {
  const directory = directoryOf({ "TEST.csv": text });
  const failure: unknown = await csvMarketData(directory)
    .series("TEST", Infinity)
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(FinAgentError);
  if (!(failure instanceof FinAgentError)) throw new Error("no error");
  expect(failure.hint).toBeTruthy();
  expect(failure.message.startsWith(join(directory, "TEST.csv"))).toBe(true);
  return failure;
}

const contractDirectory = mkdtempSync(join(tmpdir(), "finagent-csv-contract-"));
writeFileSync(join(contractDirectory, "AAPL.csv"), priceFile(sessionDates("2023-01-03", 300)));
writeFileSync(join(contractDirectory, "msft.csv"), priceFile());
marketDataContract("csv", () => csvMarketData(contractDirectory), "AAPL");

describe("csv market data", () => {
  it("names its source, offers symbols in any case and passes over all else", async () => {
    const directory = directoryOf({
      "aapl.csv": priceFile(),
      "SPY.CSV": priceFile(),
      "notes.txt": "x",
      "x.json": "{}",
      "trades.csv": "Size,EntryBar\n1,2\n",
    });
    mkdirSync(join(directory, "sub.csv"));
    const source = csvMarketData(directory);
    expect([source.source, source.simulated, source.benchmark]).toEqual([`csv:${directory}`, false, "SPY"]);
    expect(await source.list()).toMatchObject([
      { symbol: "AAPL", name: "Apple", kind: "stock" },
      { symbol: "SPY", kind: "fund" },
    ]);
    expect((await source.series("aapl", Infinity)).bars.symbol).toBe("AAPL");
    expect(await source.passedOver?.()).toEqual([
      `${join(directory, "sub.csv")} cannot be read: it is a directory, not a file.`,
      `${join(directory, "trades.csv")} line 1: no price layout in "Size,EntryBar".`,
    ]);
    await expect(source.series("SUB", Infinity)).rejects.toMatchObject({ code: "DATA_UNREADABLE" });
  });

  it("opens and closes daily bars with their session", async () => {
    const bars = await barsIn(priceFile(["2024-07-02", "2024-07-03", "2024-07-05"]));
    expect([...bars.time].map((time) => new Date(time).toISOString())).toEqual([
      "2024-07-02T13:30:00.000Z",
      "2024-07-03T13:30:00.000Z",
      "2024-07-05T13:30:00.000Z",
    ]);
    expect(new Date(bars.closeTime[1] ?? NaN).toISOString()).toBe("2024-07-03T17:00:00.000Z");
    expect([...bars.volume]).toEqual([1000, 1001, 1002]);
  });

  it("reads the same bars whatever the order of columns and rows, line ends, quotes and delimiter", async () => {
    const expected = contentHash(barsContent(await barsIn(priceFile())));
    const lines = priceFile().trim().split("\n");
    const [header = "", ...rows] = lines;
    const turned = [header, ...rows].map((line) => line.split(",").reverse().join(","));
    for (const text of [
      [header, ...rows.toReversed()].join("\n"),
      turned.join("\n"),
      lines.join("\r\n"),
      `\uFEFF${lines.join("\n")}`,
      lines
        .map((line) =>
          line
            .split(",")
            .map((cell) => `"${cell}"`)
            .join(","),
        )
        .join("\n"),
      lines.join("\n").replaceAll(",", ";"),
      lines.join("\n\n"),
    ]) {
      expect(contentHash(barsContent(await barsIn(text)))).toBe(expected);
    }
  });

  it("keeps adjusted closes, dividends and splits with their days in a file that begins with the newest", async () => {
    const raw = (i: number): number => (100 + i) / (i < 6 ? 1 : 2);
    for (const [extra, cells] of [
      ["adj_close", (i: number) => [raw(i) * (0.5 + i / 100)]],
      ["dividend,split", (i: number) => [i === 3 ? 1 : 0, i === 6 ? 2 : 1]],
    ] as const) {
      const rows = DATES.map((date, i) =>
        [date, raw(i), raw(i) + 1, raw(i) - 1, raw(i), ...cells(i)].join(","),
      );
      const header = `date,open,high,low,close,${extra}`;
      const bars = await barsIn([header, ...rows].join("\n"));
      const reversed = await barsIn([header, ...rows.toReversed()].join("\n"));
      expect(bars.factor[0]).toBeLessThan(0.6);
      expect(contentHash(barsContent(reversed))).toBe(contentHash(barsContent(bars)));
    }
  });

  it("reads intraday times in New York's clock where they have no offset, and says so", async () => {
    const text = `datetime,open,high,low,close\n${["09:30", "10:30", "11:30", "12:30"]
      .map((time) => `2024-07-03 ${time},10,11,9,10`)
      .join("\n")}`;
    const { bars, findings } = await csvMarketData(directoryOf({ "TEST.csv": text })).series(
      "TEST",
      Infinity,
    );
    expect(bars.interval).toBe("1h");
    expect(new Date(bars.time[0] ?? NaN).toISOString()).toBe("2024-07-03T13:30:00.000Z");
    expect(new Date(bars.closeTime[3] ?? NaN).toISOString()).toBe("2024-07-03T17:00:00.000Z");
    expect(findings.map((finding) => finding.message).join()).toContain("read as New York time");
  });

  it("leaves a symbol out on dates where its column is empty", async () => {
    const text = `Date,AAA,BBB\n${DATES.map((date, i) => `${date},${i < 4 ? "" : 10 + i},${20 + i}`).join("\n")}`;
    const source = csvMarketData(directoryOf({ "closes.csv": text }));
    expect((await source.list()).map((info) => info.symbol)).toEqual(["AAA", "BBB"]);
    expect((await source.series("AAA", Infinity)).bars.length).toBe(8);
    const { bars } = await source.series("BBB", Infinity);
    expect([bars.length, bars.open[3], bars.high[3]]).toEqual([12, 23, 23]);
  });

  it("changes nothing up to a time when everything after it is spoiled", async () => {
    const lines = priceFile().trim().split("\n");
    const cut = 7;
    const until = Date.parse(`${DATES[cut - 1]}T21:00:00Z`);
    const good = await csvMarketData(directoryOf({ "TEST.csv": lines.join("\n") })).series("TEST", until);
    for (const spoiled of ["NaN,NaN,NaN,NaN,NaN", "-1,-1,-1,-1,-1", "1e9,2e9,1,7,x", "5,5,5,5,0"]) {
      const text = lines.map((line, i) => (i <= cut ? line : `${DATES[i - 1]},${spoiled}`)).join("\n");
      const directory = directoryOf({ "TEST.csv": text });
      const { bars, findings } = await csvMarketData(directory).series("TEST", until);
      expect(contentHash(barsContent(bars))).toBe(contentHash(barsContent(good.bars)));
      expect(findings.map((one) => one.message)).toEqual(good.findings.map((one) => one.message));
    }
  });

  it("reads a file again when it has changed", async () => {
    const directory = directoryOf({ "TEST.csv": priceFile(DATES.slice(0, 5)) });
    const source = csvMarketData(directory);
    expect((await source.series("TEST", Infinity)).bars.length).toBe(5);
    writeFileSync(join(directory, "TEST.csv"), priceFile());
    utimesSync(join(directory, "TEST.csv"), 1, 1);
    expect((await source.series("TEST", Infinity)).bars.length).toBe(12);
  });

  it("knows the latest close over several symbols", async () => {
    const source = csvMarketData(
      directoryOf({ "A.csv": priceFile(DATES.slice(0, 5)), "B.csv": priceFile() }),
    );
    expect(await source.latest(["A", "B"])).toBe(Date.parse(`${DATES[11]}T20:00:00Z`));
    await expect(source.latest([])).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
  });

  it("refuses another interval than the file has", async () => {
    const source = csvMarketData(directoryOf({ "TEST.csv": priceFile() }));
    await expect(source.series("TEST", Infinity, "1h")).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    expect((await source.series("TEST", Infinity, "1d")).bars.length).toBe(12);
  });

  it("exchanges base and quote volume back where a file confuses them", async () => {
    const rows = DATES.map((date, i) => `${date},100,101,99,100,${i < 5 ? "5000,50" : "50,5000"}`);
    const text = `date,open,high,low,close,Volume BTC,Volume USD\n${rows.join("\n")}`;
    const { bars, findings } = await csvMarketData(directoryOf({ "TEST.csv": text })).series(
      "TEST",
      Infinity,
    );
    expect([...bars.volume]).toEqual(DATES.map(() => 50));
    expect(findings.filter((one) => one.severity === "repaired")).toMatchObject([{ line: 2 }]);
  });
});

describe("bad files", () => {
  const withCell = (row: number, column: number, text: string): string =>
    priceFile()
      .split("\n")
      .map((line, i) => (i === row ? line.split(",").with(column, text).join(",") : line))
      .join("\n");

  it.each([
    ["text where a number should be", withCell(4, 4, "abc"), 5, '"abc" in column "close" is no number'],
    ["NaN", withCell(4, 1, "NaN"), 5, '"NaN" in column "open" is no number'],
    ["an empty price", withCell(3, 2, ""), 4, 'The column "high" is empty'],
    ["a negative price", withCell(6, 4, "-3"), 7, "close is -3, not above zero"],
    ["a zero price", withCell(6, 3, "0"), 7, "low is 0, not above zero"],
    ["text as a volume", withCell(2, 5, "many"), 3, '"many" in column "volume" is no number'],
    ["a decimal comma", withCell(2, 4, "102,5"), 3, "more or fewer cells than the header"],
    ["two different rows of one date", withCell(5, 0, DATES[3] ?? ""), 5, `${DATES[3]} (lines 5 and 6)`],
    ["a high below the low", withCell(5, 2, "1"), 6, "High 1 is below low 103"],
    ["a date that does not exist", withCell(5, 0, "2024-02-30"), 6, '"2024-02-30" is no date or time'],
    ["a footer", `${priceFile()}Data by nobody,,,,,\n`, 14, '"Data by nobody" is no date or time'],
  ])("refuses %s", async (_, text, line, message) => {
    const failure = await failureIn(text);
    expect(failure.code).toBe("DATA_INVALID");
    expect(failure.exitStatus).toBe(3);
    expect(failure.message).toContain(` line ${line}`);
    expect(failure.message).toContain(message);
    expect(failure.details["line"]).toBe(line);
  });

  it("repairs a row that stands twice", async () => {
    const lines = priceFile().trim().split("\n");
    const text = [...lines.slice(0, 5), ...lines.slice(4)].join("\n");
    const { bars, findings } = await csvMarketData(directoryOf({ "TEST.csv": text })).series(
      "TEST",
      Infinity,
    );
    expect(bars.length).toBe(12);
    expect(findings.filter((one) => one.severity === "repaired")).toMatchObject([
      { kind: "duplicate-bar", line: 6, date: DATES[3], count: 1 },
    ]);
  });

  it("refuses an empty file, a header without rows, and a table that holds no prices", async () => {
    expect((await failureIn("")).message).toContain("is empty");
    expect((await failureIn("date,open,high,low,close\n")).message).toContain("has no rows");
    const { message } = await failureIn("date,title\n2024-01-02,x\n");
    expect(message).toContain('line 1: no price layout in "date,title": it has no close.');
  });

  it.each([
    ["a column that is needed", "open,high,low,close\n1,2,1,2\n", '"open,high,low,close": it has no date.'],
    ["zeros, as UTF-16 has them", Buffer.from("date,close\n", "utf16le"), "is no text in UTF-8"],
    [
      "bytes that are no text",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff]),
      "is no text in UTF-8",
    ],
  ])("says what is wrong with a file alone in its directory: %s", async (_, content, message) => {
    const directory = directoryOf({});
    writeFileSync(join(directory, "TEST.csv"), content);
    const source = csvMarketData(directory);
    const expected = { code: "DATA_INVALID", message: expect.stringContaining(message) as unknown };
    await expect(source.series("TEST", Infinity)).rejects.toMatchObject(expected);
    // An empty list would look as if all were well.
    await expect(source.list()).rejects.toMatchObject(expected);
  });

  it("refuses a symbol that stands in two files", async () => {
    const directory = directoryOf({ "aa.csv": priceFile(), "AA.csv": priceFile() });
    await expect(csvMarketData(directory).series("AA", Infinity)).rejects.toMatchObject({
      code: "DATA_INVALID",
    });
  });

  it("refuses an unsplit series and takes it once its splits are told", async () => {
    const row = (date: string, i: number): string =>
      [date, ...[100, 101, 99, 100 + i / 10].map((price) => (i < 6 ? price : price / 10))].join(",");
    const rows = DATES.map(row);
    const failure = await failureIn(`date,open,high,low,close\n${rows.join("\n")}`);
    expect(failure.message).toContain("10-for-1 split");
    expect(failure.details["line"]).toBe(8);
    const told = rows.map((line, i) => `${line},${i === 6 ? 10 : 1}`).join("\n");
    const bars = await barsIn(`date,open,high,low,close,split\n${told}`);
    expect([bars.adjustment, bars.rawKnown, bars.factor[0], bars.factor[6]]).toEqual([
      "splits",
      true,
      0.1,
      1,
    ]);
    expect(bars.close[5]).toBeCloseTo(10.05, 12);
    expect(bars.close[6]).toBeCloseTo(10.06, 12);
  });

  it("suggests near symbols for an unknown one", async () => {
    const source = csvMarketData(directoryOf({ "AAPL.csv": priceFile(), "MSFT.csv": priceFile() }));
    await expect(source.series("APPL", Infinity)).rejects.toMatchObject({
      code: "UNKNOWN_SYMBOL",
      exitStatus: 2,
      details: { symbol: "APPL", near: ["AAPL"] },
      hint: "Did you mean AAPL? It holds AAPL, MSFT.",
    });
  });

  it("says why a directory or file cannot be read", async () => {
    const directory = directoryOf({ "TEST.csv": priceFile() });
    expect(() => csvMarketData(join(directory, "none"))).toThrowError(/no such file or directory/);
    expect(() => csvMarketData(join(directory, "TEST.csv"))).toThrowError(/a file, not a directory/);
    expect(() => csvMarketData(directoryOf({ "notes.txt": "x" }))).toThrowError(/holds no CSV files/);
    const source = csvMarketData(directory);
    rmSync(directory, { recursive: true });
    await expect(source.series("TEST", Infinity)).rejects.toMatchObject({ code: "DATA_UNREADABLE" });
  });

  it.skipIf(process.getuid?.() === 0)("says that the permission to read is missing", async () => {
    const directory = directoryOf({ "TEST.csv": priceFile() });
    chmodSync(join(directory, "TEST.csv"), 0);
    const source = csvMarketData(directory);
    expect((await source.list()).map((info) => info.symbol)).toEqual(["TEST"]);
    await expect(source.series("TEST", Infinity)).rejects.toMatchObject({
      code: "DATA_UNREADABLE",
      exitStatus: 3,
      message: expect.stringContaining("permission to read it is missing") as unknown,
    });
  });
});
