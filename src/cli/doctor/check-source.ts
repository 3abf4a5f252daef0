import type { Runtime } from "../../runtime.ts";
import { checkDataTool } from "../../tools/check-data.ts";
import { listSymbolsTool } from "../../tools/list-symbols.ts";
import { asFinAgentError } from "../error-report.ts";
import { barTime, count, counted } from "../format.ts";
import type { Check } from "./check.ts";

/** Whether the data source answers, what it holds, and the range of its first symbol. */
export async function checkSource(runtime: Runtime, signal: AbortSignal): Promise<Check> {
  const name = "Market data";
  try {
    const { source, simulated, symbols } = await runtime.run(listSymbolsTool, {}, { signal });
    const [first] = symbols;
    if (first === undefined) {
      return {
        name,
        status: "fail",
        message: `${source} offers no symbol`,
        next: "Point --data or FINAGENT_DATA at a folder with one CSV file per symbol.",
        exitStatus: 3,
      };
    }
    const checked = await runtime.run(checkDataTool, { symbols: [first.symbol] }, { signal });
    const [one] = checked.symbols;
    if (one === undefined || one.status === "refused" || one.from === null || one.to === null) {
      return {
        name,
        status: "fail",
        message: `${source}: ${one?.error ?? `${first.symbol} cannot be read`}`,
        next: `${one?.hint ?? ""} "finagent data check" shows every finding.`.trim(),
        exitStatus: 3,
      };
    }
    const interval = one.interval ?? "1d";
    const range = `${first.symbol} ${barTime(one.from, interval)} to ${barTime(one.to, interval)}, ${count(one.bars)} bars of ${interval}`;
    return {
      name,
      status: "ok",
      message: `${source}${simulated ? " (SIMULATED, no price is real)" : ""}: ${counted(symbols.length, "symbol")}; ${range}`,
      ...(simulated ? { next: "For real prices: --data csv:FOLDER or FINAGENT_DATA." } : {}),
    };
  } catch (cause) {
    const error = asFinAgentError(cause);
    return {
      name,
      status: "fail",
      message: error.message,
      ...(error.hint === undefined ? {} : { next: error.hint }),
      exitStatus: error.exitStatus,
    };
  }
}
