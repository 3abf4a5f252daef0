import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { CorporateAction } from "../../domain/market/corporate-action.ts";
import { xnys } from "../../domain/market/xnys.ts";
import { csvMarketData } from "./csv-market-data.ts";

const folder = mkdtempSync(join(tmpdir(), "finagent-actions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEADER = "date,close,adj_close,dividend,split";
const ROWS = [
  "2024-07-01,100,49.5,0,1",
  "2024-07-02,101,50.4,1,1",
  "2024-07-03,51,51,0,2",
  "2024-07-05,52,52,0,1",
];

async function actionsOf(
  rows: readonly string[],
  until = Infinity,
): Promise<(readonly [string, number, number])[]> {
  writeFileSync(join(folder, "TEST.csv"), `${[HEADER, ...rows].join("\n")}\n`);
  const { bars } = await csvMarketData(folder).series("TEST", until);
  return bars.actions.map(({ time, split, dividend }: CorporateAction) => [
    xnys.dateOf(time),
    split,
    dividend,
  ]);
}

it("reads actions with the bars of their days, up to the time that is asked about", async () => {
  const both = [
    ["2024-07-02", 1, 1],
    ["2024-07-03", 2, 0],
  ];
  expect(await actionsOf(ROWS)).toEqual(both);
  expect(await actionsOf(ROWS.toReversed())).toEqual(both);
  expect(await actionsOf(ROWS, Date.parse("2024-07-02T23:00:00Z"))).toEqual(both.slice(0, 1));
});

it("counts the action of a repeated row once, and moves that of a holiday to the next bar", async () => {
  expect(await actionsOf([...ROWS.slice(0, 2), ...ROWS.slice(1)])).toEqual(await actionsOf(ROWS));
  const holiday = [...ROWS.slice(0, 3), "2024-07-04,51,51,0.5,1", ...ROWS.slice(3)];
  expect(await actionsOf(holiday)).toEqual([...(await actionsOf(ROWS)), ["2024-07-05", 1, 0.5]]);
});
