import { alikeReasons } from "../../domain/run/alike-reasons.ts";
import type { RunReport } from "../../domain/run/report.ts";
import { barTime, money, percent, shares } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, heading, paragraph, table } from "../markdown/compose.ts";

/** The signals that stood at the end, with the factor that speaks loudest. */
export function describeSignals({ signals }: RunReport): Block[] {
  if (signals.length === 0) return [];
  const bestFirst = signals.toSorted((a, b) => b.score - a.score);
  return [
    heading("Signals"),
    table(
      [
        ["Symbol", "left"],
        ["Score", "right"],
        ["Direction", "left"],
        ["Confidence", "right"],
        ["Strongest evidence", "left"],
      ],
      bestFirst.map(({ symbol, score, direction, confidence, evidence }) => {
        const strength = (one: (typeof evidence)[number]): number => Math.abs((one.score ?? 0) * one.weight);
        const [strongest] = evidence.toSorted((a, b) => strength(b) - strength(a));
        return [
          cell(symbol),
          cell(signed(score)),
          cell(direction),
          cell(percent(confidence, 0)),
          cell(
            strongest === undefined || strongest.score === null
              ? "n/a"
              : `${strongest.factor} over ${strongest.lookbackBars} bars: ${signed(strongest.score)}`,
          ),
        ];
      }),
    ),
  ];
}

/** What to hold at the end, in weights, shares and money. */
export function describePortfolio(report: RunReport): Block[] {
  const { portfolio, weights } = report;
  if (portfolio === null) {
    const held = Object.entries(weights).filter(([, weight]) => weight !== 0);
    if (held.length === 0) return [];
    return [
      heading("Weights at the end"),
      table(
        [
          ["Symbol", "left"],
          ["Weight", "right"],
        ],
        held.map(([symbol, weight]) => [cell(symbol), cell(percent(weight))]),
      ),
    ];
  }
  const interval = report.data?.interval ?? "1d";
  return [
    heading(`Portfolio at ${barTime(portfolio.asOf, interval)}`),
    table(
      [
        ["Symbol", "left"],
        ["Weight", "right"],
        ["Shares", "right"],
        ["Price", "right"],
        ["Value", "right"],
        ["Score", "right"],
      ],
      [
        ...portfolio.positions.map((position) => [
          cell(position.symbol),
          cell(percent(position.weight)),
          cell(shares(position.shares)),
          cell(money(position.price)),
          cell(money(position.notional)),
          cell(signed(position.score)),
        ]),
        [cell("cash"), cell(percent(portfolio.cash)), [], [], cell(money(portfolio.cashAmount)), []],
      ],
    ),
    paragraph(cell(portfolio.summary)),
    ...(portfolio.limits.length === 0 ? [] : [bullets(portfolio.limits)]),
    ...(portfolio.excluded.length === 0
      ? []
      : [paragraph(cell("Left out:")), bullets(alikeReasons(portfolio.excluded))]),
  ];
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(2)}`;
}
