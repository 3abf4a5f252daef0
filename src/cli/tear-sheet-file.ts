import type { RunReport } from "../domain/run/report.ts";
import { count } from "./format.ts";
import type { GlobalFlags } from "./flags/global-flags.ts";
import type { Io } from "./io.ts";
import { pageFile } from "./page-file.ts";

export interface ReportFlag {
  readonly report?: string;
}

/**
 * What `--report FILE` asks for: checks the file before the run, and returns what writes the tear sheet after it
 * and says where it is. Nothing to do without the flag.
 */
export async function tearSheetFile(
  flags: GlobalFlags & ReportFlag,
  io: Io,
): Promise<(report: RunReport) => Promise<void>> {
  if (flags.report === undefined) return async () => {};
  const file = await pageFile("--report", flags.report);
  return async (report) => {
    // The report itself is still to be printed.
    if (report.status === "partial" && report.backtest === null) {
      io.err.write(
        `No report was written to ${file.path}: the model decided nothing that there are figures of.\n`,
      );
      return;
    }
    // The chart library loads only here.
    const { tearSheet } = await import("../report/tear-sheet.ts");
    const page = tearSheet(report);
    await file.write(page);
    if (flags.quiet === true) return;
    io.err.write(`Report: ${file.path} (${count(Math.ceil(page.length / 1024))} kB)\n`);
  };
}
