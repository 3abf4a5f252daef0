import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { renderTable, type Table } from "./table.ts";

/**
 * Runs the cases one after the other, each in a process of its own, and prints their tables. Names of cases run
 * those alone; --write puts the tables into docs/performance.md.
 */
const CASES = [
  "sma-cross",
  "momentum",
  "sma-grid",
  "memory",
  "indicators",
  "pipeline",
  "verdict",
  "loading",
  "command-line",
  "scaling",
  "savers",
  "promotions",
] as const;

const DOCUMENT = fileURLToPath(new URL("../docs/performance.md", import.meta.url));
const BEGIN = "<!-- npm run bench -- --write -->";
const END = "<!-- end -->";

const [first, second] = process.argv.slice(2);
if (first === "--case" && second !== undefined) {
  const { run } = (await import(`./cases/${second}.ts`)) as { run: () => Table | Promise<Table> };
  process.stdout.write(renderTable(await run()));
} else {
  runAll(process.argv.slice(2));
}

function runAll(given: readonly string[]): void {
  const names = given.filter((name) => name !== "--write");
  const unknown = names.filter((name) => !CASES.some((known) => known === name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no case ${unknown.join(", ")}. Cases: ${CASES.join(", ")}\n`);
    process.exitCode = 2;
    return;
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}.`;
  process.stdout.write(`${machine}\n\n`);
  const tables = (names.length === 0 ? CASES : names).map((name) => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ["--expose-gc", fileURLToPath(import.meta.url), "--case", name],
      { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
    );
    if (status !== 0) process.exitCode = 1;
    process.stdout.write(`${stdout}\n`);
    return stdout;
  });
  if (!given.includes("--write")) return;
  const document = readFileSync(DOCUMENT, "utf8");
  const [before, rest] = document.split(BEGIN);
  const [held, after] = rest?.split(END) ?? [];
  if (held === undefined || after === undefined) throw new Error(`${DOCUMENT} has no ${BEGIN} … ${END}`);
  const sections = sectionsOf(names.length === 0 ? "" : held);
  for (const [title, text] of sectionsOf(tables.join("\n"))) sections.set(title, text);
  const text = Array.from(sections.values()).join("\n\n");
  writeFileSync(DOCUMENT, `${before ?? ""}${BEGIN}\n\n${machine}\n\n${text}\n\n${END}${after}`);
}

/** Tables by their titles, in order: those of cases that were not run stay as they are. */
function sectionsOf(text: string): Map<string, string> {
  const sections = text.split(/^(?=### )/m).filter((section) => section.startsWith("### "));
  return new Map(sections.map((section) => [section.split("\n", 1)[0] ?? "", section.trimEnd()]));
}
