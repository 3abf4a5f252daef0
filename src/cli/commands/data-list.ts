import type { Runtime } from "../../runtime.ts";
import { listSymbolsTool } from "../../tools/list-symbols.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import { counted } from "../format.ts";
import type { Io } from "../io.ts";
import { cell, facts, table } from "../markdown/compose.ts";
import { perform } from "../perform.ts";
import { describeSource } from "../report/describe-header.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

/** `finagent data list`: what the data source offers. */
export async function dataList(runtime: Runtime, flags: GlobalFlags, io: Io): Promise<number> {
  const listed = await perform(runtime, listSymbolsTool, {}, { command: "data list", flags, io });
  if (flags.json === true) {
    writeJson(io.out, listed);
    return 0;
  }
  writeBlocks(io.out, [
    facts([
      ["Data", describeSource(listed.source, listed.simulated)],
      ["Offers", cell(counted(listed.symbols.length, "symbol"))],
      ["Benchmark", cell(listed.benchmark ?? "none")],
    ]),
    table(
      [
        ["Symbol", "left"],
        ["Name", "left"],
        ["Kind", "left"],
      ],
      listed.symbols.map(({ symbol, name, kind }) => [
        cell(symbol),
        cell(name ?? ""),
        cell(kind === "unknown" ? "" : kind),
      ]),
    ),
  ]);
  return 0;
}
