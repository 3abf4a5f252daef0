import { writeUsd } from "../../domain/cost/nano-usd.ts";
import type { JournalEntry } from "../../domain/run/journal-entry.ts";
import type { RunHeader } from "../../domain/run/run-header.ts";
import type { RunStatus } from "../../domain/run/run-status.ts";
import type { RunRecord } from "../../domain/run/run-record.ts";
import { count, counted, duration } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { cell, facts, heading, paragraph, table } from "../markdown/compose.ts";
import type { Format, Line } from "../terminal/span.ts";
import { describeReport } from "./describe-report.ts";

const STATUS_FORMATS: Readonly<Record<RunStatus, readonly Format[]>> = {
  running: ["cyan"],
  interrupted: ["yellow"],
  done: ["green"],
  partial: ["red"],
  question: ["yellow"],
  failed: ["red"],
  stopped: ["yellow"],
};

/** A run that was stopped says what by. */
export function writeStatus(status: RunStatus): Line {
  return cell(status === "stopped" ? "stopped: budget" : status, ...STATUS_FORMATS[status]);
}

/** A run that was kept, for the terminal: what it was, its steps, and its report as it was printed. */
export function describeRecord(record: RunRecord, width: number): Block[] {
  const { run, events, unreadable } = record;
  return [
    ...describeHeader(run),
    heading("Steps"),
    stepTable(run, events),
    ...(unreadable === 0
      ? []
      : [paragraph(cell(`${counted(unreadable, "event")} kept in part only and left out.`, "yellow"))]),
    ...reportOf(record, width),
  ];
}

/** What a run was, and how it stands. */
export function describeHeader(run: RunHeader): Block[] {
  return [heading(`${run.tool}${run.subject === "" ? "" : `: ${run.subject}`}`, 1), facts(headerRows(run))];
}

function reportOf({ run, report }: RunRecord, width: number): Block[] {
  if (report === null) return [];
  const ms = Date.parse(run.endedAt ?? run.startedAt) - Date.parse(run.startedAt);
  return [{ kind: "rule" }, ...describeReport(run.tool, report, ms, width)];
}

function headerRows(run: RunHeader): (readonly [string, Line])[] {
  const { decisions, usage } = run;
  const made = Object.entries(decisions ?? {}).filter(([, times]) => times > 0);
  const prompts = Object.entries(run.prompts).map(
    ([agent, { version, hash }]) => `${agent} ${version} (${hash.slice(0, 8)})`,
  );
  return [
    ["Run", cell(run.id)],
    ["Thread", cell(run.threadId)],
    ["Fork of", cell(forkedFrom(run))],
    ["Status", writeStatus(run.status)],
    ["Began", cell(run.startedAt)],
    ["Ended", cell(run.endedAt ?? "")],
    ["Data", cell(run.data === null ? run.source : `${run.data.source}, ${run.data.hash}`)],
    ["As of", cell(run.asOf ?? "the latest")],
    ["Input", cell(JSON.stringify(run.input))],
    ["Model", cell(run.model)],
    ["Prompts", cell(prompts.join(", "))],
    ["Decided by", cell(made.map(([by, times]) => `${by} ${count(times)}`).join(", "))],
    [
      "Tokens",
      cell(usage === null ? "" : `${count(usage.inputTokens)} in, ${count(usage.outputTokens)} out`),
    ],
    [
      "Model cost",
      cell(usage === null || usage.cost === null || usage.cost === 0 ? "" : writeUsd(usage.cost)),
    ],
    ["Code", cell(run.code === "" ? "" : `FinAgent ${run.code}, seed ${run.seed}`)],
    ["Error", cell(run.error ?? "", "red")],
  ].filter((row): row is [string, Line] => Array.isArray(row[1]) && row[1].some(({ text }) => text !== ""));
}

function forkedFrom({ forkedFrom: from }: RunHeader): string {
  if (from === null) return "";
  const set = Object.entries(from.set).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${from.id}${from.at === null ? "" : ` at ${from.at}`}, with ${set.join(", ")}`;
}

/** What happened, with the time since the beginning; a step stands where it ended. */
function stepTable({ startedAt }: RunHeader, events: readonly JournalEntry[]): Block {
  const since = (at: string): Line => cell(duration(Date.parse(at) - Date.parse(startedAt)), "dim");
  const rows = events.flatMap((event): Line[][] => {
    switch (event.type) {
      case "step-finished": {
        const { agent, tool, ms, by, summary, error, fallback, decisions } = event.step;
        const text = error ?? (fallback === undefined ? summary : `${summary} (${fallback})`);
        const many = Object.entries(decisions ?? {}).filter(([, times]) => times > 0);
        const whom = many.length === 0 ? (by ?? "") : many.map(([one, n]) => `${one} ${n}`).join(", ");
        const said = error === undefined ? cell(text) : cell(text, "red");
        return [[since(event.at), cell(agent), cell(tool), cell(duration(ms)), cell(whom), said]];
      }
      case "model-call": {
        const { agent, model, ms, inputTokens, outputTokens, cost } = event;
        const price = cost === null ? "" : `, ${writeUsd(cost)}`;
        const used =
          inputTokens + outputTokens === 0 ? "" : `, ${inputTokens} tokens in, ${outputTokens} out${price}`;
        return [
          [since(event.at), cell(agent), cell("model"), cell(duration(ms)), [], cell(`${model}${used}`)],
        ];
      }
      case "error":
        return [[since(event.at), [], cell("error"), [], [], cell(`${event.code}: ${event.message}`, "red")]];
      case "started":
      case "resumed":
      case "plan":
      case "step-started":
        return event.type === "resumed" ? [[since(event.at), [], cell("resumed"), [], [], []]] : [];
      case "finished":
        return [[since(event.at), [], cell("finished"), [], [], writeStatus(event.status)]];
    }
  });
  return table(
    [
      ["After", "right"],
      ["Agent", "left"],
      ["Tool", "left"],
      ["Took", "right"],
      ["By", "left"],
      ["What", "left"],
    ],
    rows,
  );
}
