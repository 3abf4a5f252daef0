import { AS_OF, LOOK, NO_MORE, type RequestCase, type Window } from "../case.ts";

const work = { calls: LOOK, never: NO_MORE, status: "done" } as const;
const on = (symbol: string): Pick<RequestCase, "symbols"> => ({ symbols: [symbol] });
const since = (from: string): { window: Window } => ({ window: { from, to: AS_OF } });
const span = (from: string, to: string): { window: Window } => ({ window: { from, to } });

/** Windows, counted by hand back from Monday 2025-06-30 or read off the calendar. */
export const PERIODS: readonly RequestCase[] = [
  {
    id: "six-months",
    request: "Analyze AAPL for the last 6 months",
    ...on("AAPL"),
    ...since("2024-12-30"),
    ...work,
  },
  { id: "three-months-terse", request: "MSFT last 3 months", ...on("MSFT"), ...since("2025-03-30"), ...work },
  { id: "past-year", request: "analyze KO over the past year", ...on("KO"), ...since("2024-06-30"), ...work },
  { id: "ytd", request: "NVDA ytd", ...on("NVDA"), ...since("2025-01-01"), ...work },
  {
    id: "since-march",
    request: "How has JPM done since March?",
    ...on("JPM"),
    ...since("2025-03-01"),
    calls: ["fetch_market_data"],
    never: NO_MORE,
  },
  {
    id: "quarter",
    request: "Analyze Nvidia in Q1 2024",
    ...on("NVDA"),
    ...span("2024-01-01", "2024-03-31"),
    ...work,
  },
  { id: "a-year", request: "Tesla in 2022", ...on("TSLA"), ...span("2022-01-01", "2022-12-31"), ...work },
  {
    id: "iso-days",
    request: "Analyze GOOGL from 2023-01-01 to 2023-12-31",
    ...on("GOOGL"),
    ...span("2023-01-01", "2023-12-31"),
    ...work,
  },
  {
    id: "between-months",
    request: "analyze CRM between March 2023 and June 2023",
    ...on("CRM"),
    ...span("2023-03-01", "2023-06-30"),
    ...work,
  },
  {
    id: "first-half",
    request: "Walmart, first half of 2023",
    ...on("WMT"),
    ...span("2023-01-01", "2023-06-30"),
    ...work,
  },
  {
    id: "ninety-days",
    request: "Costco for the last 90 days",
    ...on("COST"),
    ...since("2025-04-01"),
    ...work,
  },
  {
    id: "eighteen-months",
    request: "analyse HD over 18 months",
    ...on("HD"),
    ...since("2023-12-30"),
    ...work,
  },
  {
    id: "covid-crash",
    request: "What did INTC look like during the COVID crash?",
    ...on("INTC"),
    window: { from: "2020-02-01", to: "2020-04-30", slackDays: 45 },
    calls: ["fetch_market_data"],
    never: NO_MORE,
  },
  {
    id: "day-month-words",
    request: "Analyze MCD from 1 April 2024 until 15 May 2024",
    ...on("MCD"),
    ...span("2024-04-01", "2024-05-15"),
    ...work,
  },
  {
    id: "days-with-dash",
    request: "PG 2024-03-01 - 2024-03-28 analysis pls",
    ...on("PG"),
    ...span("2024-03-01", "2024-03-28"),
    ...work,
  },
  {
    id: "full-history",
    request: "full history of XOM please: signals and risk",
    ...on("XOM"),
    ...since("2015-01-01"),
    ...work,
  },
  {
    id: "one-and-a-half",
    request: "Analyze CVX for the last 1.5 years",
    ...on("CVX"),
    ...since("2023-12-30"),
    ...work,
  },
  {
    id: "up-to-the-end",
    request: "analyze VZ up to the end of 2023",
    ...on("VZ"),
    window: { from: "2015-01-01", to: "2023-12-31", anyStart: true },
    ...work,
  },
  {
    id: "fourth-quarter-words",
    request: "Analyze Amazon in the fourth quarter of 2021",
    ...on("AMZN"),
    ...span("2021-10-01", "2021-12-31"),
    ...work,
  },
  {
    id: "summer",
    request: "How did Meta do in the summer of 2023?",
    ...on("META"),
    window: { from: "2023-06-01", to: "2023-09-23", slackDays: 25 },
    calls: ["fetch_market_data"],
    never: NO_MORE,
  },
  {
    id: "as-of-in-words",
    request: "analyze NFLX as of 2024-03-15 for the last 3 months",
    ...on("NFLX"),
    ...span("2023-12-15", "2024-03-15"),
    ...work,
  },
  {
    id: "the-future",
    request: "Analyze Boeing in 2030",
    status: "question or failed",
    never: NO_MORE,
    says: /2030|future|no bars|not (?:yet|available)/i,
  },
];
