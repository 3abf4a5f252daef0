import { setTimeout as wait } from "node:timers/promises";
import { FinAgentError } from "../../domain/errors.ts";
import { isoTime } from "../../domain/iso-time.ts";
import type { Clock } from "../../domain/ports.ts";
import { redactedJson } from "../../domain/redact.ts";
import type { RunEvent } from "../../domain/run/event.ts";
import type { RunHeader } from "../../domain/run/run-header.ts";
import type { Batch, RecordEntry, RecordStore } from "../records/record-store.ts";
import { type Ending, endingOf } from "./ending-of.ts";
import { type EntryBody, entryOf } from "./entry-of.ts";
import { keepReport, reportHash } from "./report-store.ts";
import { eventKey, HEADER, type KeptHeader, runPartition } from "./run-records.ts";

/** How long an event waits for others to be written with it. */
const GATHER_MS = 50;

/** How long a finished run waits for its journal. */
const PATIENCE_MS = 5000;

export interface LogParts {
  readonly records: RecordStore;
  readonly clock: Clock;
  /** Never written, wherever they occur. */
  readonly secrets: readonly string[];
}

/**
 * Writes the journal of one run. The beginning and the end are waited for; what happens in between is written in order
 * behind the run's back. A store that fails in between is tried again with what comes next; where it fails at the end too,
 * that costs the journal and not the run, which is told the reason.
 */
export class RunLog {
  readonly #parts: LogParts;
  #header: KeptHeader;
  #seq: number;
  #pending: RecordEntry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #fault: string | null = null;

  /** @param seq the last event that was kept; 0: none yet */
  constructor(parts: LogParts, header: KeptHeader, seq = 0) {
    this.#parts = parts;
    this.#header = header;
    this.#seq = seq;
  }

  get run(): RunHeader {
    return this.#header;
  }

  /**
   * Writes the header with a first event, to be called once and before all else. False where an expectation does not hold.
   * @throws FinAgentError STORE_…
   */
  async start(first: EntryBody, batch: Pick<Batch, "expect" | "delete"> = {}): Promise<boolean> {
    this.#append(first);
    this.#keepHeader();
    const put = this.#pending;
    this.#pending = [];
    return this.#parts.records.write(runPartition(this.#header.id), { ...batch, put });
  }

  /**
   * Corrects the checkpoint that the run begins at.
   * @throws FinAgentError STORE_…
   */
  async beginAt(base: string | null): Promise<void> {
    if (base === this.#header.base) return;
    this.#header = { ...this.#header, base };
    const put = [{ key: HEADER, value: this.#encode(this.#header) }];
    await this.#parts.records.write(runPartition(this.#header.id), { put });
  }

  hear(event: RunEvent): void {
    const entry = entryOf(event);
    if (entry === null) return;
    this.#append(entry);
    this.#timer ??= setTimeout(() => this.#write(), GATHER_MS).unref();
  }

  /**
   * The run has ended with a report. It is named before it is kept: whenever the process ends, no report is left that no
   * run names. Returns why it could not be kept, or null.
   */
  async reported(output: unknown): Promise<string | null> {
    return this.#end(async () => {
      const { records, clock, secrets } = this.#parts;
      const document = redactedJson(output, secrets);
      const report = reportHash(document);
      this.#header = { ...this.#header, report };
      this.#keepHeader();
      this.#write();
      await this.#writing;
      if (this.#fault !== null) throw new Error(this.#fault);
      await keepReport(records, clock, document);
      return { ...endingOf(output), report };
    });
  }

  /** The run has ended with an error, or was interrupted. */
  async failed(error: unknown, interrupted: boolean): Promise<void> {
    const told = asError(error);
    const overBudget = told.code === "BUDGET_SPENT";
    if (!interrupted) this.#append({ type: "error", ...told });
    await this.#end(() => ({
      status: interrupted ? "interrupted" : overBudget ? "stopped" : "failed",
      report: null,
      data: null,
      decisions: null,
      usage: null,
      error: interrupted ? null : `${told.code}: ${told.message}`,
    }));
  }

  async #end(ending: () => Ending | Promise<Ending>): Promise<string | null> {
    const patience = new AbortController();
    const late = wait(PATIENCE_MS, `the store did not answer within ${PATIENCE_MS / 1000} s`, {
      signal: patience.signal,
      ref: false,
    }).catch(() => null);
    const fault = await Promise.race([this.#finish(ending), late]);
    patience.abort();
    return fault;
  }

  async #finish(ending: () => Ending | Promise<Ending>): Promise<string | null> {
    this.#write();
    await this.#writing;
    try {
      const end = await ending();
      const { status, report, decisions, usage } = end;
      this.#append({ type: "finished", status, report, decisions, usage });
      this.#header = { ...this.#header, ...end, endedAt: isoTime(this.#parts.clock.now()) };
      this.#keepHeader();
      this.#write();
      await this.#writing;
      return this.#fault;
    } catch (error) {
      return reasonOf(error);
    }
  }

  #append(body: EntryBody): void {
    this.#seq += 1;
    const entry = { seq: this.#seq, at: isoTime(this.#parts.clock.now()), ...body };
    this.#pending.push({ key: eventKey(this.#seq), value: this.#encode(entry) });
  }

  #keepHeader(): void {
    this.#pending.push({ key: HEADER, value: this.#encode(this.#header) });
  }

  #encode(value: unknown): Uint8Array {
    return Buffer.from(redactedJson(value, this.#parts.secrets));
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(async () => this.#writePending());
  }

  async #writePending(): Promise<void> {
    const put = this.#pending;
    if (put.length === 0) return;
    this.#pending = [];
    try {
      await this.#parts.records.write(runPartition(this.#header.id), { put });
      this.#fault = null;
    } catch (error) {
      this.#fault = reasonOf(error);
      this.#pending = [...put, ...this.#pending];
    }
  }
}

function asError(error: unknown): ReturnType<FinAgentError["toJSON"]> {
  if (error instanceof FinAgentError) return error.toJSON();
  return { code: "INTERNAL", message: reasonOf(error) };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
