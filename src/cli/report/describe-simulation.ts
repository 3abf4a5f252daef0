import type { StressReport } from "../../domain/run/stress-report.ts";
import { count, percent, shares } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { cell, heading, paragraph, table } from "../markdown/compose.ts";
import { words } from "../../report/words.ts";
import type { Line } from "../terminal/span.ts";

type Simulation = StressReport["simulations"][number];
type Distribution = Simulation["tested"];

const POINTS = ["p5", "p25", "p50", "p75", "p95"] as const;

const SPREADS: readonly (readonly [name: string, key: "totalReturn" | "cagr" | "maxDrawdown"])[] = [
  ["Total return", "totalReturn"],
  ["CAGR", "cagr"],
  ["Max drawdown", "maxDrawdown"],
];

const CHANCES: readonly (readonly [name: string, of: (one: Distribution) => number])[] = [
  ["Paths with a loss", (one) => one.probabilityOfLoss],
  ["A drawdown beyond 20%", (one) => one.probabilityOfDrawdown.beyond20],
  ["beyond 30%", (one) => one.probabilityOfDrawdown.beyond30],
  ["beyond 50%", (one) => one.probabilityOfDrawdown.beyond50],
  ["Equity lost", (one) => one.probabilityOfRuin],
  ["Mean of the worst 5%", (one) => one.expectedShortfall],
];

/** What came of the paths of one model. */
export function describeSimulation(simulation: Simulation): Block[] {
  const { model, paths, bars, seed, fittedOn, keeps, tested, buyAndHold, real } = simulation;
  return [
    heading(`SIMULATED by ${model}: ${count(paths)} paths of ${count(bars)} bars`),
    paragraph(cell(keeps)),
    paragraph(
      cell(`Fitted on ${count(fittedOn)} returns, seed ${seed}. ${describeEstimates(simulation)}`, "dim"),
    ),
    table(
      [["", "left"], ...["5%", "25%", "50%", "75%", "95%"].map((name) => [name, "right"] as const)],
      [
        ...SPREADS.map(([name, key]) => spread(name, tested[key])),
        ...SPREADS.map(([name, key]) =>
          spread(`Held: ${name === "CAGR" ? name : name.toLowerCase()}`, buyAndHold[key]),
        ),
      ],
    ),
    table(
      [
        ["", "left"],
        ["Tested", "right"],
        ["Held", "right"],
      ],
      CHANCES.map(([name, of]) => [cell(name), cell(percent(of(tested))), cell(percent(of(buyAndHold)))]),
    ),
    paragraph(
      cell(
        `It beats buy and hold on ${percent(simulation.probabilityOfBeatingBuyAndHold, 0)} of the paths. On the real bars it made ${percent(real.totalReturn)} with a drawdown of ${percent(real.maxDrawdown)}: more than on ${percent(real.rank, 0)} of the paths.`,
      ),
    ),
  ];
}

function spread(name: string, quantiles: Distribution["cagr"]): Line[] {
  return [cell(name), ...POINTS.map((point) => cell(percent(quantiles?.[point])))];
}

function describeEstimates({ estimates }: Simulation): string {
  return Object.entries(estimates)
    .slice(0, 5)
    .map(([of, values]) => {
      const shown = Object.entries(values).map(
        ([name, value]) => `${words(name).toLowerCase()} ${figure(value)}`,
      );
      return `${of === "all" ? "" : `${of}: `}${shown.join(", ")}.`;
    })
    .join(" ");
}

function figure(value: number): string {
  return Math.abs(value) >= 0.01 || value === 0 ? shares(value) : value.toExponential(2);
}
