/** One line of the doctor's report. */
export interface Check {
  readonly name: string;
  readonly status: "ok" | "warn" | "fail";
  readonly message: string;
  /** What to do about it, or what else there is. */
  readonly next?: string;
  /** Exit status that a failure of this check stands for. */
  readonly exitStatus?: number;
}
