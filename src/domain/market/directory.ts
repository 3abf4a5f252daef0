import type { SymbolInfo } from "../ports.ts";

/** A listed company, fund, coin or index that people call by name. */
export interface ListedCompany {
  readonly symbol: string;
  /** The short name in use, without its legal form. */
  readonly name: string;
  /** Everyday names in lower case; each belongs to one symbol and may be matched in any case. */
  readonly aliases: readonly string[];
  /** Names that are also ordinary English words: matched with these very capitals only. */
  readonly ambiguousAliases: readonly string[];
  readonly kind: Exclude<SymbolInfo["kind"], "unknown">;
}

type Row = readonly [
  symbol: string,
  name: string,
  aliases?: readonly string[],
  ambiguousAliases?: readonly string[],
];

const listed = (kind: ListedCompany["kind"], rows: readonly Row[]): ListedCompany[] =>
  rows.map(([symbol, name, aliases = [name.toLowerCase()], ambiguousAliases = []]) => ({
    symbol,
    name,
    aliases,
    ambiguousAliases,
    kind,
  }));

/**
 * Widely known US large caps with their ticker as of 2025, index funds, the two main coins and the index of
 * the simulated market. Knowledge of names only: what can be analysed is what the data source lists.
 */
export const DIRECTORY: readonly ListedCompany[] = [
  ...listed("stock", [
    ["AAPL", "Apple"],
    ["ABBV", "AbbVie"],
    ["ABNB", "Airbnb"],
    ["ABT", "Abbott Laboratories", ["abbott", "abbott laboratories", "abbott labs"]],
    ["ACN", "Accenture"],
    ["ADBE", "Adobe"],
    ["AMAT", "Applied Materials"],
    ["AMD", "Advanced Micro Devices"],
    ["AMGN", "Amgen"],
    ["AMZN", "Amazon", ["amazon", "amazon.com"]],
    ["AVGO", "Broadcom"],
    ["AXP", "American Express", ["american express", "amex"]],
    ["BA", "Boeing"],
    ["BAC", "Bank of America"],
    ["BBY", "Best Buy", [], ["Best Buy"]],
    ["BKNG", "Booking Holdings", ["booking holdings", "booking.com"]],
    ["BLK", "BlackRock"],
    ["BMY", "Bristol Myers Squibb", ["bristol myers", "bristol myers squibb", "bristol-myers squibb"]],
    ["BRK.B", "Berkshire Hathaway", ["berkshire", "berkshire hathaway"]],
    ["C", "Citigroup", ["citigroup", "citi", "citibank"]],
    ["CAT", "Caterpillar", [], ["Caterpillar"]],
    ["CL", "Colgate-Palmolive", ["colgate", "colgate-palmolive", "colgate palmolive"]],
    ["CMCSA", "Comcast"],
    ["COIN", "Coinbase"],
    ["COP", "ConocoPhillips", ["conocophillips", "conoco"]],
    ["COST", "Costco"],
    ["CRM", "Salesforce"],
    ["CSCO", "Cisco", ["cisco", "cisco systems"]],
    ["CVX", "Chevron"],
    ["DAL", "Delta Air Lines", ["delta air lines", "delta airlines"], ["Delta"]],
    ["DE", "Deere", ["deere", "john deere"]],
    ["DHR", "Danaher"],
    ["DIS", "Walt Disney", ["disney", "walt disney"]],
    ["DUK", "Duke Energy"],
    ["F", "Ford Motor", ["ford motor", "ford motors"], ["Ford"]],
    ["FDX", "FedEx"],
    ["GAP", "Gap", ["gap inc"], ["Gap"]],
    ["GE", "GE Aerospace", ["ge aerospace", "general electric"]],
    ["GILD", "Gilead Sciences", ["gilead", "gilead sciences"]],
    ["GM", "General Motors"],
    ["GOOG", "Alphabet Class C", ["alphabet class c", "google class c"]],
    ["GOOGL", "Alphabet Class A", ["google", "alphabet", "alphabet class a", "google class a"]],
    ["GS", "Goldman Sachs", ["goldman", "goldman sachs"]],
    ["HD", "Home Depot", ["home depot", "the home depot"]],
    ["HON", "Honeywell"],
    ["IBM", "IBM", ["ibm", "international business machines"]],
    ["INTC", "Intel"],
    ["INTU", "Intuit"],
    ["JNJ", "Johnson & Johnson", ["johnson & johnson", "johnson and johnson", "j&j"]],
    ["JPM", "JPMorgan Chase", ["jpmorgan", "jp morgan", "j.p. morgan", "jpmorgan chase"], ["Chase"]],
    ["KO", "Coca-Cola", ["coca cola", "coca-cola"], ["Coke"]],
    ["LLY", "Eli Lilly", ["eli lilly", "lilly"]],
    ["LMT", "Lockheed Martin", ["lockheed", "lockheed martin"]],
    ["LOW", "Lowe's", ["lowe's", "lowes"]],
    ["MA", "Mastercard", ["mastercard", "master card"]],
    ["MCD", "McDonald's", ["mcdonald's", "mcdonalds"]],
    ["MDLZ", "Mondelez"],
    ["MDT", "Medtronic"],
    ["META", "Meta Platforms", ["meta platforms", "facebook", "fb"], ["Meta"]],
    ["MMM", "3M", ["3m company"]],
    ["MO", "Altria"],
    ["MRK", "Merck"],
    ["MS", "Morgan Stanley"],
    ["MSFT", "Microsoft"],
    ["MU", "Micron", ["micron", "micron technology"]],
    ["NEE", "NextEra Energy", ["nextera", "nextera energy"]],
    ["NFLX", "Netflix"],
    ["NKE", "Nike"],
    ["NOW", "ServiceNow"],
    ["NVDA", "Nvidia"],
    ["ORCL", "Oracle"],
    ["PEP", "PepsiCo", ["pepsico", "pepsi"]],
    ["PFE", "Pfizer"],
    ["PG", "Procter & Gamble", ["procter & gamble", "procter and gamble", "p&g"]],
    ["PLTR", "Palantir"],
    ["PM", "Philip Morris"],
    ["PYPL", "PayPal"],
    ["QCOM", "Qualcomm"],
    ["RRC", "Range Resources"],
    ["RTX", "RTX", ["raytheon"]],
    ["SBUX", "Starbucks"],
    ["SCHW", "Charles Schwab", ["charles schwab", "schwab"]],
    ["SHOP", "Shopify"],
    ["SLB", "SLB", ["schlumberger"]],
    ["SO", "Southern Company", ["southern company"]],
    ["T", "AT&T", ["at&t"]],
    ["TGT", "Target", ["target corporation", "target corp"], ["Target"]],
    ["TJX", "TJX Companies", ["tjx companies", "tj maxx"]],
    ["TMO", "Thermo Fisher Scientific", ["thermo fisher", "thermo fisher scientific"]],
    ["TMUS", "T-Mobile US", ["t-mobile", "t mobile"]],
    ["TSLA", "Tesla"],
    ["TXN", "Texas Instruments"],
    ["UAA", "Under Armour", ["under armour"]],
    ["UAL", "United Airlines"],
    ["UBER", "Uber"],
    ["UNH", "UnitedHealth", ["unitedhealth", "united health", "unitedhealth group"]],
    ["UNP", "Union Pacific"],
    ["UPS", "United Parcel Service"],
    ["V", "Visa", ["visa inc"], ["Visa"]],
    ["VZ", "Verizon"],
    ["WFC", "Wells Fargo"],
    ["WMT", "Walmart", ["walmart", "wal-mart"]],
    ["XOM", "Exxon Mobil", ["exxon", "exxon mobil", "exxonmobil"]],
  ]),
  ...listed("fund", [
    ["DIA", "SPDR Dow Jones Industrial Average ETF", ["dow jones", "dow jones industrial average"]],
    ["IWM", "iShares Russell 2000 ETF", ["russell 2000"]],
    ["QQQ", "Invesco QQQ Trust", ["nasdaq 100", "nasdaq-100"]],
    ["SPY", "SPDR S&P 500 ETF", ["s&p 500", "s&p500", "sp500", "sp 500"]],
  ]),
  ...listed("crypto", [
    ["BTC", "Bitcoin"],
    ["ETH", "Ethereum"],
  ]),
  ...listed("index", [["SIM500", "Simulated index"]]),
];

const NAMES = new Map(DIRECTORY.map((company) => [company.symbol, company.name]));

/** The name of a symbol (upper case, as the directory spells it), or null where it is not known. */
export function companyName(symbol: string): string | null {
  return NAMES.get(symbol) ?? null;
}
