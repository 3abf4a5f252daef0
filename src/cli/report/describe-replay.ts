import type { Replayed } from "../../domain/run/replayed.ts";
import type { RunHeader } from "../../domain/run/run-header.ts";
import { counted } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, facts, heading, paragraph } from "../markdown/compose.ts";
import { differenceTable } from "./difference-table.ts";

/** What came of running a run once more. */
export function describeReplay({ tool, subject }: RunHeader, replayed: Replayed): Block[] {
  const { run, identical, hash, steps, modelCalls, differences, differing, changed } = replayed;
  const verdict = identical
    ? cell("identical", "bold", "green")
    : cell(`${counted(differing, "field")} of the report differ${differing === 1 ? "s" : ""}`, "bold", "red");
  return [
    heading(`Replay of ${tool}: ${subject}`, 1),
    paragraph(verdict),
    facts([
      ["Run", cell(run)],
      ["Report", cell(identical ? hash.was : `${hash.was} then, ${hash.is} now`)],
      ["Compared", cell("the whole report, but for ids and times")],
      ["Steps", cell(String(steps))],
      ["Model calls", cell(modelCalls === 0 ? "none" : `${modelCalls}, all answered from the tape`)],
    ]),
    ...(identical ? [] : [heading("First differences"), differenceTable("Then", "Now", differences)]),
    ...(changed.length === 0 ? [] : [heading("What has changed since"), bullets(changed)]),
  ];
}
