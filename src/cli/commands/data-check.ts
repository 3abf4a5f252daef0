import type { z } from "zod";
import { ERROR_CODES } from "../../domain/errors.ts";
import type { Runtime } from "../../runtime.ts";
import { checkDataTool } from "../../tools/check-data.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import { barTime, count, counted } from "../format.ts";
import type { Io } from "../io.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, facts, heading, paragraph, table } from "../markdown/compose.ts";
import { perform } from "../perform.ts";
import { describeFindings } from "../report/describe-findings.ts";
import { adjustedFor, describeSource } from "../report/describe-header.ts";
import type { Format, Line } from "../terminal/span.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface DataCheckFlags extends GlobalFlags {
  readonly symbols?: readonly string[];
}

type Checked = z.output<typeof checkDataTool.output>;
type CheckedSymbol = Checked["symbols"][number];

const STATUS_FORMATS: Readonly<Record<CheckedSymbol["status"], Format>> = {
  ok: "green",
  repaired: "yellow",
  refused: "red",
};

/** `finagent data check`: reads every bar and says what is wrong with which, and where. */
export async function dataCheck(runtime: Runtime, flags: DataCheckFlags, io: Io): Promise<number> {
  const symbols = flags.symbols === undefined ? undefined : [...flags.symbols];
  const checked = await perform(runtime, checkDataTool, given({ symbols }), {
    command: "data check",
    flags,
    io,
    flagOf: { symbols: "--symbols" },
  });
  if (flags.json === true) writeJson(io.out, checked);
  else writeBlocks(io.out, describe(checked));
  return checked.ok ? 0 : ERROR_CODES.DATA_INVALID;
}

function describe({ source, simulated, symbols, passedOver, cache }: Checked): Block[] {
  const refused = symbols.filter(({ status }) => status === "refused");
  const repaired = symbols.filter(({ status }) => status === "repaired");
  const summary =
    refused.length + repaired.length === 0
      ? cell(`${counted(symbols.length, "symbol")} checked, nothing to object to.`, "green")
      : cell(
          `${counted(symbols.length, "symbol")}: ${refused.length} refused, ${repaired.length} repaired.`,
          "bold",
        );
  return [
    facts([
      ["Data", describeSource(source, simulated)],
      ...(cache === null || cache === undefined ? [] : [["Cache", describeCache(cache)] as const]),
    ]),
    table(
      [
        ["Symbol", "left"],
        ["Status", "left"],
        ["Bars", "right"],
        ["First", "left"],
        ["Last", "left"],
        ["Bar", "left"],
        ["Calendar", "left"],
        ["Adjusted for", "left"],
      ],
      symbols.map(describeSymbol),
    ),
    ...refused.flatMap((one) => [
      heading(`${one.symbol} is refused`),
      bullets([one.error ?? "no reason was given", ...(one.hint === null ? [] : [one.hint])]),
    ]),
    ...describeFindings(
      symbols.flatMap(({ findings }) => findings),
      true,
    ),
    ...(passedOver.length === 0 ? [] : [heading("Passed over"), bullets([...passedOver])]),
    paragraph(summary),
  ];
}

/** How many files were not read anew, and where what was kept of them lies, which may be deleted. */
function describeCache({ folder, files, fromCache, fault }: NonNullable<Checked["cache"]>): Line {
  if (fault !== null) return cell(`nothing could be kept in ${folder} (${fault})`, "yellow");
  return cell(`${fromCache} of ${counted(files, "file")} from ${folder}`);
}

function describeSymbol(one: CheckedSymbol): Line[] {
  const { interval } = one;
  const time = (iso: string | null): Line => cell(iso === null ? "" : barTime(iso, interval ?? "1d"));
  return [
    cell(one.symbol),
    cell(one.status, STATUS_FORMATS[one.status]),
    cell(count(one.bars)),
    time(one.from),
    time(one.to),
    cell(interval ?? ""),
    cell(one.calendar ?? ""),
    cell(one.adjustment === null ? "" : adjustedFor(one.adjustment)),
  ];
}
