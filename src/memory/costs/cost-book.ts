import { isoTime } from "../../domain/iso-time.ts";
import { FinAgentError } from "../../domain/errors.ts";
import type { Clock } from "../../domain/ports.ts";
import { timeOfRunId } from "../../domain/run/run-id.ts";
import type { RecordStore } from "../records/record-store.ts";
import type { Change, Open, Outcome } from "./change.ts";
import { dayPartition, DayPage, readRows, RUNS, sum } from "./day-page.ts";

/** How often a change is tried while other processes are quicker. */
const PATIENCE = 1000;

/** How many days' pages are remembered: a call may end on the day after the one on which it began. */
const DAYS = 2;

/**
 * Writes the costs of a process's calls, those that come together with one write. Each write succeeds only on the page
 * that it was computed on, so that all processes on a store keep one account.
 */
export class CostBook {
  readonly #records: () => Promise<RecordStore>;
  readonly #clock: Clock;
  readonly #pages = new Map<string, DayPage>();
  readonly #before = new Map<string, number>();
  readonly #open = new Set<Open>();
  #queue: Change[] = [];
  #waiting: Change[] = [];
  #writing = false;

  constructor({ records, clock }: { readonly records: () => Promise<RecordStore>; readonly clock: Clock }) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Today in UTC. */
  today(): string {
    return isoTime(this.#clock.now()).slice(0, 10);
  }

  make(change: Change): void {
    this.#queue.push(change);
    if (!this.#writing) void this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#queue.length > 0) {
      const today = this.today();
      const changes = this.#queue;
      this.#queue = [];
      for (const [day, ofDay] of Map.groupBy(changes, (change) => change.day ?? today)) {
        try {
          await this.#write(await this.#records(), day, ofDay);
        } catch (error) {
          // What was written is not known.
          this.#pages.delete(day);
          for (const change of ofDay) this.#end(change, () => change.failed(error));
        }
      }
    }
    this.#writing = false;
  }

  async #write(records: RecordStore, day: string, changes: readonly Change[]): Promise<void> {
    const runs = [...new Set(changes.map(({ run }) => run))];
    for (const { run, needsBefore } of changes) if (needsBefore) await this.#readBefore(records, run, day);
    let remembered = this.#pages.get(day);
    if (remembered?.holds(runs) === false) remembered = undefined;
    for (let tries = 0; tries < PATIENCE; tries += 1) {
      const page = remembered?.copy() ?? (await read(records, day, runs));
      const outcomes = this.#tryOn(page, day, changes);
      const anew = remembered === undefined;
      remembered = undefined;
      // Another process may have let go of something since.
      if (!anew && outcomes.some((outcome) => outcome !== "done")) continue;
      if (outcomes.includes("done")) {
        if (!(await records.write(dayPartition(day), page.batch()))) continue;
        this.#remember(day, page.written());
      }
      for (const [index, change] of changes.entries()) this.#tell(change, outcomes[index] ?? "wait", day);
      return;
    }
    throw new FinAgentError(
      "STORE_BUSY",
      "The costs of models cannot be kept: others write them all the time.",
      {
        hint: "Try again with fewer processes at once.",
      },
    );
  }

  #tryOn(page: DayPage, day: string, changes: readonly Change[]): Outcome[] {
    const open = [...this.#open];
    const before = (run: string): number => this.#before.get(`${day} ${run}`) ?? 0;
    return changes.map((change) => {
      const outcome = change.tryOn(page, { day, open, before });
      if (outcome === "done" && change.opens !== undefined) open.push(change.opens(day));
      return outcome;
    });
  }

  #tell(change: Change, outcome: Outcome, day: string): void {
    if (outcome === "wait") this.#waiting.push(change);
    else if (outcome === "done") this.#end(change, () => change.done(this.#opened(change, day)));
    else this.#end(change, () => change.failed(outcome));
  }

  #opened(change: Change, day: string): Open | null {
    const open = change.opens?.(day) ?? null;
    if (open !== null) this.#open.add(open);
    return open;
  }

  /** Whatever came of it, what it was to close is not waited for any more. */
  #end(change: Change, tell: () => void): void {
    if (change.closes !== undefined) {
      this.#open.delete(change.closes);
      this.#queue.push(...this.#waiting);
      this.#waiting = [];
    }
    tell();
  }

  #remember(day: string, page: DayPage): void {
    this.#pages.delete(day);
    this.#pages.set(day, page);
    for (const old of [...this.#pages.keys()].slice(0, -DAYS)) this.#pages.delete(old);
  }

  async #readBefore(records: RecordStore, run: string, day: string): Promise<void> {
    const name = `${day} ${run}`;
    if (this.#before.has(name)) return;
    const began = timeOfRunId(run.slice(RUNS.length))?.slice(0, 10) ?? "";
    const days = began === day ? [] : await records.partitions("costs", { prefix: "" });
    const others = days.filter((one) => one >= began && one !== day);
    const kept = await Promise.all(others.map(async (one) => records.get(dayPartition(one), [run])));
    const rows = kept.flatMap(([value = null]) => readRows(value));
    this.#before.set(name, sum(rows.map(({ cost, reserved }) => cost + reserved)));
  }
}

async function read(records: RecordStore, day: string, runs: readonly string[]): Promise<DayPage> {
  return DayPage.read(runs, await records.get(dayPartition(day), DayPage.keys(runs)));
}
