import { z } from "zod";
import { toNanoUsd } from "../../domain/cost/nano-usd.ts";
import type { Caller, Charge } from "../../domain/cost/spending.ts";
import type { Batch, Partition } from "../records/record-store.ts";

/** Sums of a day, and how often the day's records were written; amounts in billionths of a USD. */
const totalSchema = z.object({ writes: z.number(), spent: z.number(), reserved: z.number() });

const rowSchema = z.object({
  agent: z.string(),
  model: z.string(),
  calls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** Calls whose price was not known. */
  unpriced: z.number(),
  cost: z.number(),
  /** Part of the cost. */
  assumed: z.number(),
  reserved: z.number(),
});

/** One agent's calls of one model in one run; amounts in billionths of a USD. */
export type Row = z.output<typeof rowSchema>;

const rowsSchema = z.array(rowSchema);

export const RUNS = "run/";
const TOTAL = "total";

/** The costs of a day of UTC, YYYY-MM-DD. */
export const dayPartition = (day: string): Partition => ({ kind: "costs", id: day });

export const runKey = (run: string | null): string => `${RUNS}${run ?? ""}`;

/** A day's sums and the rows of some of its runs, as they were read and with what is to be written. */
export class DayPage {
  readonly #kept: Uint8Array | null;
  readonly #rows: ReadonlyMap<string, Row[]>;
  readonly #changed = new Set<string>();
  readonly total: z.output<typeof totalSchema>;

  private constructor(
    kept: Uint8Array | null,
    total: z.output<typeof totalSchema>,
    rows: ReadonlyMap<string, Row[]>,
  ) {
    this.#kept = kept;
    this.total = total;
    this.#rows = rows;
  }

  /** What has to be read for a page with the rows of some runs. */
  static keys(runs: readonly string[]): string[] {
    return [TOTAL, ...runs];
  }

  static read(runs: readonly string[], [total = null, ...rows]: readonly (Uint8Array | null)[]): DayPage {
    const sums = total === null ? { writes: 0, spent: 0, reserved: 0 } : totalSchema.parse(decode(total));
    return new DayPage(total, sums, new Map(runs.map((run, index) => [run, readRows(rows[index] ?? null)])));
  }

  copy(): DayPage {
    return new DayPage(this.#kept, { ...this.total }, structuredClone(this.#rows));
  }

  holds(runs: readonly string[]): boolean {
    return runs.every((run) => this.#rows.has(run));
  }

  /** What a run has spent and set apart on this day. */
  spentBy(run: string): { readonly spent: number; readonly reserved: number } {
    const rows = this.#rows.get(run) ?? [];
    return { spent: sum(rows.map(({ cost }) => cost)), reserved: sum(rows.map(({ reserved }) => reserved)) };
  }

  /** @param nano below 0 lets go of it */
  setApart(run: string, by: Caller, nano: number): void {
    this.#row(run, by).reserved += nano;
    this.total.reserved += nano;
  }

  charge(run: string, by: Caller, { tokens, usd, assumed }: Charge): void {
    const row = this.#row(run, by);
    const nano = toNanoUsd(usd ?? 0);
    row.calls += 1;
    row.inputTokens += tokens?.input ?? 0;
    row.outputTokens += tokens?.output ?? 0;
    row.unpriced += usd === null ? 1 : 0;
    row.cost += nano;
    row.assumed += assumed ? nano : 0;
    this.total.spent += nano;
  }

  /** Fails where anybody has written the day since it was read. */
  batch(): Batch {
    const total = { ...this.total, writes: this.total.writes + 1 };
    return {
      expect: [{ key: TOTAL, value: this.#kept }],
      put: [
        { key: TOTAL, value: encode(total) },
        ...Array.from(this.#changed, (key) => ({ key, value: encode(this.#rows.get(key)) })),
      ],
    };
  }

  /** The page as it stands once its batch was written. */
  written(): DayPage {
    const total = { ...this.total, writes: this.total.writes + 1 };
    return new DayPage(encode(total), total, this.#rows);
  }

  #row(run: string, { agent, model }: Caller): Row {
    this.#changed.add(run);
    const rows = this.#rows.get(run);
    if (rows === undefined) throw new RangeError(`the page does not hold ${run}`);
    const held = rows.find((row) => row.agent === agent && row.model === model);
    if (held !== undefined) return held;
    const none = { calls: 0, inputTokens: 0, outputTokens: 0, unpriced: 0, cost: 0, assumed: 0, reserved: 0 };
    const row = { agent, model, ...none };
    rows.push(row);
    return row;
  }
}

export function readRows(value: Uint8Array | null): Row[] {
  return value === null ? [] : rowsSchema.parse(decode(value));
}

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, one) => all + one, 0);
}

function encode(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

function decode(value: Uint8Array): unknown {
  return JSON.parse(Buffer.from(value).toString("utf8"));
}
