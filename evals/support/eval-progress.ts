import { LiveArea } from "../../src/cli/progress/live-area.ts";
import { span } from "../../src/cli/terminal/span.ts";
import type { Terminal } from "../../src/cli/terminal/terminal.ts";
import type { SampleResult } from "./result.ts";
import type { Runnable } from "./runnable.ts";
import type { Subject } from "./suite.ts";

/** How far the evals are: a line that is drawn over in a terminal, a line for each suite elsewhere. */
export class EvalProgress {
  readonly #err: Terminal;
  readonly #quiet: boolean;
  readonly #live: LiveArea;
  #suite = "";
  #done = 0;
  #failed = 0;

  constructor(err: Terminal, quiet: boolean) {
    this.#err = err;
    this.#quiet = quiet;
    this.#live = new LiveArea(err);
  }

  tell(subject: Subject, suite: Runnable, { passed }: SampleResult): void {
    const title = `${suite.name}, ${subject.name}`;
    if (title !== this.#suite) this.stop();
    this.#suite = title;
    this.#done += 1;
    if (!passed) this.#failed += 1;
    if (!this.#quiet) this.#live.show([[span(`${this.#line()} of ${suite.size}`)]]);
  }

  /** Ends the line of the suite that was under way. */
  stop(): void {
    this.#live.clear();
    if (this.#done > 0 && !this.#quiet) this.#err.write(`${this.#line()}\n`);
    this.#done = 0;
    this.#failed = 0;
  }

  #line(): string {
    return `${this.#suite}: ${this.#done} samples, ${this.#failed} failed`;
  }
}
