import { expect, it } from "vitest";
import {
  call,
  calls,
  FETCH,
  inTurn,
  type Player,
  scriptedTeam,
} from "../../../tests/support/scripted-team.ts";
import type { RunReport } from "../../domain/run/report.ts";

const UNKNOWN = call("fetch_market_data", { symbols: ["ZZZZ"] });
const sorry = { text: "Sorry, there are no prices of ZZZZ." };

async function reportOf(manager: Player): Promise<RunReport> {
  const team = await scriptedTeam({ manager });
  const report = await team.ask();
  await team.server.close();
  return report;
}

it.each([
  ["none of the steps succeeded", inTurn(calls(UNKNOWN), sorry), "failed"],
  ["one of them did", inTurn(calls(UNKNOWN), calls(FETCH), { text: "Prices rose." }), "done"],
  ["none was needed", inTurn({ text: "Hello." }), "done"],
])("an answer where %s", async (_, manager, status) => {
  const report = await reportOf(manager);
  expect(report.status).toBe(status);
  expect(report.answer).not.toBe("");
});
