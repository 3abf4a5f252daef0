/** Capital words that people write and that are no symbols, although some are tickers of something. */
const CAPITALS =
  "A I AI AM AN AND API ARE AS ASAP AT ATH ATR BE BPS BTW BUT BY CAGR CALL CAPM CEO CFO CPI CSV CVAR DCF DIY DO EBITDA ECB EMA EPS ERC ES ESG EST ET ETA ETC ETF ETFS EU EUR FAQ FED FINAGENT FOMC FOMO FOR FROM FX FYI GBP GDP GET GIVE GMT GMV GO HAS HIGH HODL HOLD HOW HRP HTTP IF II III IMO IN IPO IRA IRR IS IT ITM JPY JSON KPI LIMIT LLC LLM LONG LTD MACD MAX ME MIN ML MODERATE MTD MY NAV NEW NO NONE NOT NYSE NASDAQ OBV OF OK OKAY ON ONLY OPEN OR OTC OTM OUT PDF PE PLEASE PLUS PNL PUT QTD REIT RISK ROA ROE ROI RSI SEC SELL BUY SHORT SKIP SMA SO STOP THE THEN TO TODAY TTM UK US USA USD UTC VAR VIX VS VWAP WE WHAT WHY WITH WMA YES YOU YTD YOY CHF CAD AUD CNY INR PORTFOLIO BACKTEST ANALYZE ANALYSE COMPARE SCREEN FETCH DATA ALPHA AVG STD STDEV ADX CCI MFI NLP USE ALSO ADD LET ALL ANY CAN WAS WILL HAVE HAD MORE LESS THAN THIS THAT THEM WHEN UNTIL SINCE LAST PAST YEAR MONTH DAY WEEK BOTH EACH PER TOP BEST";

export const NOT_TICKERS: ReadonlySet<string> = new Set(CAPITALS.split(" "));

/** English words that are also tickers of the directory: in lower case they are words. */
const WORDS =
  "cat coin cop cost de dis gap hon low ma meta mo ms mu now pep pm shop so t ups v spy all are dia eth ba bac c f cl ge gm gs hd";

export const TICKERS_THAT_ARE_WORDS: ReadonlySet<string> = new Set(WORDS.split(" "));

/** Words of requests that look like a slip of a company's name or stand with a capital, and are neither. */
const REQUEST_WORDS =
  "above about after again all also alpha amazing ample analysis analyse analyze annual anyway apply april as ask at august average back backtest based beat because before below benchmark best beta better between book both but buy can carlo cash check chip chips company compare conditions correlation covid current data date day days december default deviation difference do does drawdown each equal equally equity even evenly expected explain february fed fetch find first following for friday from full fund funds further give good great have help here hierarchical high historical hold how in index inflation insider instead intent invest investment is it january july june just large last later less like list long look low lower lowest make march market markets markowitz max maximum may me mean metal metals micro minimum momentum monday month monte more most moving my name nice no november nothing now october of on only or oracle orange other overall paper parity past per performance period please portfolio position positions price prices proposal propose put quarter question rate rates report return returns risk run same saturday screen sector see sell september shall sharpe short should show signal since sortino state stock stocks strategy street stress study such sunday tech test thanks that the their them then these this those thursday time to today top trade trend tuesday under until upon use value variance vola volatility wall want wednesday week weight weights what when where which while why will with without word work world would year years yes yield you";

export const VOCABULARY: ReadonlySet<string> = new Set(REQUEST_WORDS.split(" "));
