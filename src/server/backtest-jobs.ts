import { randomUUID } from "node:crypto";
import { HTTPException } from "hono/http-exception";
import { FinAgentError } from "../domain/errors.ts";
import type { RunReport } from "../domain/run/report.ts";
import { errorAnswer, type ErrorAnswer } from "./error-answer.ts";

/** How many backtests are held, running ones included. */
export const MAX_JOBS = 100;

export type BacktestJob =
  | { readonly id: string; readonly status: "running" }
  | { readonly id: string; readonly status: "done"; readonly report: RunReport }
  | { readonly id: string; readonly status: "failed"; readonly error: ErrorAnswer["body"]["error"] };

/**
 * Backtests started over HTTP, in this process's memory: a restart forgets them, and past `MAX_JOBS` the oldest
 * that has ended makes room.
 */
export class BacktestJobs {
  readonly #jobs = new Map<string, BacktestJob>();
  /** By id the whole reports of those that are done. */
  readonly #reports = new Map<string, RunReport>();

  /**
   * Starts a run in the background and returns at once; what it throws becomes the job's error.
   * @param run makes a report with a course
   * @param options without `detail` the job shows the report without it
   * @throws HTTPException 429 while as many as are held are running
   */
  start(
    run: () => Promise<RunReport>,
    { detail }: { readonly detail: boolean },
    onFault: (fault: unknown) => void,
  ): BacktestJob {
    this.#makeRoom();
    const job: BacktestJob = { id: randomUUID(), status: "running" };
    this.#jobs.set(job.id, job);
    // A backtest computes before it first waits, so it starts only after the answer to this request is out.
    setImmediate(() => {
      run().then(
        (whole) => {
          const report = detail ? whole : withoutCourse(whole);
          this.#reports.set(job.id, whole);
          return this.#jobs.set(job.id, { id: job.id, status: "done", report });
        },
        (thrown: unknown) => {
          const { status, body } = errorAnswer(thrown);
          if (status === 500) onFault(thrown);
          this.#jobs.set(job.id, { id: job.id, status: "failed", error: body.error });
        },
      );
    });
    return job;
  }

  /** @throws FinAgentError UNKNOWN_ARTIFACT where no backtest is held under the id */
  get(id: string): BacktestJob {
    const job = this.#jobs.get(id);
    if (job !== undefined) return job;
    throw new FinAgentError("UNKNOWN_ARTIFACT", `There is no backtest ${JSON.stringify(id)}.`, {
      hint: `The server holds the last ${MAX_JOBS} in memory and forgets them when it restarts: start it again.`,
    });
  }

  /**
   * The whole report.
   * @throws FinAgentError UNKNOWN_ARTIFACT where there is none under the id, or not yet
   */
  report(id: string): RunReport {
    const job = this.get(id);
    const report = this.#reports.get(id);
    if (report !== undefined) return report;
    const state = job.status === "failed" ? `failed: ${job.error.message}` : "is still running.";
    throw new FinAgentError("UNKNOWN_ARTIFACT", `The backtest ${JSON.stringify(id)} ${state}`, {
      hint: `GET /backtest/${id} says how it stands.`,
    });
  }

  #makeRoom(): void {
    if (this.#jobs.size < MAX_JOBS) return;
    for (const [id, job] of this.#jobs) {
      if (job.status === "running") continue;
      this.#jobs.delete(id);
      this.#reports.delete(id);
      return;
    }
    throw new HTTPException(429, { message: `${MAX_JOBS} backtests are still running.` });
  }
}

function withoutCourse(report: RunReport): RunReport {
  const { backtest } = report;
  return backtest === null ? report : { ...report, backtest: { ...backtest, course: null } };
}
