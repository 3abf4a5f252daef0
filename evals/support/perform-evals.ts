import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { badFlag } from "../../src/cli/flags/bad-flag.ts";
import type { Block } from "../../src/cli/markdown/block.ts";
import { cell, table } from "../../src/cli/markdown/compose.ts";
import { outputFile } from "../../src/cli/output-file.ts";
import { pageFile } from "../../src/cli/page-file.ts";
import type { Terminal } from "../../src/cli/terminal/terminal.ts";
import { writeBlocks, writeJson } from "../../src/cli/write-output.ts";
import { FinAgentError } from "../../src/domain/errors.ts";
import { countsLine, countsOf } from "./counts.ts";
import { describeEvals } from "./describe-evals.ts";
import { evalPage } from "./eval-page.ts";
import { EvalProgress } from "./eval-progress.ts";
import type { EvalCall } from "./eval-program.ts";
import { type EvalReport, evalReportSchema, type SubjectResult } from "./result.ts";
import { runEvals } from "./run-evals.ts";
import type { Runnable } from "./runnable.ts";
import { subjectsOfCall } from "./subjects-of-call.ts";

export interface EvalIo {
  readonly out: Terminal;
  readonly err: Terminal;
  readonly signal: AbortSignal;
}

/** Runs the evals as they were called for and returns the exit status: 0 all passed, 1 some failed, 5 the budget is spent. */
export async function performEvals(call: EvalCall, all: readonly Runnable[], io: EvalIo): Promise<number> {
  const suites = chosen(call.suites, all);
  if (call.list === true) return list(suites, call, io);
  const save = call.save === undefined ? null : await outputFile("--save", call.save, "evals.json");
  const html = call.html === undefined ? null : await pageFile("--html", call.html);
  const earlier = (call.compare ?? []).flatMap(readResults);
  const { seed = 1, limit, concurrency = 1 } = call;
  if (concurrency < 1)
    throw badFlag("--concurrency", "one sample at least.", "Leave it out, or write e.g. 4.");
  const home = mkdtempSync(join(tmpdir(), "finagent-evals-"));
  const startedAt = new Date().toISOString();
  const { subjects, close } = await subjectsOfCall(call, home);
  const progress = new EvalProgress(io.err, call.quiet === true);
  const results: SubjectResult[] = [];
  try {
    for (const subject of subjects) {
      results.push(
        await runEvals(subject, {
          suites,
          seed,
          concurrency,
          signal: io.signal,
          ...(limit === undefined ? {} : { limit }),
          onSample: (of, suite, sample) => progress.tell(of, suite, sample),
        }),
      );
    }
  } finally {
    progress.stop();
    await close();
    rmSync(home, { recursive: true, force: true });
  }
  const refused = subjects.map(({ account }) => account.refused).find((error) => error !== null) ?? null;
  const report: EvalReport = {
    kind: "finagent-evals",
    code: manifest.version,
    seed,
    startedAt,
    stopped: refused?.message ?? (io.signal.aborted ? "Stopped with Ctrl-C." : null),
    subjects: results,
  };
  await save?.write(`${JSON.stringify(evalReportSchema.parse(report), null, 2)}\n`);
  const shown = { ...report, subjects: [...report.subjects, ...earlier] };
  await html?.write(evalPage(shown));
  if (call.json === true) writeJson(io.out, { ...shown, counts: countsOf(results) });
  else {
    writeBlocks(io.out, describeEvals(shown));
    io.out.write(`\n${countsLine(results)}\n`);
  }
  if (refused !== null) return refused.exitStatus;
  if (io.signal.aborted) return 130;
  return countsOf(results).failed > 0 ? 1 : 0;
}

function chosen(named: readonly string[], all: readonly Runnable[]): readonly Runnable[] {
  const unknown = named.find((name) => !all.some((suite) => suite.name === name));
  if (unknown === undefined) return named.length === 0 ? all : all.filter(({ name }) => named.includes(name));
  throw new FinAgentError("BAD_ARGUMENT", `There is no suite ${unknown}.`, {
    hint: `There are ${all.map(({ name }) => name).join(", ")}.`,
    details: { suite: unknown },
  });
}

function list(suites: readonly Runnable[], { json }: EvalCall, { out }: EvalIo): number {
  if (json === true) {
    writeJson(out, {
      suites: suites.map(({ name, size, claim }) => ({ suite: name, samples: size, claim })),
    });
    return 0;
  }
  const rows = suites.map(({ name, size, claim }) => [cell(name), cell(String(size)), cell(claim)]);
  const blocks: Block[] = [
    table(
      [
        ["Suite", "left"],
        ["Samples", "right"],
        ["Claim", "left"],
      ],
      rows,
    ),
  ];
  writeBlocks(out, blocks);
  return 0;
}

/** Results that `--save` wrote, told apart by when they were made. */
function readResults(path: string): SubjectResult[] {
  const hint = "Name a file that --save has written.";
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw badFlag("--compare", `${path} cannot be read.`, hint);
  }
  const parsed = evalReportSchema.safeParse(parseJson(text));
  if (!parsed.success) throw badFlag("--compare", `${path} holds no results of evals.`, hint);
  const { startedAt, subjects } = parsed.data;
  const when = startedAt.slice(0, 16).replace("T", " ");
  return subjects.map((one) => ({ ...one, subject: `${one.subject} (${when})` }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
