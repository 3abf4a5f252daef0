import type { Provenance } from "../../domain/run/provenance.ts";
import type { Step } from "../../domain/run/step.ts";
import { duration } from "../format.ts";
import { printable } from "../terminal/printable.ts";
import { type Line, lineWidth, pad, type Span, span, truncate } from "../terminal/span.ts";
import { wrap } from "../terminal/wrap.ts";

const AGENT_CELLS = 10;
const TIME_CELLS = 9;
const BY_CELLS = 10;
const WIDEST = 110;

const BY: Readonly<Record<Provenance, Span>> = {
  llm: span("llm", "cyan"),
  cache: span("cache", "dim"),
  rules: span("rules", "dim"),
  fallback: span("fallback", "yellow"),
};

/** What an agent did, how long it took and who decided: `  ✓ data  fetch AAPL, 125 bars   38 ms  rules`. */
export function drawStep(step: Step, width: number, mayCut: boolean): Line[] {
  const total = Math.min(width - 1, WIDEST);
  const left = head(step.error === undefined ? span("✓", "green") : span("✗", "red"), step.agent);
  const room = total - lineWidth(left) - TIME_CELLS - BY_CELLS;
  const indent = span(" ".repeat(lineWidth(left)));
  const text = whatWasDone(step);
  // What failed is told in full; what went well may be cut, the answer has it.
  const [first = [], ...more] =
    step.error !== undefined ? wrap([text], room) : [mayCut ? truncate([text], room) : [text]];
  return [
    [
      ...left,
      ...pad(first, room),
      ...pad([span(duration(step.ms), "dim")], TIME_CELLS, "right"),
      ...(step.by === null ? [] : [span("  "), BY[step.by]]),
    ],
    ...more.map((line) => [indent, ...line]),
  ];
}

function whatWasDone({ summary, error, tool }: Step): Span {
  if (error === undefined) return span(oneLine(summary === "" ? tool : summary));
  return span(oneLine(error.includes(summary) ? error : `${summary} ${error}`), "red");
}

/** Work under way: `  ⠋ alpha  score AAPL  1.2 s`. */
export function drawRunning(mark: string, agent: string, label: string, ms: number): Line {
  return [...head(span(mark, "cyan"), agent), span(oneLine(label)), span(`  ${duration(ms)}`, "dim")];
}

function head(mark: Span, agent: string): Line {
  return [span("  "), mark, span(" "), ...pad([span(oneLine(agent), "bold")], AGENT_CELLS), span("  ")];
}

function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim();
}
