import { checkContent } from "../../domain/market/checks/check-rows.ts";
import { refuseErrors } from "../../domain/market/checks/refuse-errors.ts";
import { checkSilence } from "../../domain/market/checks/staleness.ts";
import { type Bars } from "../../domain/market/bars.ts";
import { countAtMost } from "../../domain/market/column.ts";
import type { Finding } from "../../domain/market/finding.ts";
import { barsOf, firstRows, type Rows } from "../../domain/market/rows.ts";
import type { SymbolSeries } from "../../domain/ports.ts";
import type { SeriesFile } from "./series-file.ts";

/** What the checks made of the first rows. */
interface Checked {
  readonly length: number;
  readonly rows: Rows;
  readonly findings: readonly Finding[];
  readonly bars: Bars;
}

/** The rows of one symbol in a file, checked as far as they were known at the time that is asked about. */
export class CheckedFile {
  readonly #file: SeriesFile;
  /** A run asks for the same rows several times. */
  #last: Checked | undefined;

  constructor(file: SeriesFile) {
    this.#file = file;
  }

  get rows(): Rows {
    return this.#file.rows;
  }

  /**
   * The bars that close at or before `until`, and what was found in them.
   * @throws FinAgentError DATA_INVALID where they cannot be used
   */
  series(until: number): SymbolSeries {
    const { rows, decisions } = this.#file;
    const length = countAtMost(rows.closeTime, until);
    const checked = this.#last?.length === length ? this.#last : this.#check(length);
    const decided = decisions.filter(({ index }) => index < length).map(({ finding }) => finding);
    return {
      bars: checked.bars,
      findings: [...decided, ...checked.findings, ...checkSilence(checked.rows, until)],
    };
  }

  #check(length: number): Checked {
    const { rows, findings } = checkContent(firstRows(this.#file.rows, length));
    refuseErrors(findings);
    this.#last = { length, rows, findings, bars: barsOf(rows) };
    return this.#last;
  }
}
