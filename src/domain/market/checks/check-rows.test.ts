import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changed, dailyRows, sessionDates } from "../../../../tests/support/price-rows.ts";
import { FinAgentError } from "../../errors.ts";
import type { Finding } from "../finding.ts";
import { pickColumns } from "../../../../tests/support/pick-columns.ts";
import { at } from "../column.ts";
import { firstRows, type Rows } from "../rows.ts";
import { checkRows } from "./check-rows.ts";
import { refuseErrors } from "./refuse-errors.ts";

const DATES = sessionDates("2024-01-02", 12);
const GOOD = dailyRows(DATES);

function findingsOf(rows: Rows): Pick<Finding, "kind" | "severity" | "line" | "date" | "count">[] {
  return checkRows(rows, Infinity).findings.map(({ kind, severity, line, date, count }) => ({
    kind,
    severity,
    line,
    date,
    count,
  }));
}

describe("the data checks", () => {
  it("find nothing in good rows", () => {
    expect(checkRows(GOOD, Infinity)).toEqual({ rows: GOOD, findings: [] });
  });

  it.each([
    ["NaN", "not-a-number", NaN],
    ["Infinity", "not-a-number", Infinity],
    ["zero", "non-positive-price", 0],
    ["a negative price", "non-positive-price", -5],
  ] as const)("refuse %s with its place", (_, kind, value) => {
    const found = findingsOf({ ...GOOD, close: changed(GOOD.close, 3, value) });
    expect(found[0]).toEqual({ kind, severity: "error", line: 5, date: DATES[3], count: 1 });
  });

  it("quote the text that stood where a number was to be", () => {
    const faults = new Map([[5, { column: "Close", text: "n/a" }]]);
    const { findings } = checkRows({ ...GOOD, close: changed(GOOD.close, 3, NaN), faults }, Infinity);
    expect(findings[0]?.message).toBe('"n/a" in column "Close" is no number.');
  });

  it("refuse a fault in a column that no price depends on", () => {
    const faults = new Map([[5, { column: "Dividends", text: "x" }]]);
    expect(findingsOf({ ...GOOD, faults })[0]).toMatchObject({
      kind: "not-a-number",
      severity: "error",
      line: 5,
    });
  });

  it("refuse a negative volume and a high below the low", () => {
    expect(findingsOf({ ...GOOD, volume: changed(GOOD.volume, 2, -1) })).toEqual([
      { kind: "negative-volume", severity: "error", line: 4, date: DATES[2], count: 1 },
    ]);
    expect(findingsOf({ ...GOOD, high: changed(GOOD.high, 2, 98) })[0]).toEqual({
      kind: "high-below-low",
      severity: "error",
      line: 4,
      date: DATES[2],
      count: 1,
    });
  });

  it("let the noise of floating point pass", () => {
    const high = changed(GOOD.high, 4, 100.04 * (1 - 1e-12));
    expect(findingsOf({ ...GOOD, high, open: changed(GOOD.open, 4, 100.04) })).toEqual([]);
  });

  it("widen a range that misses open or close by little, and refuse one that misses by much", () => {
    const near = checkRows({ ...GOOD, open: changed(GOOD.open, 1, 101.5) }, Infinity);
    expect(near.findings).toMatchObject([{ kind: "price-outside-range", severity: "repaired", line: 3 }]);
    expect(near.rows.high[1]).toBe(101.5);
    expect(near.rows.high[2]).toBe(101);
    expect(findingsOf({ ...GOOD, open: changed(GOOD.open, 1, 130) })).toMatchObject([
      { kind: "price-outside-range", severity: "error", line: 3 },
    ]);
  });

  it("keep the first of equal rows and refuse different ones of one time", () => {
    const order = [0, 1, 2, 2, 3, 4];
    const twice = pickColumns(GOOD, order);
    const { rows, findings } = checkRows(twice, Infinity);
    expect(findings).toMatchObject([
      { kind: "duplicate-bar", severity: "repaired", count: 1, date: DATES[2] },
    ]);
    expect([...rows.time]).toEqual([...GOOD.time.subarray(0, 5)]);
    const different = checkRows({ ...twice, close: changed(twice.close, 3, 100.5) }, Infinity);
    expect(different.findings).toMatchObject([
      { kind: "conflicting-bar", severity: "error", date: DATES[2], line: 4 },
    ]);
  });

  it("report rows that were out of order, and newest first as a custom", () => {
    const reversed = { ...GOOD, line: GOOD.line.slice().reverse() };
    expect(findingsOf(reversed)).toMatchObject([{ kind: "unsorted-rows", severity: "note" }]);
    const swapped = Int32Array.from(GOOD.line, (line) => (line === 4 ? 5 : line === 5 ? 4 : line));
    expect(findingsOf({ ...GOOD, line: swapped })).toMatchObject([
      { kind: "unsorted-rows", severity: "repaired", count: 1, line: 4 },
    ]);
  });

  it("leave rows out on days without a session, whatever is in them", () => {
    const rows = dailyRows(["2024-07-03", "2024-07-04", "2024-07-05"]);
    const checked = checkRows({ ...rows, close: changed(rows.close, 1, NaN) }, Infinity);
    expect(checked.findings).toMatchObject([
      { kind: "not-a-session", severity: "repaired", date: "2024-07-04", line: 3, count: 1 },
    ]);
    expect(checked.rows.length).toBe(2);
  });

  it("count missing bars by the calendar, and refuse a hole of more than a quarter", () => {
    const gap = sessionDates("2024-01-02", 10).filter((_, i) => i !== 4 && i !== 5);
    expect(findingsOf(dailyRows(gap))).toEqual([
      { kind: "missing-bar", severity: "note", line: 6, date: gap[4], count: 2 },
    ]);
    const dates = sessionDates("2023-01-03", 70);
    const hole = [...dates.slice(0, 3), ...dates.slice(64)];
    const { findings } = checkRows(
      dailyRows(hole, {
        names: [
          { symbol: "test", until: "2023-01-05" },
          { symbol: "old", until: "2023-04-05" },
          { symbol: "test", until: "2050-12-31" },
        ],
      }),
      Infinity,
    );
    expect(findings).toMatchObject([{ kind: "symbol-change", severity: "error", line: 5, date: hole[3] }]);
    expect(findings[0]?.message).toContain("61 sessions since 2023-01-05: it was OLD until 2023-04-05");
  });

  it("count every day as a session where trade never stops", () => {
    const rows = dailyRows(["2024-01-05", "2024-01-06", "2024-01-07", "2024-01-10"], { calendar: "24/7" });
    expect(findingsOf(rows)).toMatchObject([{ kind: "missing-bar", count: 2, date: "2024-01-10" }]);
  });

  it("refuse a jump that looks like a split where nothing is known of splits", () => {
    const scale = Float64Array.from(DATES, (_, i) => (i < 6 ? 1 : 0.25));
    const split = (column: Float64Array): Float64Array => column.map((price, i) => price * (scale[i] ?? 1));
    const raw: Rows = {
      ...GOOD,
      open: split(GOOD.open),
      high: split(GOOD.high),
      low: split(GOOD.low),
      close: split(GOOD.close),
    };
    expect(findingsOf(raw)).toEqual([
      { kind: "split-jump", severity: "error", line: 8, date: DATES[6], count: 1 },
    ]);
    // With the factor that undoes it there is no jump, and where splits are known it is only worth a note.
    expect(findingsOf({ ...raw, factor: scale.map((one) => 0.25 / one), adjustment: "splits" })).toEqual([]);
    expect(findingsOf({ ...raw, adjustment: "splits" })).toMatchObject([
      { kind: "split-jump", severity: "note", line: 8 },
    ]);
    expect(findingsOf({ ...raw, calendar: "24/7" })).toMatchObject([
      { kind: "split-jump", severity: "note" },
    ]);
  });

  it("note a crash by half with a wide range instead of refusing it", () => {
    const close = GOOD.close.map((price, i) => (i < 6 ? price : price * 0.5));
    const wide: Rows = {
      ...GOOD,
      open: GOOD.open.map((price, i) => (i < 6 ? price : price * 0.5)),
      high: GOOD.high.map((price, i) => (i < 6 ? price : i === 6 ? 60 : 51)),
      low: GOOD.low.map((price, i) => (i < 6 ? price : 45)),
      close,
    };
    expect(findingsOf(wide)).toMatchObject([{ kind: "split-jump", severity: "note", date: DATES[6] }]);
    const closes: Rows = { ...GOOD, open: close, high: close, low: close, close };
    expect(findingsOf(closes)).toMatchObject([{ kind: "split-jump", severity: "note" }]);
  });

  it.each([
    ["close", 100],
    ["close", 0.01],
    ["open", 100],
    ["open", 0.01],
    ["close", 10],
  ] as const)("refuse a bar whose %s is %f times its neighbours', once and by its place", (field, times) => {
    const value = at(GOOD[field], 6) * times;
    const spoiled: Rows = {
      ...GOOD,
      [field]: changed(GOOD[field], 6, value),
      high: changed(GOOD.high, 6, Math.max(value, 101)),
      low: changed(GOOD.low, 6, Math.min(value, 99)),
    };
    for (const adjustment of ["unknown", "none", "splits", "splits-and-dividends"] as const) {
      for (const calendar of ["XNYS", "24/7"] as const) {
        const { findings } = checkRows({ ...spoiled, adjustment, calendar, names: [] }, Infinity);
        const errors = findings.filter((finding) => finding.severity === "error");
        expect(errors).toMatchObject([{ symbol: "TEST", line: 8, date: DATES[6], count: 1 }]);
        const message = errors[0]?.message ?? "";
        expect(message).toContain(`the ${field} ${value}`);
        expect(message).toContain(`the close ${at(GOOD.close, 5)} of ${DATES[5]}`);
        expect(message).toContain("Correct or remove this row.");
      }
    }
  });

  it("take a move in one bar of less than five times, and of more than a fifth", () => {
    const moved = (times: number): string[] =>
      findingsOf({
        ...GOOD,
        adjustment: "splits",
        close: changed(GOOD.close, 6, 100.05 * times),
        high: changed(GOOD.high, 6, 600),
        low: changed(GOOD.low, 6, 1),
      })
        .filter((finding) => finding.kind === "split-jump")
        .map((finding) => finding.severity);
    // The next close is back at a hundred.
    expect([4.99, 5.01, 0.201, 0.199].map(moved)).toEqual([["note"], ["error"], ["note"], ["error"]]);
  });

  it("take a fall that stays: a company may fail", () => {
    const fallen = GOOD.close.map((price, i) => (i < 6 ? price : price / 10));
    const rows: Rows = {
      ...GOOD,
      adjustment: "splits",
      open: fallen,
      high: fallen,
      low: fallen,
      close: fallen,
    };
    expect(findingsOf(rows)).toMatchObject([{ kind: "split-jump", severity: "note", line: 8 }]);
  });

  it("refuse a bar as soon as it is known to be wrong, and never take it later", () => {
    const severe = (rows: Rows): boolean =>
      checkRows(rows, Infinity).findings.some((finding) => finding.severity === "error");
    const prices = fc.array(fc.constantFrom(10, 40, 100, 700, 5000), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(prices, (list) => {
        const close = Float64Array.from(list);
        const rows: Rows = { ...GOOD, adjustment: "splits", open: close, high: close, low: close, close };
        const far = (price: number | undefined, before: number): boolean =>
          price === undefined || price / before >= 5 || price / before <= 0.2;
        // How many bars have to be known before each wrong one shows.
        const shown = list.flatMap((price, i) => {
          const before = list[i - 1] ?? price;
          if (price / before >= 5) return [i + 1];
          return price / before <= 0.2 && !far(list[i + 1], before) ? [i + 2] : [];
        });
        for (let length = 1; length <= rows.length; length++) {
          expect(severe(firstRows(rows, length))).toBe(length >= Math.min(...shown));
        }
      }),
    );
  });

  it("note zero volume, but not in a series that has none at all", () => {
    expect(findingsOf({ ...GOOD, volume: changed(GOOD.volume, 5, 0) })).toEqual([
      { kind: "zero-volume", severity: "note", line: 7, date: DATES[5], count: 1 },
    ]);
    expect(findingsOf({ ...GOOD, volume: new Float64Array(GOOD.length) })).toEqual([]);
  });

  it("note prices that stand still and a series that ended", () => {
    const close = GOOD.close.map((price, i) => (i >= 3 && i < 8 ? 100 : price + 0.001));
    expect(findingsOf({ ...GOOD, close })).toEqual([
      { kind: "stale-series", severity: "note", line: 5, date: DATES[3], count: 5 },
    ]);
    const later = (GOOD.closeTime.at(-1) ?? 0) + 11 * 86_400_000;
    expect(checkRows(GOOD, later).findings).toMatchObject([{ kind: "stale-series", date: DATES.at(-1) }]);
    expect(checkRows(GOOD, later - 86_400_000 * 2).findings).toEqual([]);
  });

  it("have nothing to say about no rows", () => {
    expect(checkRows(dailyRows([]), 0).findings).toEqual([]);
  });

  it("name a spoiled price wherever it stands", () => {
    const spoil = fc.record({
      index: fc.nat({ max: GOOD.length - 1 }),
      field: fc.constantFrom("open", "high", "low", "close"),
      value: fc.constantFrom(NaN, 0, -1, Infinity, -Infinity),
    });
    fc.assert(
      fc.property(spoil, ({ index, field, value }) => {
        const { findings } = checkRows({ ...GOOD, [field]: changed(GOOD[field], index, value) }, Infinity);
        const errors = findings.filter((finding) => finding.severity === "error");
        expect(errors.some((error) => error.line === index + 2 && error.date === DATES[index])).toBe(true);
      }),
    );
  });
});

describe("refusing errors", () => {
  it("passes repairs and notes", () => {
    expect(() =>
      refuseErrors(checkRows({ ...GOOD, volume: changed(GOOD.volume, 5, 0) }, Infinity).findings),
    ).not.toThrow();
  });

  it("says which file, line, date and what, and what to do next", () => {
    const { findings } = checkRows({ ...GOOD, close: changed(GOOD.close, 3, -5) }, Infinity);
    try {
      refuseErrors(findings);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FinAgentError);
      expect(error).toMatchObject({
        code: "DATA_INVALID",
        message: `TEST.csv line 5 (${DATES[3]}): close is -5, not above zero. Further faults: 1.`,
        details: { file: "TEST.csv", line: 5, date: DATES[3], kind: "non-positive-price", symbol: "TEST" },
      });
      expect(error instanceof FinAgentError && error.hint).toBeTruthy();
    }
  });
});
