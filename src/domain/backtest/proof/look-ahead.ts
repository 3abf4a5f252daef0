import { at } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import { type Random, randomFrom } from "../../random.ts";
import type { Decisions } from "../decisions.ts";
import { simulate } from "../engine.ts";
import type { Simulation } from "../simulation.ts";
import {
  barsThrough,
  cutFuture,
  FUTURE_FIELDS,
  type FutureField,
  replaceField,
  replaceFuture,
} from "./change-future.ts";
import { cutRows, decisionRows } from "./cut-rows.ts";
import { firstDifference } from "./first-difference.ts";
import type { LookAhead } from "./report.ts";
import type { Decide, Subject } from "./subject.ts";

const ROUNDING = 1e-9;

/** Later prices cut off, half as high again, and half as high: a rule that looks at them decides otherwise. */
const VARIANTS = ["cut off", "higher", "lower"] as const;
const LEVELS = { higher: 1.5, lower: 0.6 } as const;

const PLURAL = {
  open: "opens",
  high: "highs",
  low: "lows",
  close: "closes",
  volume: "volumes",
} as const satisfies Record<FutureField, string>;

interface Offence {
  readonly what: "decision" | "fill" | "equity" | "error";
  /** Null where it belongs to the whole account. */
  readonly symbol: number | null;
  readonly row: number;
  readonly was: string;
  readonly became: string;
  /** The last row that was left as it is. */
  readonly after: number;
}

/**
 * Look-ahead analysis over the whole run. After each of `cuts` rows the future is cut off, and replaced by other
 * prices; the strategy decides again on all of the data, and every decision, fill and equity value up to that
 * row must be as it was. Half of the rows are spread over the run, half are rows of decisions. Where something
 * changes, bisection looks for the earliest place, and single fields are replaced to see which are read.
 *
 * Failed too where the same data give other decisions the second time, which would look the same. Doubtful where
 * all other prices give the same decisions: then nothing was seen of where they come from.
 *
 * The idea is that of freqtrade's lookahead-analysis, which re-runs single trades on cut data.
 */
export function* lookAhead(subject: Subject, decide: Decide, cuts: number): Generator<undefined, LookAhead> {
  const search = new Search(subject, decide);
  yield;
  const whim = search.again();
  if (whim !== null) return search.unsteady(whim);
  const rows = cutRows(subject, cuts);
  let clean = subject.window.fromRow - 1;
  for (const row of rows) {
    const offence = yield* search.offence(row);
    if (offence === null) {
      clean = row;
      continue;
    }
    const first = yield* search.earliest(offence, clean);
    return yield* search.report(first, rows.length);
  }
  yield;
  const passed = { cuts: rows.length, variants: [...VARIANTS], found: null };
  if (search.isBlind()) {
    return {
      standing: "doubtful",
      conclusion:
        "Its decisions are the same whatever the prices: they come from the calendar, a memory of its own or another source, and what those know of the future cannot be seen here.",
      ...passed,
    };
  }
  return {
    standing: "passed",
    conclusion: `No decision, fill or equity value changes when everything after it is cut off or replaced (tried at ${rows.length} rows).`,
    ...passed,
  };
}

class Search {
  readonly #subject: Subject;
  readonly #decide: Decide;
  readonly #random: Random;
  readonly #own: Simulation;
  readonly #firstDecision: number;

  constructor(subject: Subject, decide: Decide) {
    this.#subject = subject;
    this.#decide = decide;
    this.#random = randomFrom(subject.seed).fork("look-ahead");
    this.#own = this.#simulate(subject.panel, subject.decisions, subject.window.toRow);
    this.#firstDecision = decisionRows(subject)[0] ?? Infinity;
  }

  /** What is decided otherwise when asked again about the same data. */
  again(): Offence | null {
    const { panel, window } = this.#subject;
    return this.#tryVariant(panel, window.toRow - 1, false);
  }

  /** Whether other prices throughout change no decision, though there are some. */
  isBlind(): boolean {
    const { panel, decisions } = this.#subject;
    if ("onBar" in decisions || this.#firstDecision === Infinity) return false;
    try {
      const again = this.#decide(this.#vary(panel, -1, "higher"));
      return firstDifference(panel, decisions, again, panel.rows - 1) === null;
    } catch {
      return false;
    }
  }

  unsteady({ what, symbol, row, was, became, after }: Offence): LookAhead {
    const name = symbol === null ? null : (this.#subject.panel.symbols[symbol] ?? null);
    const of = what === "equity" ? "the equity" : `the ${what} of ${name ?? "the portfolio"}`;
    return {
      standing: "failed",
      conclusion: `Asked twice about the same data it decides differently: ${of} at ${this.#day(row)} (${was} becomes ${became}). It must keep nothing between calls, and draw random numbers from a seed.`,
      cuts: 0,
      variants: [],
      found: { symbol: name, time: this.#time(row), what, was, became, after: this.#time(after), reads: [] },
    };
  }

  /** The earliest thing up to a row that changes with the data after it. */
  *offence(row: number): Generator<undefined, Offence | null> {
    const { panel } = this.#subject;
    let first: Offence | null = null;
    for (const variant of VARIANTS) {
      yield;
      const offence = this.#tryVariant(this.#vary(panel, row, variant), row, variant === "cut off");
      if (offence !== null && offence.row < (first?.row ?? Infinity)) first = offence;
    }
    return first;
  }

  /** Bisects between a row before which nothing was found and an offence. */
  *earliest(found: Offence, clean: number): Generator<undefined, Offence> {
    let best = found;
    let low = clean;
    while (best.row - low > 1) {
      const middle = Math.floor((low + best.row) / 2);
      const offence = yield* this.offence(middle);
      if (offence === null) low = middle;
      else best = offence;
    }
    // The same place, with everything behind it changed at once, if that suffices.
    const nearest = best.after > best.row ? yield* this.offence(best.row) : null;
    return nearest !== null && nearest.row === best.row ? nearest : best;
  }

  *report(offence: Offence, cuts: number): Generator<undefined, LookAhead> {
    const { panel } = this.#subject;
    const reads: FutureField[] = [];
    for (const field of offence.what === "decision" ? FUTURE_FIELDS : []) {
      yield;
      const changed = (["higher", "lower"] as const).some((variant) => {
        const other = this.#vary(panel, offence.after, variant);
        const single = replaceField(panel, other, offence.after, field);
        return this.#tryVariant(single, offence.after, false) !== null;
      });
      if (changed) reads.push(field);
    }
    const symbol = offence.symbol === null ? null : (panel.symbols[offence.symbol] ?? null);
    return {
      standing: "failed",
      conclusion: this.#describe(offence, symbol, reads),
      cuts,
      variants: [...VARIANTS],
      found: {
        symbol,
        time: this.#time(offence.row),
        what: offence.what,
        was: offence.was,
        became: offence.became,
        after: this.#time(offence.after),
        reads,
      },
    };
  }

  #describe(offence: Offence, symbol: string | null, reads: readonly FutureField[]): string {
    const day = this.#day(offence.row);
    if (offence.what === "error") {
      return `It looks ahead: without the data after ${this.#day(offence.after)} it cannot decide (${offence.became}).`;
    }
    const what =
      offence.what === "equity" ? "the equity" : `the ${offence.what} of ${symbol ?? "the portfolio"}`;
    const which = reads.length === 0 ? "prices" : reads.map((field) => PLURAL[field]).join(" and ");
    const later =
      offence.after === offence.row ? `later ${which}` : `${which} after ${this.#day(offence.after)}`;
    return `It looks ahead: ${what} at ${day} changes (${offence.was} becomes ${offence.became}) when ${later} change.`;
  }

  #vary(panel: Panel, row: number, variant: (typeof VARIANTS)[number]): Panel {
    if (variant === "cut off") return cutFuture(panel, row);
    return replaceFuture(panel, row, LEVELS[variant], this.#random.fork(`${variant}-${row}`));
  }

  #tryVariant(other: Panel, row: number, isCut: boolean): Offence | null {
    const { panel, decisions } = this.#subject;
    // A symbol without any bar is nothing that a strategy must expect.
    if (isCut && panel.symbols.some((_, s) => barsThrough(panel, s, row) === 0)) return null;
    let again: Decisions;
    try {
      again = this.#decide(other);
    } catch (error) {
      if (!isCut) throw error;
      // Too few bars to decide on yet are no fault.
      if (row < this.#firstDecision) return null;
      const became = error instanceof Error ? error.message : String(error);
      return { what: "error", symbol: null, row, was: "a decision", became, after: row };
    }
    const difference = firstDifference(panel, decisions, again, row);
    if (difference !== null) return { what: "decision", ...difference, after: row };
    // Where a symbol has no bar now, cut data cannot tell whether it will have one again.
    if (isCut && panel.barAt.some((index) => (index[row] ?? -1) < 0)) return null;
    return this.#compareRuns(this.#simulate(other, again, row + 1), row);
  }

  #simulate(panel: Panel, decisions: Decisions, toRow: number): Simulation {
    const { settings, window } = this.#subject;
    // Closing out belongs to the last row, which is another one in each variant.
    return simulate(panel, decisions, { ...settings, closeOut: false }, { fromRow: window.fromRow, toRow });
  }

  #compareRuns(other: Simulation, row: number): Offence | null {
    const own = this.#own;
    for (let i = 0; i < other.equity.length; i += 1) {
      const was = at(own.equity, i);
      const became = at(other.equity, i);
      if (Math.abs(was - became) <= ROUNDING * Math.abs(was)) continue;
      const offender = own.fromRow + i;
      const fill = fillOn(own, other, offender);
      return {
        what: fill === null ? "equity" : "fill",
        symbol: fill,
        row: offender,
        was: was.toFixed(2),
        became: became.toFixed(2),
        after: row,
      };
    }
    return null;
  }

  #time(row: number): string {
    return new Date(at(this.#subject.panel.closeTime, row)).toISOString();
  }

  #day(row: number): string {
    const time = this.#time(row);
    return this.#subject.panel.interval === "1d" ? time.slice(0, 10) : time.slice(0, 16).replace("T", " ");
  }
}

/** The symbol of the first fill of a row that differs. */
function fillOn(own: Simulation, other: Simulation, row: number): number | null {
  const of = ({ fills }: Simulation): string[] => {
    const found: string[] = [];
    for (let k = 0; k < fills.length; k += 1) {
      if (fills.row[k] === row) found.push(`${fills.symbol[k]} ${fills.shares[k]} ${fills.price[k]}`);
    }
    return found;
  };
  const ours = of(own);
  const theirs = of(other);
  const k = Math.max(ours.length, theirs.length);
  for (let i = 0; i < k; i += 1) {
    if (ours[i] !== theirs[i]) return Number((ours[i] ?? theirs[i] ?? "").split(" ")[0]);
  }
  return null;
}
