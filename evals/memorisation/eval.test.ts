import { afterAll, expect, it } from "vitest";
import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import type { ChatCompletionsServer } from "../../tests/support/chat-completions-server.ts";
import { call, calls, type Player, scriptedServer, specialist } from "../../tests/support/scripted-team.ts";
import { testConfig } from "../../tests/support/test-config.ts";
import { meanWithInterval } from "../support/mean-interval.ts";
import { runSuite } from "../support/run-suite.ts";
import { subjectOf } from "../support/subject-of.ts";
import { maskOf, shiftDay } from "./mask.ts";
import { maskedMarket } from "./masked-market.ts";
import { suite } from "./suite.ts";

const config = testConfig();

const WHOLE_SUITE_MS = 120_000;

it("the rules decide the same under any name", { timeout: WHOLE_SUITE_MS }, async () => {
  const { samples } = await runSuite(suite, subjectOf({ config, home: config.home, cutoff: "2024-06-30" }));
  expect(samples.filter(({ passed }) => !passed)).toEqual([]);
  const all = samples.flatMap(({ measurements }) => measurements);
  expect(all.filter(({ name }) => name === "changed directions").every(({ value }) => value === 0)).toBe(
    true,
  );
  const gained = all.filter(({ name }) => name.startsWith("gained"));
  expect(Math.max(...gained.map(({ value }) => Math.abs(value)))).toBeLessThan(1e-9);
});

/** An alpha agent that turns its policy round where it meets a name that it knows. */
const memorising: Player = (heard) => {
  const knows = /"(?:AAPL|NVDA)"/.test(JSON.stringify(heard.result("score_alpha")));
  const { policy } = heard.result("score_alpha");
  if (!knows || heard.turn !== 1) return specialist()(heard);
  return calls(call("score_alpha", { dataSetId: heard.latest("dataSetId"), policy: turned(policy) }));
};

function turned(policy: unknown): unknown {
  return JSON.parse(JSON.stringify(policy), (key, value: unknown) =>
    key === "weight" && typeof value === "number" ? -value : value,
  );
}

const servers: ChatCompletionsServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

it("a model that knows the names shows a gap, and its windows before the cutoff are flagged", async () => {
  const server = await scriptedServer({ alpha: memorising });
  servers.push(server);
  const knowing = testConfig({
    models: { alpha: "openai:test" },
    openai: { baseUrl: server.baseUrl, apiKey: "none" },
  });
  const subject = subjectOf({ config: knowing, home: knowing.home, cutoff: "2024-12-31" });
  const ids = ["until-2024-08-05", "until-2025-04-08"];
  const { samples } = await runSuite(
    { ...suite, cases: suite.cases.filter(({ id }) => ids.includes(id)) },
    subject,
  );
  for (const { scores, measurements } of samples) {
    const failed = scores.filter(({ passed }) => !passed);
    expect(failed.map(({ criterion }) => criterion)).toEqual(["names change nothing"]);
    expect(measurements.find(({ name }) => name === "changed directions")?.value).toBeGreaterThan(0);
  }
  const flags = samples.map(({ scores }) =>
    scores.some(({ detail }) => detail.includes("may be remembered")),
  );
  expect(flags.filter((flag) => flag)).toHaveLength(suite.absent?.length === 0 ? 1 : 0);
});

it("a mask keeps returns and weekdays, and hides names, prices and dates", async () => {
  const market = simulatedMarketData({ seed: 1, clock: { now: () => Date.UTC(2025, 5, 30) } });
  const mask = { ...maskOf(["AAPL", "SIM500"], ["2024-03-15"], 7), weeks: 1400 };
  const masked = maskedMarket(market, mask);
  const [name = ""] = mask.names.values();
  const { bars: real } = await market.series("AAPL", Infinity);
  const { bars } = await masked.series(name, Infinity);
  const returns = (closes: ArrayLike<number>): number[] =>
    Array.from(closes)
      .slice(1)
      .map((close, i) => close / (closes[i] ?? NaN) - 1);
  const [own, disguised] = [returns(real.close), returns(bars.close)];
  expect(Math.max(...own.map((value, i) => Math.abs(value - (disguised[i] ?? NaN))))).toBeLessThan(1e-13);
  expect(bars.close[0]).toBeCloseTo(100, 9);
  // Some lie before the first day that the calendar of New York knows.
  expect(new Date(bars.time[0] ?? NaN).getUTCFullYear()).toBeLessThan(1990);
  expect(Array.from(bars.closeTime).every((close, i) => close > (bars.time[i] ?? NaN))).toBe(true);
  expect(name).not.toBe("AAPL");
  const weekday = (time: number | undefined): number => new Date(time ?? NaN).getUTCDay();
  expect(Array.from(bars.time, weekday)).toEqual(Array.from(real.time, weekday));
  expect(new Date(bars.time.at(-1) ?? NaN).getUTCFullYear()).toBeLessThan(2003);
  // Asked for what was known on the masked day, it gives as many bars as the real one on the real day.
  const until = (day: string): number => Date.parse(`${day}T23:59:59Z`);
  const known = await masked.series(name, until(shiftDay("2024-03-15", mask.weeks)));
  expect(known.bars.length).toBe((await market.series("AAPL", until("2024-03-15"))).bars.length);
});

it("the interval of a mean holds the mean, and has no width where nothing varies", () => {
  const still = meanWithInterval([0.25, 0.25, 0.25], 1);
  expect(still).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
  const { mean, low, high } = meanWithInterval([0, 0, 1, 0, 1, 0], 1);
  expect(low).toBeLessThan(mean);
  expect(high).toBeGreaterThan(mean);
});
