import type { StressReport } from "../../domain/run/stress-report.ts";
import { count, counted, percent } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, heading, paragraph, table } from "../markdown/compose.ts";
import type { Line } from "../terminal/span.ts";

type Result = StressReport["scenarios"][number];
type Outcome = Result["tested"];

/** What the scenarios did to what was tested, and to buy and hold. */
export function describeScenarios({ scenarios, tested }: StressReport): Block[] {
  const [first] = scenarios;
  if (first === undefined) return [];
  const { name } = tested;
  return [
    heading("Scenarios"),
    paragraph(
      cell(
        `Simulated after the last real bar, when ${name} was ${percent(first.tested.exposureBefore, 0)} exposed. Returns are those of the market's fall; low and high are those of the ${first.draws} paths drawn for each scenario, all else is of the path in the middle. Held: equal parts of the same symbols, bought before it.`,
        "dim",
      ),
    ),
    table(
      [
        ["Scenario", "left"],
        ["Market", "right"],
        ["Bars", "right"],
        [name, "right"],
        ["Low", "right"],
        ["High", "right"],
        ["Held", "right"],
        ["Exposed", "right"],
      ],
      scenarios.map((one) => [
        cell(one.scenario),
        cell(percent(one.market.fallReturn)),
        cell(count(one.market.fallBars)),
        cell(percent(one.tested.fallReturn), "bold"),
        ...figures([one.fallReturns.low, one.fallReturns.high, one.buyAndHold.fallReturn]),
        cell(percent(one.tested.exposureDuring, 0)),
      ]),
    ),
    table(
      [
        ["Scenario", "left"],
        ["Deepest", "right"],
        ["Held", "right"],
        ["Worst day", "right"],
        ["Held", "right"],
        ["Back after", "right"],
        ["Held", "right"],
      ],
      scenarios.map((one) => [
        cell(one.scenario),
        cell(percent(one.tested.maxDrawdown), "bold"),
        ...figures([one.buyAndHold.maxDrawdown, one.tested.worstDay.return, one.buyAndHold.worstDay.return]),
        backAfter(one, one.tested),
        backAfter(one, one.buyAndHold),
      ]),
    ),
    ...describeMargin(scenarios, name),
    bullets(scenarios.map(({ scenario, story }) => `${scenario}: ${story}`)),
  ];
}

function figures(values: readonly number[]): Line[] {
  return values.map((value) => cell(percent(value)));
}

/** Bars until it is back where it began. */
function backAfter({ market }: Result, { recoveryBars }: Outcome): Line {
  return recoveryBars === null
    ? cell(`over ${count(market.fallBars + market.recoveryBars)}`, "yellow")
    : cell(recoveryBars === 0 ? "not below" : count(recoveryBars));
}

/** What was closed by force, on the path in the middle. */
function describeMargin(scenarios: readonly Result[], name: string): Block[] {
  const told = scenarios.flatMap(({ scenario, tested }) =>
    tested.ruined
      ? [`${scenario}: ${name} lost all its equity.`]
      : tested.liquidations > 0
        ? [`${scenario}: ${counted(tested.liquidations, "position")} of ${name} closed for want of margin.`]
        : [],
  );
  return told.length === 0 ? [] : [bullets(told)];
}
