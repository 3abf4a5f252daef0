import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { change, count, day, decimal, inline, money, percent, price, rate, signed } from "./format.ts";
import { table } from "./markdown.ts";

describe("format", () => {
  it.each([
    [percent(0.1234), "12.3%"],
    [percent(-0.1234), "-12.3%"],
    [percent(-0.0001), "0.0%"],
    [percent(12.3456), "1,234.6%"],
    [percent(null), "n/a"],
    [percent(undefined), "n/a"],
    [change(0.05), "+5.0%"],
    [change(-0.05), "-5.0%"],
    [change(0), "0.0%"],
    [rate(0.0005), "0.05%"],
    [decimal(1.005), "1.00"],
    [signed(0.42), "+0.42"],
    [signed(-0.42), "-0.42"],
    [money(1_234_567.8), "1,234,568"],
    [money(-1234.5), "-1,235"],
    [money(999), "999"],
    [price(1234.5), "1,234.50"],
    [price(1.18234), "1.1823"],
    [price(-9.5), "-9.5000"],
    [price(10), "10.00"],
    [price(0.00012345), "0.0001234"],
    [price(0), "0.00"],
    [count(1250), "1,250"],
    [day("2025-08-15T13:30:00.000Z"), "2025-08-15"],
    [day(undefined), "n/a"],
  ])("%s", (printed, expected) => {
    expect(printed).toBe(expected);
  });

  it("keeps text from a tool in one cell of one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const line = inline(text);
        return !/[\n\r]/.test(line) && !line.includes("\u001B") && !line.replaceAll("\\|", "").includes("|");
      }),
    );
  });

  it("sets columns of figures to the right", () => {
    expect(
      table(
        ["Name", "Value"],
        [
          ["a", "1.0%"],
          ["b", "n/a"],
        ],
      ),
    ).toBe("| Name | Value |\n| --- | ---: |\n| a | 1.0% |\n| b | n/a |");
    expect(table(["Name"], [])).toBe("");
  });
});
