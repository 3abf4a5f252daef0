import { FinAgentError } from "../../domain/errors.ts";
import type { Clock, RunArchive } from "../../domain/ports.ts";
import type { RunHeader } from "../../domain/run/run-header.ts";
import type { RecordStore } from "../records/record-store.ts";
import { ownerOf } from "./claim-thread.ts";
import { deleteRun } from "./delete-run.ts";
import { readReport } from "./report-store.ts";
import { EVENTS, HEADER, type KeptHeader, readEntry, readHeader, runPartition } from "./run-records.ts";
import { type Here, isUnderWay } from "./under-way.ts";

/** How many headers are read at once. */
const PAGE = 50;

/** How many ids are named where several begin alike. */
const NAMED = 5;

interface ArchiveParts {
  readonly records: () => Promise<RecordStore>;
  readonly clock: Clock;
}

/** In place of an id: the newest run. */
const LATEST = "latest";

export function runArchive(
  { records: open, clock }: ArchiveParts,
  here: Here & { readonly underWay: Set<string> },
): RunArchive {
  async function header(records: RecordStore, id: string): Promise<RunHeader> {
    const [value] = await records.get(runPartition(id), [HEADER]);
    const kept = readHeader(id, value);
    const { writer: _writer, ...run } = kept;
    if (run.status !== "running" || (await isUnderWay(records, kept, here, clock.now()))) return run;
    return { ...run, status: "interrupted" };
  }

  /** Ids of runs, newest first, a page at a time. */
  async function* pages(records: RecordStore): AsyncGenerator<string[]> {
    let after: string | undefined;
    for (;;) {
      const beyond = after === undefined ? {} : { after };
      const ids = await records.partitions("run", { prefix: "", reverse: true, limit: PAGE, ...beyond });
      if (ids.length > 0) yield ids;
      if (ids.length < PAGE) return;
      after = ids.at(-1);
    }
  }

  async function* headers(records: RecordStore): AsyncGenerator<KeptHeader> {
    for await (const ids of pages(records)) {
      const values = await Promise.all(ids.map(async (id) => records.get(runPartition(id), [HEADER])));
      for (const [index, [value]] of values.entries()) yield readHeader(ids[index] ?? "", value);
    }
  }

  return {
    async list({ limit, status }) {
      const records = await open();
      const found: RunHeader[] = [];
      for await (const ids of pages(records)) {
        // A few runs are read where a few are wanted, whatever there is.
        const wanted = status === undefined ? ids.slice(0, limit - found.length) : ids;
        const headers = await Promise.all(wanted.map(async (id) => header(records, id)));
        found.push(...headers.filter((one) => status === undefined || one.status === status));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },

    async show(id) {
      const records = await open();
      const run = await header(records, await wholeId(records, id));
      const kept = await records.range(runPartition(run.id), { prefix: EVENTS });
      const events = kept.map(({ value }) => readEntry(value)).filter((entry) => entry !== null);
      const report = run.report === null ? null : await readReport(records, run.report);
      return { run, events, unreadable: kept.length - events.length, report };
    },

    async lastOn(threadId) {
      const records = await open();
      const id = await ownerOf(records, threadId);
      return id === null ? null : header(records, id);
    },

    async delete(id) {
      const records = await open();
      const whole = await wholeId(records, id);
      await deleteRun(whole, { records, clock, here, headers: () => headers(records) });
      return whole;
    },
  };
}

/**
 * The whole of an id that was shortened, or `latest`.
 * @throws FinAgentError UNKNOWN_RUN, BAD_ARGUMENT where several ids begin so
 */
export async function wholeId(records: RecordStore, id: string): Promise<string> {
  const beginning = id === LATEST ? "" : id;
  const wanted = id === LATEST ? { reverse: true, limit: 1 } : { limit: NAMED + 1 };
  const ids = id === "" ? [] : await records.partitions("run", { prefix: beginning, ...wanted });
  const [only, ...others] = ids;
  if (only === undefined) throw unknown(id);
  if (others.length > 0 && only !== id) throw ambiguous(id, ids);
  return only;
}

function unknown(id: string): FinAgentError {
  const what =
    id === LATEST
      ? "No run has been kept yet."
      : `There is no run whose id begins with ${JSON.stringify(id)}.`;
  return new FinAgentError("UNKNOWN_RUN", what, {
    hint: '"finagent runs list" names those that are kept; --home says where.',
    details: { id },
  });
}

function ambiguous(id: string, ids: readonly string[]): FinAgentError {
  const some = ids.slice(0, NAMED);
  const more = ids.length > NAMED ? ", …" : "";
  return new FinAgentError("BAD_ARGUMENT", `Several runs have ids that begin with ${JSON.stringify(id)}.`, {
    hint: `Write more of it: ${some.join(", ")}${more}`,
    details: { id },
  });
}
