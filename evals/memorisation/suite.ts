import { csvMarketData } from "../../src/adapters/csv/csv-market-data.ts";
import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import { endOfDay } from "../../src/domain/market/end-of-day.ts";
import { at, countAtMost } from "../../src/domain/market/column.ts";
import type { MarketData } from "../../src/domain/ports.ts";
import type { RunReport } from "../../src/domain/run/report.ts";
import { askInTurn } from "../support/ask-in-turn.ts";
import { hasRealData, realFolder } from "../support/real-data.ts";
import type { Score, Subject, Suite } from "../support/suite.ts";
import { MEMORISATION_CASES, type MemorisationCase } from "./cases.ts";
import { changedDirections, type Decided, decidedIn, realised, widest } from "./gap.ts";
import { type Mask, maskOf, shiftDay } from "./mask.ts";
import { maskedMarket } from "./masked-market.ts";

export interface MemorisationSeen {
  /** Null where a decision was not made. */
  readonly real: Decided | null;
  readonly masked: Decided | null;
  /** Under a second mask: how much decisions differ where no name can make the difference. */
  readonly again: Decided | null;
  /** Names, dates or prices of the real window that show through the mask. */
  readonly shown: readonly string[];
  /** Each real symbol's return over the month after the window. */
  readonly next: Readonly<Record<string, number>>;
  /** Whether a model that was trained up to the subject's cutoff may have seen the month after the window. */
  readonly remembered: "yes" | "no" | "not stated";
}

/** A month of sessions. */
const MONTH_BARS = 21;

/** Scores and weights that differ by less are the same: prices were multiplied, which rounds them in the last digits. */
const SAME = 1e-6;

/** Read once: it is the same for all windows. */
let windows: MarketData | undefined;

export const suite: Suite<MemorisationCase, MemorisationSeen> = {
  name: "memorisation",
  claim: "Decisions rest on the prices, not on what is remembered of a name and a date.",
  cases: MEMORISATION_CASES,
  absent: hasRealData
    ? []
    : ["Real prices are not here: names are masked on a simulated market, whose future no model knows."],
  criteria: () => [
    "decided under real names",
    "decided under masked names",
    "the mask holds",
    "names change nothing",
  ],
  observe: async (subject, one, seed) => {
    const market = (windows ??= hasRealData
      ? csvMarketData(realFolder("daily"))
      : simulatedMarketData({ seed: 1, clock: { now: () => Date.now() } }));
    const names = [...one.symbols, ...(market.benchmark === null ? [] : [market.benchmark])];
    const mask = maskOf(names, [one.from, one.to], seed);
    const real = await decide(subject, market, one, (symbol) => symbol);
    const masked = await underMask(subject, market, one, mask);
    const again = subject.deterministic
      ? masked
      : await underMask(subject, market, one, maskOf(names, [one.from, one.to], seed + 1));
    return {
      real: real?.decided ?? null,
      masked: masked?.decided ?? null,
      again: again?.decided ?? null,
      shown: masked === null ? [] : showsThrough(masked.report, one),
      next: await nextMonth(market, one),
      remembered: !hasRealData
        ? "no"
        : subject.cutoff === null
          ? "not stated"
          : one.to <= subject.cutoff
            ? "yes"
            : "no",
    };
  },
  score: (one, { real, masked, again, shown, remembered }): readonly Score[] => {
    const undecided = (decided: Decided | null, criterion: string): Score => ({
      criterion,
      passed:
        decided !== null &&
        Object.keys(decided.directions).length === one.symbols.length &&
        decided.level !== null,
      detail: decided === null ? "No signals or no level of risk." : "",
    });
    const flag =
      remembered === "yes" ? " The window ends before the subject's cutoff: it may be remembered." : "";
    return [
      undecided(real, "decided under real names"),
      undecided(masked, "decided under masked names"),
      { criterion: "the mask holds", passed: shown.length === 0, detail: shown.join(" ") },
      {
        criterion: "names change nothing",
        passed: real !== null && masked !== null && again !== null && isNoWider(real, masked, again),
        detail: `${real === null || masked === null ? "" : describe(real, masked)}${flag}`,
      },
    ];
  },
  measure: (_one, { real, masked, next, remembered }) => {
    const flag = { name: "window before the cutoff", value: remembered === "yes" ? 1 : 0 };
    if (real === null || masked === null) return [flag];
    return [
      { name: "changed directions", value: changedDirections(real, masked) },
      {
        name: "gained by real names in the month after",
        value: realised(real, next) - realised(masked, next),
      },
      flag,
    ].filter(({ value }) => Number.isFinite(value));
  },
};

interface Made {
  readonly decided: Decided;
  readonly report: RunReport;
}

async function underMask(
  subject: Subject,
  market: MarketData,
  one: MemorisationCase,
  mask: Mask,
): Promise<Made | null> {
  const real = new Map([...mask.names].map(([symbol, name]) => [name, symbol]));
  const symbols = one.symbols.map((symbol) => mask.names.get(symbol) ?? "");
  const moved = { ...one, symbols, from: shiftDay(one.from, mask.weeks), to: shiftDay(one.to, mask.weeks) };
  return decide(subject, maskedMarket(market, mask), moved, (name) => real.get(name) ?? name);
}

async function decide(
  subject: Subject,
  market: MarketData,
  { symbols, from, to }: MemorisationCase,
  real: (name: string) => string,
): Promise<Made | null> {
  const request = `Analyze ${symbols.join(", ")} from ${from} to ${to} and propose a portfolio of 100,000 dollars`;
  const { turns } = await askInTurn(subject, {
    settings: { asOf: to },
    parts: { market },
    conversations: [[request]],
  });
  const report = turns[0]?.report ?? null;
  return report === null ? null : { decided: decidedIn(report, real), report };
}

/** Real names, years and dates in the report of a masked run. */
function showsThrough(report: RunReport, { symbols, from, to }: MemorisationCase): string[] {
  const text = JSON.stringify({ ...report, runId: "", prompts: {} });
  const years = new Set([from, to].map((day) => day.slice(0, "2020".length)));
  return [
    ...symbols
      .filter((symbol) => new RegExp(`\\b${symbol}\\b`).test(text))
      .map((symbol) => `${symbol} is named.`),
    ...[...years]
      .filter((year) => new RegExp(`\\b${year}-\\d\\d`).test(text))
      .map((year) => `A date of ${year} is named.`),
  ];
}

/** Names may make no more of a difference than another mask does; where decisions do not vary, none. */
function isNoWider(real: Decided, masked: Decided, again: Decided): boolean {
  return (
    changedDirections(real, masked) <= changedDirections(again, masked) &&
    (real.level === masked.level || again.level !== masked.level) &&
    widest(real.scores, masked.scores) <= widest(again.scores, masked.scores) + SAME &&
    widest(real.weights, masked.weights) <= widest(again.weights, masked.weights) + SAME
  );
}

function describe(real: Decided, masked: Decided): string {
  const share = changedDirections(real, masked) * 100;
  return `${share.toFixed(0)}% of the directions changed, scores by up to ${widest(real.scores, masked.scores).toPrecision(2)}, weights by up to ${widest(real.weights, masked.weights).toPrecision(2)}; the level is ${String(real.level)}, masked ${String(masked.level)}.`;
}

async function nextMonth(
  market: MarketData,
  { symbols, to }: MemorisationCase,
): Promise<Record<string, number>> {
  const returns: Record<string, number> = {};
  for (const symbol of symbols) {
    const { bars } = await market.series(symbol, Infinity);
    const now = countAtMost(bars.closeTime, endOfDay(to)) - 1;
    returns[symbol] = at(bars.close, now + MONTH_BARS) / at(bars.close, now) - 1;
  }
  return returns;
}
