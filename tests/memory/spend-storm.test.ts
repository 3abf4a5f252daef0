import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, inject, it } from "vitest";
import type { CostEntry } from "../../src/domain/cost/cost-row.ts";
import { listCosts } from "../../src/memory/costs/list-costs.ts";
import { openRecords } from "../../src/memory/records/open-records.ts";
import { type BillingServer, billingServer } from "../support/billing-server.ts";
import { type Ends, spendStorm, type Storm } from "../support/spend-storm.ts";

const SCRIPT = fileURLToPath(new URL("../support/spend-storm.ts", import.meta.url));

const RUN = "20261121-120000000-0123456789ab";
const OTHER_RUN = "20261121-120000001-0123456789ab";

let server: BillingServer;

afterEach(async () => server.close());

const newHome = (): string => mkdtempSync(join(inject("homes"), "storm-"));

/** The same storm in a process of its own, which waits to be told to begin. */
async function elsewhere(storm: Storm): Promise<{ begin(): void; readonly ends: Promise<Ends> }> {
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(storm)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (piece) => (said += String(piece)));
  const closed = once(child, "close");
  await once(child.stdout, "data");
  return {
    begin: () => void child.stdin.write("begin"),
    ends: closed.then(() => JSON.parse(said.replace("ready\n", "")) as Ends),
  };
}

async function costsIn(home: string): Promise<CostEntry[]> {
  const clock = { now: () => Date.UTC(2026, 10, 21, 13) };
  const records = await openRecords({ home, redisUrl: undefined, prefix: "finagent", clock });
  const entries = await listCosts(records);
  await records.close();
  return entries;
}

const sum = (amounts: readonly (number | null)[]): number =>
  amounts.reduce<number>((all, one) => all + (one ?? NaN), 0);

/** What the endpoint billed is below the budget and below what the ledger counts, and nothing is left set apart. */
async function expectKept(home: string, limit: number, ends: Ends): Promise<void> {
  const entries = await costsIn(home);
  const counted = sum(entries.map(({ cost }) => cost));
  expect(server.billed()).toBeLessThanOrEqual(limit);
  expect(counted).toBeLessThanOrEqual(limit + 1e-9);
  expect(counted).toBeGreaterThanOrEqual(server.billed() - 1e-9);
  expect(entries.map(({ reserved }) => reserved).every((one) => one === 0)).toBe(true);
  // Much of it is really spent, and the rest refused.
  expect(server.billed()).toBeGreaterThan(limit / 2);
  expect(ends["BUDGET_SPENT"]).toBeGreaterThan(5);
  expect(ends["answered"]).toBeGreaterThan(5);
  expect(Object.keys(ends).every((end) => /^(answered|BUDGET_SPENT|MODEL_\w+)$/.test(end))).toBe(true);
}

describe("50 calls at once of an endpoint that fails in every way, retries included", () => {
  // An attempt costs up to $0.41.
  it.each([
    ["of the run", { perRunUsd: 10 }],
    ["of the day", { perDayUsd: 10 }],
  ])("never spend more than the budget %s", async (_, budget) => {
    server = await billingServer(7);
    const home = newHome();
    const ends = await spendStorm({ baseUrl: server.baseUrl, home, runId: RUN, budget, calls: 50 });
    await expectKept(home, 10, ends);
    expect(Object.values(server.outcomes).every((times) => times > 0)).toBe(true);
  });

  it("never spend more than the day's budget in two processes together", async () => {
    server = await billingServer(8);
    const home = newHome();
    const storm = { baseUrl: server.baseUrl, home, budget: { perDayUsd: 8 }, calls: 25 };
    const other = await elsewhere({ ...storm, runId: OTHER_RUN });
    const begin = async (): Promise<void> => Promise.resolve(other.begin());
    const here = await spendStorm({ ...storm, runId: RUN }, begin);
    const there = await other.ends;
    const ends: Ends = {};
    for (const [end, times] of [...Object.entries(here), ...Object.entries(there)])
      ends[end] = (ends[end] ?? 0) + times;
    await expectKept(home, 8, ends);
    // A run that was begun again counts what it has spent.
    const before = server.billed();
    const again = await spendStorm({ ...storm, runId: RUN, budget: { perRunUsd: 0.5 }, calls: 2 });
    expect(again).toEqual({ BUDGET_SPENT: 2 });
    expect(server.billed()).toBe(before);
  });
});
