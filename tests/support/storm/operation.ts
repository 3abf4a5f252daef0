import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { z } from "zod";

const begunSchema = z.object({
  number: z.int(),
  /** Milliseconds of a clock that all processes of a machine share. */
  begin: z.number(),
  kind: z.enum(["put", "writes", "prune", "copy", "delete"]),
  thread: z.string(),
  /** Of the checkpoint. */
  id: z.string().optional(),
  /** Where a copy came from. */
  from: z.string().optional(),
  /** How many a pruning keeps. */
  keep: z.int().optional(),
});

const endedSchema = z.object({
  number: z.int(),
  end: z.number(),
  /** `done`, or the code of the error. */
  outcome: z.string(),
  /** How often the store refused a write because the thread had changed. */
  refused: z.int(),
});

export type Begun = Omit<z.output<typeof begunSchema>, "number" | "begin">;

/** What one process did to one thread, from before it asked the store until it was answered. */
export interface Operation extends Begun {
  readonly begin: number;
  /** Infinity where no answer was noted: it may have happened, or happen later. */
  readonly end: number;
  /** `done`, the code of the error, or `open` where no answer was noted. */
  readonly outcome: string;
  readonly refused: number;
}

const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Notes operations in a file, each line before the process goes on, so that they outlive it. */
export class OperationLog {
  readonly #file: number;
  #number = 0;
  #refused = 0;

  constructor(path: string) {
    this.#file = openSync(path, "a");
  }

  refused(): void {
    this.#refused += 1;
  }

  /** Does it; whether it was done. An error of the store is noted, any other thrown. */
  async note(begun: Begun, work: () => Promise<unknown>): Promise<boolean> {
    const number = ++this.#number;
    this.#refused = 0;
    this.#line({ number, begin: now(), ...begun });
    const outcome = await work().then(() => "done", codeOf);
    this.#line({ number, end: now(), outcome, refused: this.#refused });
    return outcome === "done";
  }

  close(): void {
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #line(line: object): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  throw error;
}

/** What a process noted; of a last line that was written in part nothing. */
export function readOperations(path: string): Operation[] {
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  const operations = new Map<number, Operation>();
  for (const line of lines) {
    const json: unknown = JSON.parse(line);
    const begun = begunSchema.safeParse(json);
    if (begun.success) {
      const { number, ...operation } = begun.data;
      operations.set(number, { ...operation, end: Infinity, outcome: "open", refused: 0 });
      continue;
    }
    const { number, ...ended } = endedSchema.parse(json);
    const operation = operations.get(number);
    if (operation === undefined) throw new Error(`${path}: the answer ${number} has no question`);
    operations.set(number, { ...operation, ...ended });
  }
  return Array.from(operations.values());
}
