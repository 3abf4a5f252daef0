import { crc32 } from "node:zlib";
import { z } from "zod";
import { SCORE_SIZE } from "../domain/backtest/sweep/score.ts";
import type { Stretch, SweepJob } from "../domain/backtest/sweep/sweep-job.ts";
import type { WorkLog } from "../domain/ports.ts";

const entrySchema = z.object({
  from: z.int().min(0),
  to: z.int(),
  scores: z.base64(),
  sums: z.base64(),
  check: z.int().describe("CRC-32 of all that is before it"),
});

/**
 * What of a sweep is done, kept so that a later run of the same sweep goes on from there. Where it cannot be kept the
 * sweep goes on all the same, and `fault` says why.
 */
export class SweepLog {
  readonly #log: WorkLog;
  readonly #name: string;
  readonly #job: SweepJob;
  #fault: string | null = null;

  constructor(log: WorkLog, name: string, job: SweepJob) {
    this.#log = log;
    this.#name = name;
    this.#job = job;
  }

  /** Why not everything was kept; null: it was. */
  get fault(): string | null {
    return this.#fault;
  }

  async forget(): Promise<void> {
    await this.#attempt(() => this.#log.clear(this.#name));
  }

  /** Fills the job with what earlier runs found; entries that are no such thing are passed over. */
  async takeOver(): Promise<Stretch[]> {
    const taken: Stretch[] = [];
    for (const line of (await this.#attempt(() => this.#log.read(this.#name))) ?? []) {
      const entry = readEntry(line);
      if (entry === null) continue;
      const { from, to } = entry;
      const scores = floats(entry.scores);
      const sums = floats(entry.sums);
      const fits =
        to > from &&
        to <= this.#job.grid.taken.length &&
        scores.length === SCORE_SIZE * (to - from) &&
        sums.length === this.#sumsPerRun * (to - from);
      if (!fits) continue;
      this.#job.scores.set(scores, SCORE_SIZE * from);
      this.#job.sums.set(sums, this.#sumsPerRun * from);
      taken.push({ from, to });
    }
    return taken;
  }

  /** Keeps a stretch of the job that is done. */
  async keep({ from, to }: Stretch): Promise<void> {
    const { scores, sums } = this.#job;
    const each = this.#sumsPerRun;
    const found = {
      from,
      to,
      scores: base64(scores.subarray(SCORE_SIZE * from, SCORE_SIZE * to)),
      sums: base64(sums.subarray(each * from, each * to)),
    };
    const entry = { ...found, check: checkOf(found) };
    await this.#attempt(() => this.#log.append(this.#name, JSON.stringify(entry)));
  }

  /** After a fault nothing is tried any more: what may be half written must stay the last. */
  async #attempt<T>(act: () => Promise<T>): Promise<T | null> {
    if (this.#fault !== null) return null;
    try {
      return await act();
    } catch (error) {
      this.#fault = error instanceof Error && "code" in error ? String(error.code) : String(error);
      return null;
    }
  }

  get #sumsPerRun(): number {
    return 2 * this.#job.blocks;
  }
}

function readEntry(line: string): z.output<typeof entrySchema> | null {
  try {
    const entry = entrySchema.safeParse(JSON.parse(line)).data;
    return entry !== undefined && entry.check === checkOf(entry) ? entry : null;
  } catch {
    return null;
  }
}

function checkOf({ from, to, scores, sums }: Omit<z.output<typeof entrySchema>, "check">): number {
  return crc32(`${from} ${to} ${scores} ${sums}`);
}

function base64(column: Float64Array): string {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString("base64");
}

function floats(text: string): Float64Array {
  const bytes = Buffer.from(text, "base64");
  const column = new Float64Array(Math.floor(bytes.length / Float64Array.BYTES_PER_ELEMENT));
  new Uint8Array(column.buffer).set(bytes.subarray(0, column.byteLength));
  return column;
}
