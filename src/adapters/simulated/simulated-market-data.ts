import { FinAgentError } from "../../domain/errors.ts";
import { sliceBars } from "../../domain/market/bars.ts";
import { calendarOf } from "../../domain/market/calendars.ts";
import { at, countAtMost } from "../../domain/market/column.ts";
import { companyName } from "../../domain/market/directory.ts";
import { nearSymbols } from "../../domain/market/near-symbols.ts";
import type { Clock, MarketData, SymbolInfo } from "../../domain/ports.ts";
import { COMPANIES, INDEX } from "./companies.ts";
import { FIRST_DATE, World } from "./world.ts";

const OFFERED: readonly SymbolInfo[] = [
  ...COMPANIES.map(({ symbol }): SymbolInfo => ({ symbol, name: companyName(symbol), kind: "stock" })),
  { symbol: INDEX.symbol, name: companyName(INDEX.symbol), kind: "index" as const },
].toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));

/**
 * An invented market on the New York calendar: daily bars from 2015-01-02 up to the clock, for companies
 * that bear real names and an index. A seed gives the same bars on every machine and at every time of
 * asking; another seed gives another market. Made for trying things out; it says nothing about real prices.
 */
export function simulatedMarketData({ seed, clock }: { seed: number; clock: Clock }): MarketData {
  const calendar = calendarOf("XNYS");
  let held: { year: string; world: World } | undefined;

  /** Made up to the end of the clock's year, so that it is made once; what the clock has not reached is not given out. */
  const world = (): World => {
    const year = calendar.dateOf(clock.now()).slice(0, 4);
    if (held?.year !== year) held = { year, world: new World(seed, calendar, `${year}-12-31`) };
    return held.world;
  };

  return {
    source: "simulated",
    simulated: true,
    benchmark: INDEX.symbol,

    async list() {
      return OFFERED;
    },

    async latest(symbols) {
      for (const symbol of symbols) requireOffered(symbol);
      const { closeTime } = world().times;
      const known = countAtMost(closeTime, clock.now());
      if (known === 0) {
        throw new FinAgentError("DATA_INSUFFICIENT", `The simulated market begins on ${FIRST_DATE}.`, {
          hint: "Ask as of a later date.",
        });
      }
      return at(closeTime, known - 1);
    },

    async series(symbol, until, interval = "1d") {
      if (interval !== "1d") {
        throw new FinAgentError(
          "BAD_ARGUMENT",
          `The simulated market has daily bars only; ${interval} bars of ${symbol} were asked for.`,
          { hint: "Use the interval 1d, or real bars with --data csv:DIR.", details: { symbol, interval } },
        );
      }
      requireOffered(symbol);
      const bars = world().bars(symbol);
      if (bars === undefined) throw new FinAgentError("INTERNAL", `${symbol} is listed but has no bars.`);
      const known = countAtMost(bars.closeTime, Math.min(until, clock.now()));
      return { bars: sliceBars(bars, 0, known), findings: [] };
    },
  };
}

/** @throws FinAgentError UNKNOWN_SYMBOL with near names: a series is never made up for a name that is not offered */
function requireOffered(symbol: string): void {
  if (OFFERED.some((one) => one.symbol === symbol)) return;
  const name = companyName(symbol);
  const near = nearSymbols(
    symbol,
    OFFERED.map((one) => one.symbol),
    3,
  );
  const suggestion =
    near.length === 0
      ? `It offers ${OFFERED.map((one) => one.symbol).join(", ")}.`
      : `Did you mean ${near.map((one) => `${one} (${companyName(one) ?? one})`).join(" or ")}?`;
  throw new FinAgentError(
    "UNKNOWN_SYMBOL",
    `${name === null ? symbol : `${symbol} (${name})`} is not in the simulated market, which has ${COMPANIES.length} companies and the index ${INDEX.symbol}.`,
    {
      hint: `${suggestion} For real prices use --data csv:DIR, a folder with one file per symbol.`,
      details: { symbol, near, source: "simulated" },
    },
  );
}
