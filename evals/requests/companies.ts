/** The companies of the simulated market, read off its documentation (docs/data.md) rather than asked of the product. */
export const COMPANIES: readonly string[] =
  "AAPL AMD AMZN BA BAC CAT COST CRM CVX DIS GE GOOGL GS HD INTC JNJ JPM KO MCD META MSFT NFLX NVDA PFE PG TSLA UNH V VZ WMT XOM".split(
    " ",
  );
