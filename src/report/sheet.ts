import type { CourseReport } from "../domain/backtest/course/course.ts";
import type { Metrics } from "../domain/backtest/report.ts";
import type { RunReport } from "../domain/run/report.ts";

/** A run's report where it ends in a backtest with a course: what every section is made from. */
export interface Sheet {
  readonly report: RunReport;
  readonly backtest: NonNullable<RunReport["backtest"]>;
  readonly metrics: Metrics;
  readonly benchmark: NonNullable<RunReport["benchmark"]>;
  readonly verdict: NonNullable<RunReport["verdict"]>;
  readonly course: CourseReport;
  /** The course's times, epoch milliseconds. */
  readonly times: readonly number[];
  readonly interval: string;
}
