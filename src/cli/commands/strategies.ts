import type { Runtime } from "../../runtime.ts";
import { listStrategiesTool, type StrategyEntry } from "../../tools/list-strategies.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { StrategyFlags } from "../flags/strategy-files.ts";
import type { Io } from "../io.ts";
import type { Block } from "../markdown/block.ts";
import { cell, heading, paragraph, table } from "../markdown/compose.ts";
import { perform } from "../perform.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export type StrategiesFlags = GlobalFlags & StrategyFlags;

/** `finagent strategies`: what can be backtested, and with which parameters. */
export async function strategies(runtime: Runtime, flags: StrategiesFlags, io: Io): Promise<number> {
  const { strategy } = flags;
  const calling = { command: "strategies", flags, io };
  const listed = await perform(runtime, listStrategiesTool, given({ strategy }), calling);
  if (flags.json === true) writeJson(io.out, listed);
  else writeBlocks(io.out, listed.strategies.flatMap(describeStrategy));
  return 0;
}

function describeStrategy({ name, description, parameters }: StrategyEntry): Block[] {
  const title = [heading(name), paragraph(cell(`${description}.`))];
  if (parameters.length === 0) return title;
  return [
    ...title,
    table(
      [
        ["Parameter", "left"],
        ["Default", "right"],
        ["Least", "right"],
        ["Most", "right"],
        ["", "left"],
      ],
      parameters.map((one) => [
        cell(one.name),
        cell(String(one.default ?? "")),
        cell(one.type === "boolean" ? "" : String(one.minimum ?? "")),
        cell(one.type === "boolean" ? "" : String(one.maximum ?? "")),
        cell(one.values === null ? one.description : `${one.description} (${one.values.join(", ")})`),
      ]),
    ),
  ];
}
