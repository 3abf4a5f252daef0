import { asRun, type Origin } from "./as-run.ts";
import { FinAgentError } from "./domain/errors.ts";
import type { WorkLog } from "./domain/ports.ts";
import { redactTexts } from "./domain/redact.ts";
import { compareReports, type Replayed } from "./domain/run/replayed.ts";
import type { RunHeader } from "./domain/run/run-header.ts";
import type { RunTape } from "./domain/run/run-tape.ts";
import { HeldArtifacts } from "./memory/artifacts.ts";
import { overlayRecords } from "./memory/records/overlay-records.ts";
import { replayTape } from "./memory/tape/replay-tape.ts";
import { withTape } from "./models/tape/with-tape.ts";
import { contextOf, type RunOptions } from "./perform-run.ts";
import { secretsOf } from "./secrets.ts";
import { lost, takeBack } from "./take-back.ts";
import { toolOfRun } from "./tools/reported-tools.ts";
import { parseInput } from "./tools/tool.ts";
import { whatChanged } from "./what-changed.ts";

/** Nobody is asked: a model that is made needs a key all the same. */
const NO_KEY = "a-replay-asks-nobody";

/** How many differences are told. */
const TOLD = 20;

/** See `Runtime.replay`. What it writes stays in the memory of this process. */
export async function replayRun(origin: Origin, id: string, options: RunOptions): Promise<Replayed> {
  const { run, report } = await origin.assembled.services.runs.show(id);
  if (!["done", "partial", "question"].includes(run.status)) throw notDone(run);
  if (report === null) throw lost(run, "Its report is not kept any more", "report");
  const tool = toolOfRun(run);
  const input = parseInput(tool.input, run.input);
  const kept = await origin.assembled.records();
  const records = overlayRecords(kept);
  const { apiKey = NO_KEY, baseUrl: _here, ...openai } = origin.config.openai;
  const endpoint = run.endpoint === null ? {} : { baseUrl: run.endpoint };
  const { assembled: now } = await asRun(run, origin, { ...openai, ...endpoint, apiKey }, records);

  const goesOn = run.checkpointed && (await takeBack(run, records, now));
  const asOf = run.asOf === null ? null : Date.parse(run.asOf);
  const place = { runId: run.id, threadId: run.threadId, asOf, artifacts: new HeldArtifacts() };
  let steps = 0;
  const ctx = contextOf(now, place, options, ({ type }) => {
    if (type === "step-finished") steps += 1;
  });
  const tape = counted(replayTape({ records: () => Promise.resolve(kept), runId: run.id }));
  const work = { ...ctx, workLog: NOTHING_DONE, ...(goesOn ? { resume: { base: run.base } } : {}) };
  try {
    const told: unknown = await withTape(tape, async () => tool.run(work, input));
    const again = redactTexts(told, secretsOf(origin.config));
    const { identical, hash, differences } = compareReports(report, again);
    return {
      run: run.id,
      identical,
      hash,
      steps,
      modelCalls: tape.calls(),
      differences: differences.slice(0, TOLD),
      differing: differences.length,
      changed: identical ? [] : await whatChanged(run, report, again, now, kept),
    };
  } catch (error) {
    if (!(error instanceof FinAgentError) || error.code !== "TAPE_MISMATCH") throw error;
    const changed = await whatChanged(run, report, null, now, kept);
    if (changed.length === 0) throw error;
    throw new FinAgentError(error.code, `${error.message} What has changed since: ${changed.join(" ")}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      details: { ...error.details, changed },
      cause: error,
    });
  }
}

/** A sweep that was done already would be taken over instead of computed. */
const NOTHING_DONE: WorkLog = {
  read: () => Promise.resolve([]),
  append: () => Promise.resolve(),
  clear: () => Promise.resolve(),
};

function counted(tape: RunTape): RunTape & { calls(): number } {
  let calls = 0;
  return {
    ask: async (call) => {
      const turn = await tape.ask(call);
      calls += 1;
      return turn;
    },
    calls: () => calls,
  };
}

function notDone({ id, status }: RunHeader): FinAgentError {
  return new FinAgentError(
    "BAD_ARGUMENT",
    `The run ${id} is ${status}: it has no report that a replay could be compared with.`,
    {
      hint:
        status === "running"
          ? "Wait until it has ended."
          : `"finagent runs resume ${id}" goes on with it; "finagent runs show ${id}" says how it ended.`,
      details: { id, status },
    },
  );
}
