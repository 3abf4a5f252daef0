import type { Finding } from "../../domain/market/finding.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, heading, paragraph } from "../markdown/compose.ts";

/** What the data check found; equal findings stand once. With `places` each file and line is named. */
export function describeFindings(findings: readonly Finding[], places: boolean): Block[] {
  if (findings.length === 0) return [];
  const alike = Map.groupBy(
    findings.toSorted(byWeight),
    ({ severity, message }) => `${severity}\n${message}`,
  );
  return [
    heading("Data findings"),
    {
      kind: "list",
      items: [...alike.values()].map((group) => ({ mark: "•", blocks: describeGroup(group, places) })),
    },
  ];
}

const ORDER = ["error", "repaired", "note"] as const;

/** Errors and repairs first; how a file was laid out last. */
function byWeight(a: Finding, b: Finding): number {
  const layout = Number(a.kind === "layout") - Number(b.kind === "layout");
  return ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || layout;
}

function describeGroup(group: readonly Finding[], places: boolean): Block[] {
  const [first] = group;
  if (first === undefined) return [];
  const symbols = [...new Set(group.map(({ symbol }) => symbol))].join(", ");
  const text = paragraph(cell(`${symbols}: ${first.message} `), cell(`[${first.severity}]`, "dim"));
  return places ? [text, bullets(group.map(placeOf))] : [text];
}

function placeOf({ symbol, file, line, date, count }: Finding): string {
  const place = file === null || line === null ? (file ?? symbol) : `${file}:${line}`;
  return [place, date, count > 1 ? `${count} times` : null].filter((part) => part !== null).join(", ");
}
