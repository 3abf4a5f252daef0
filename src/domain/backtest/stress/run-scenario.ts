import type { Bars } from "../../market/bars.ts";
import { at } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import type { Random } from "../../random.ts";
import { barsPerDay, periodsPerYear } from "../../risk/annualisation.ts";
import { commonTimes } from "../../risk/common-window.ts";
import { mean } from "../../risk/moments.ts";
import { simulate } from "../engine.ts";
import { blockLength } from "../proof/block-length.ts";
import { resample } from "../proof/stationary-bootstrap.ts";
import type { BacktestSettings } from "../settings.ts";
import { type BarHistory, barHistory, historyAt } from "./bar-history.ts";
import { fitMarketModel, type MarketModel } from "./market-model.ts";
import { type MarketPath, marketPath, type MarketScale } from "./market-path.ts";
import { measurePath } from "./measure-path.ts";
import { nextRows } from "./next-rows.ts";
import { PathPanel } from "./path-panel.ts";
import type { StressScenario } from "./scenario.ts";
import type { Outcome, ScenarioResult } from "./scenario-report.ts";
import { equalParts, type Subject } from "./subject.ts";

/** Fewer returns say nothing about a beta, or about what it leaves. */
const FEWEST_RETURNS = 60;

/** An odd number, so that there is one in the middle. */
const DRAWS = 21;

/** Of the volume before the path: what a bar of ordinary volume is. */
const RECENT_BARS = 63;

/** What all scenarios of one run have in common. */
export interface StressGround {
  readonly panel: Panel;
  /** The first row that is traded; those before are history for look-backs. */
  readonly fromRow: number;
  readonly history: BarHistory;
  readonly model: MarketModel;
  readonly scale: MarketScale;
  /** Mean number of bars that are drawn in a row. */
  readonly block: number;
}

/**
 * Measures the market's part in what the symbols did, over all common bars of the panel and the index; without the
 * index where that leaves fewer than 60 returns.
 * @throws FinAgentError DATA_INSUFFICIENT on fewer than 60 common returns
 */
export function stressGround(panel: Panel, index: Bars | null, fromRow: number): StressGround {
  const own = barHistory(panel, { fromRow: 0, toRow: panel.rows }, FEWEST_RETURNS);
  const withIndex = index === null ? own.time : commonTimes(own.time, index.time);
  const known = withIndex.length > FEWEST_RETURNS;
  const history = known && index !== null ? historyAt(panel, withIndex) : own;
  const model = fitMarketModel(history, known ? index : null);
  const scale = {
    calendar: panel.calendar,
    barsPerDay: barsPerDay(panel),
    periodsPerYear: periodsPerYear(panel),
    volatility: model.volatility,
  };
  const block = Math.max(...model.residuals.map((column) => blockLength(column.map(Math.abs))));
  return { panel, fromRow, history, model, scale, block };
}

/**
 * Puts bars of the scenario after the history and lets the subject trade through them with the engine. Each bar's close
 * moves by beta x the market's log return plus a residual of the symbol's own history, drawn in blocks of dates that
 * are the same for all symbols; half of what the drawn bar does not have comes overnight. 21 such paths are drawn,
 * and the one with the middle return in the fall is told in full. Yields before every simulation.
 */
export function* runScenario(
  ground: StressGround,
  scenario: StressScenario,
  subject: Subject,
  settings: BacktestSettings,
  random: Random,
): Generator<undefined, ScenarioResult> {
  const { panel, scale } = ground;
  const stressed = settingsUnder(scenario, settings, ground.history);
  const known = marketPath(scenario, scale, random.fork("market 0"));
  const target = new PathPanel(panel, panel.rows, nextRows(panel, known.moves.length));
  const outcomes: Pick<ScenarioResult, "tested" | "buyAndHold">[] = [];
  for (let draw = 0; draw < DRAWS; draw += 1) {
    yield;
    const path = marketPath(scenario, scale, random.fork(`market ${draw}`));
    writePath(target, path, scenario, ground, random.fork(`residuals ${draw}`));
    const tested = trade(target.panel, subject, stressed, ground, path);
    yield;
    const buyAndHold = trade(target.panel, equalParts(panel.symbols.length), stressed, ground, path);
    outcomes.push({ tested, buyAndHold });
  }
  const ordered = outcomes.toSorted((a, b) => a.tested.fallReturn - b.tested.fallReturn);
  const middle = ordered[(DRAWS - 1) / 2];
  if (middle === undefined) throw new RangeError("no path was drawn");
  const annual = Math.sqrt(scale.periodsPerYear);
  return {
    scenario: scenario.name,
    kind: scenario.kind,
    story: scenario.story,
    market: {
      fallReturn: Math.expm1(sum(known.moves.subarray(0, known.fallBars))),
      fallBars: known.fallBars,
      recoveryBars: known.recoveryBars,
      fallVolatility: known.fallVolatility * annual,
      recoveryVolatility: known.recoveryVolatility * annual,
    },
    draws: DRAWS,
    fallReturns: {
      low: ordered[0]?.tested.fallReturn ?? NaN,
      high: ordered.at(-1)?.tested.fallReturn ?? NaN,
    },
    ...middle,
  };
}

/** A wider spread, and where the market is thin, what thinness costs. */
function settingsUnder(
  scenario: StressScenario,
  settings: BacktestSettings,
  { shapes }: BarHistory,
): BacktestSettings {
  if (scenario.kind === "historical") return settings;
  const { spreadBps, volume } = scenario.shock;
  const halfSpreadBps = settings.halfSpreadBps + spreadBps;
  const thin = volume < 1 && shapes.every((one) => mean(one.volume) > 0);
  return thin
    ? {
        ...settings,
        halfSpreadBps,
        maxParticipation: settings.maxParticipation ?? 0.1,
        impact: settings.impact === 0 ? 1 : settings.impact,
      }
    : { ...settings, halfSpreadBps };
}

function writePath(
  target: PathPanel,
  path: MarketPath,
  scenario: StressScenario,
  ground: StressGround,
  random: Random,
): void {
  const { history, model, scale, block } = ground;
  const dates = new Int32Array(path.moves.length);
  resample(dates, block, random, history.length);
  const shock = scenario.kind === "hypothetical" ? scenario.shock : null;
  for (const [s, shapes] of history.shapes.entries()) {
    const beta = model.betas[s] ?? NaN;
    const residuals = model.residuals[s] ?? new Float64Array(0);
    const ordinary = mean(shapes.volume.subarray(-RECENT_BARS)) / (mean(shapes.volume) || 1);
    for (let row = 0; row < dates.length; row += 1) {
      const date = dates[row] ?? 0;
      const falling = row < path.fallBars;
      const own = (falling ? (shock?.residuals ?? 1) : 1) * at(residuals, date);
      const move = beta * at(path.moves, row) + own;
      const noise = falling ? path.fallVolatility : path.recoveryVolatility;
      const size = scale.volatility > 0 && noise > 0 ? noise / scale.volatility : 1;
      let gap = size * (at(shapes.gap, date) - at(shapes.move, date) / 2) + move / 2;
      let down = size * at(shapes.down, date);
      if (row === 0 && path.firstGap !== null) gap = beta * path.firstGap + own;
      if (row === 0 && path.firstLow !== null) {
        down = Math.max(down, Math.min(gap, move) - beta * path.firstLow);
      }
      target.write(s, row, {
        move,
        gap,
        up: size * at(shapes.up, date),
        down,
        volume: at(shapes.volume, date) * ordinary * (falling ? (shock?.volume ?? 1) : 1),
      });
    }
  }
}

function trade(
  panel: Panel,
  subject: Subject,
  settings: BacktestSettings,
  ground: StressGround,
  path: MarketPath,
): Outcome {
  const startRow = ground.panel.rows;
  // What is only held is bought so early that it is there at the close before the path.
  const entryRow = startRow - 2 - settings.latencyBars;
  const simulation = simulate(panel, subject.decide(panel, entryRow), settings, {
    fromRow: subject.held ? entryRow : Math.min(ground.fromRow, entryRow),
    toRow: panel.rows,
  });
  return measurePath(panel, simulation, startRow, path.fallBars);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
