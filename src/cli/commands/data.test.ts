import { describe, expect, it } from "vitest";
import { scriptedIo } from "../../../tests/support/scripted-io.ts";
import { scriptedRuntime } from "../../../tests/support/scripted-runtime.ts";
import { dataCheck } from "./data-check.ts";
import { dataList } from "./data-list.ts";

const good = {
  symbol: "AAPL",
  status: "ok",
  bars: 753,
  from: "2022-08-16T13:30:00.000Z",
  to: "2025-08-15T13:30:00.000Z",
  interval: "1d",
  calendar: "XNYS",
  adjustment: "splits-and-dividends",
  findings: [],
  error: null,
  hint: null,
};

const refused = {
  ...good,
  symbol: "MSFT",
  status: "refused",
  bars: 0,
  from: null,
  to: null,
  error: "MSFT.csv:14: close is not a number.",
  hint: "Correct the line.",
};

describe("data check", () => {
  const check = (symbols: readonly unknown[], ok: boolean) =>
    scriptedRuntime(() => ({ source: "csv:x", simulated: false, ok, symbols }));

  it("exits with 0 where all is well", async () => {
    const { io, stdout } = scriptedIo();
    expect(await dataCheck(check([good], true), {}, io)).toBe(0);
    expect(stdout()).toMatch(/AAPL\s+ok\s+753\s+2022-08-16\s+2025-08-15\s+1d\s+XNYS\s+splits, dividends/);
    expect(stdout()).toContain("1 symbol checked, nothing to object to.");
  });

  it("exits with 3 where a series is refused, and says where and what to do", async () => {
    const { io, stdout } = scriptedIo();
    const runtime = check([good, refused], false);
    expect(await dataCheck(runtime, { symbols: ["AAPL", "MSFT"] }, io)).toBe(3);
    expect(runtime.calls[0]?.input).toEqual({ symbols: ["AAPL", "MSFT"] });
    expect(stdout()).toContain("MSFT.csv:14: close is not a number.");
    expect(stdout()).toContain("Correct the line.");
    expect(stdout()).toContain("2 symbols: 1 refused, 0 repaired.");
  });

  it("says how much was read from the cache and where it is, or why nothing is kept", async () => {
    const cached = async (fault: string | null): Promise<string> => {
      const { io, stdout } = scriptedIo();
      const cache = { folder: "home/cache", files: 3, fromCache: 2, fault };
      await dataCheck(
        scriptedRuntime(() => ({
          source: "csv:x",
          simulated: false,
          ok: true,
          symbols: [good],
          passedOver: [],
          cache,
        })),
        {},
        io,
      );
      return stdout();
    };
    expect(await cached(null)).toMatch(/Cache +2 of 3 files from home\/cache/);
    expect(await cached("EACCES")).toMatch(/Cache +nothing could be kept in home\/cache \(EACCES\)/);
  });

  it("names the place of each finding", async () => {
    const finding = {
      kind: "duplicate-bar",
      severity: "repaired",
      symbol: "AAPL",
      file: "aapl.csv",
      line: 7,
      date: "2024-01-02",
      count: 3,
      message: "the same bar again; the first is kept",
    };
    const { io, stdout } = scriptedIo();
    await dataCheck(check([{ ...good, status: "repaired", findings: [finding] }], true), {}, io);
    expect(stdout().replace(/\s+/g, " ")).toContain(
      "AAPL: the same bar again; the first is kept [repaired] • aapl.csv:7, 2024-01-02, 3 times",
    );
  });
});

it("data list names the symbols and says when they are simulated", async () => {
  const { io, stdout } = scriptedIo();
  const runtime = scriptedRuntime(() => ({
    source: "simulated",
    simulated: true,
    benchmark: "SIM500",
    symbols: [{ symbol: "AAPL", name: "Apple", kind: "stock" }],
  }));
  expect(await dataList(runtime, {}, io)).toBe(0);
  expect(stdout()).toContain("SIMULATED");
  expect(stdout()).toMatch(/^AAPL {4}Apple {2}stock$/m);
});
