import { ERROR_CODES, type ErrorCode } from "../domain/errors.ts";
import type { RunReport } from "../domain/run/report.ts";

/** The exit status of a run that came to a report: 0, of a partial one that of a model's failure, of a failed one its last failure's. */
export function statusOfRun({ status, steps }: RunReport): number {
  if (status === "partial") return ERROR_CODES.MODEL_OUTPUT;
  if (status !== "failed") return 0;
  const failure = steps.findLast(({ error }) => error !== undefined)?.error ?? "";
  const code = /^[A-Z_]+/.exec(failure)?.[0];
  return isErrorCode(code) ? ERROR_CODES[code] : ERROR_CODES.INTERNAL;
}

function isErrorCode(code: string | undefined): code is ErrorCode {
  return code !== undefined && Object.hasOwn(ERROR_CODES, code);
}
