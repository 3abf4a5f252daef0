import { count, day, inline } from "../format.ts";
import { bullets } from "../markdown.ts";
import type { DataResult } from "../plan/results.ts";

type Finding = NonNullable<DataResult["findings"]>[number];
type Group = readonly [Finding, ...Finding[]];

/** Different findings printed; the report holds all of them. */
const SHOWN = 6;

const ORDER = ["error", "repaired", "note"];

/** What the data check found: each finding once for all its symbols, errors and repairs first. */
export function findingsText({ findings = [], symbols = [] }: DataResult): string {
  const groups = grouped(findings.filter((one) => !isLayoutNote(one)));
  const lines = groups
    .sort((a, b) => ORDER.indexOf(a[0].severity ?? "note") - ORDER.indexOf(b[0].severity ?? "note"))
    .map((group) => {
      const [{ severity, message, kind }] = group;
      const mark = severity === "error" || severity === "repaired" ? ` (${severity})` : "";
      return `${who(group, symbols)}: ${inline(message ?? kind ?? "")}${place(group)}${mark}`;
    });
  if (lines.length === 0) return "";
  const more = lines.length > SHOWN ? ["Further findings stand in the report."] : [];
  return `Found in the data:\n\n${bullets([...lines.slice(0, SHOWN), ...more])}`;
}

/** How the files were read, in one line; why it was read so stands in the report. */
export function layoutText({ findings = [], symbols = [] }: DataResult): string {
  const notes = grouped(findings.filter(isLayoutNote)).map((group) => {
    const text = inline(group[0].message ?? "").replace(/, which .*$/, ".");
    return coversAll(group, symbols) ? text : `${who(group, symbols)}: ${text}`;
  });
  return notes.length === 0 ? "" : `_How the files were read: ${notes.join(" ")}_`;
}

function isLayoutNote({ kind, severity }: Finding): boolean {
  return kind === "layout" && severity === "note";
}

function grouped(findings: readonly Finding[]): Group[] {
  const groups = Map.groupBy(findings, ({ severity, message }) => `${severity ?? ""}\n${message ?? ""}`);
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [[first, ...rest] satisfies Group],
  );
}

function who(group: Group, symbols: readonly string[]): string {
  if (symbols.length > 3 && coversAll(group, symbols)) return "All symbols";
  return inline([...named(group)].join(", "));
}

function coversAll(group: Group, symbols: readonly string[]): boolean {
  const found = named(group);
  return symbols.every((symbol) => found.has(symbol));
}

function named(group: Group): Set<string> {
  return new Set(group.flatMap(({ symbol }) => symbol ?? []));
}

/** The first day and how often, where all symbols share them. */
function place(group: Group): string {
  const [{ date, count: times }] = group;
  const alike = group.every((one) => one.date === date && one.count === times);
  if (!alike || date === null || date === undefined) return "";
  return ` (${day(date)}${times === undefined || times < 2 ? "" : `, ${count(times)} times`})`;
}
