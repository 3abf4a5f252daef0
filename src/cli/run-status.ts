import { ERROR_CODES, type ErrorCode } from "../domain/errors.ts";
import type { RunReport } from "../domain/run/report.ts";

/**
 * The exit status of a run that came to a report: 0, or that of the last failure where the run failed or
 * where none of its steps succeeded, so that the answer can only say why.
 */
export function statusOfRun({ status, steps }: RunReport): number {
  const cameToNothing = steps.length > 0 && steps.every(({ error }) => error !== undefined);
  if (status !== "failed" && !cameToNothing) return 0;
  const failure = steps.findLast(({ error }) => error !== undefined)?.error ?? "";
  const code = /^[A-Z_]+/.exec(failure)?.[0];
  return isErrorCode(code) ? ERROR_CODES[code] : ERROR_CODES.INTERNAL;
}

function isErrorCode(code: string | undefined): code is ErrorCode {
  return code !== undefined && Object.hasOwn(ERROR_CODES, code);
}
