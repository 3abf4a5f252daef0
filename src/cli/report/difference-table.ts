import type { Difference } from "../../domain/run/differences.ts";
import type { Block } from "../markdown/block.ts";
import { cell, table } from "../markdown/compose.ts";

const LENGTH = 60;

/** Fields in which two documents differ, a line each. */
export function differenceTable(a: string, b: string, differences: readonly Difference[]): Block {
  return table(
    [
      ["Field", "left"],
      [a, "left"],
      [b, "left"],
    ],
    differences.map((one) => [cell(one.field), cell(shown(one.a)), cell(shown(one.b))]),
  );
}

function shown(value: unknown): string {
  if (value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= LENGTH ? text : `${text.slice(0, LENGTH - 1)}…`;
}
