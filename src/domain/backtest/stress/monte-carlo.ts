import { at, type Column } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import { randomFrom } from "../../random.ts";
import { periodsPerYear } from "../../risk/annualisation.ts";
import { mean } from "../../risk/moments.ts";
import { type RowWindow, simulate } from "../engine.ts";
import type { BacktestSettings } from "../settings.ts";
import type { Simulation } from "../simulation.ts";
import { type BarHistory, barHistory } from "./bar-history.ts";
import { outcomeOf, PathResults, shareBelow } from "./distribution.ts";
import { fitModel, NEEDED_RETURNS } from "./models/fit-model.ts";
import { type DrawnPath, emptyPath, type PathModelName } from "./models/path-model.ts";
import type { MonteCarloResult } from "./monte-carlo-report.ts";
import { PathPanel } from "./path-panel.ts";
import { equalParts, type Subject } from "./subject.ts";

interface MonteCarloOptions {
  readonly panel: Panel;
  /** Rows whose bars the paths take the place of. */
  readonly window: RowWindow;
  readonly model: PathModelName;
  readonly subject: Subject;
  readonly settings: BacktestSettings;
  readonly paths: number;
  readonly seed: number;
}

/**
 * Other courses that the window could have taken, made by a model that is fitted on the window's own bars. The rows
 * before it stay as they are, the engine trades every path anew from the first row of the window, and buy and hold of
 * the same symbols runs beside it. Yields the number of paths done (0 while it is fitted), and returns what came of them.
 * @throws FinAgentError DATA_INSUFFICIENT on too few common bars, NUMERICAL where the model cannot be fitted
 */
export function* monteCarlo(options: MonteCarloOptions): Generator<number, MonteCarloResult, void> {
  const { panel, window, subject, settings, paths, seed } = options;
  const { fromRow, toRow } = window;
  const bars = toRow - fromRow;
  const history = barHistory(panel, window, NEEDED_RETURNS[options.model]);
  const fitting = fitModel(options.model, panel.symbols, history);
  let fitted = fitting.next();
  for (; fitted.done !== true; fitted = fitting.next()) yield 0;
  const model = fitted.value;
  const hold = equalParts(panel.symbols.length);
  const random = randomFrom(seed).fork(`monte carlo ${model.name}`);
  const target = new PathPanel(panel, fromRow, {
    time: panel.time.subarray(fromRow, toRow),
    closeTime: panel.closeTime.subarray(fromRow, toRow),
  });
  const path = emptyPath(panel.symbols.length, bars);
  const tested = new PathResults(paths);
  const held = new PathResults(paths);
  const run = (on: Panel, one: Subject): Simulation =>
    simulate(on, one.decide(on, fromRow), settings, { fromRow, toRow: fromRow + bars });

  for (let index = 0; index < paths; index += 1) {
    model.draw(random.fork(String(index)), path);
    write(target, path, history);
    const own = run(target.panel, subject);
    tested.record(index, own.equity, own.ruinedRow !== null);
    const other = run(target.panel, hold);
    held.record(index, other.equity, other.ruinedRow !== null);
    yield index + 1;
  }

  const real = outcomeOf(simulate(panel, subject.decide(panel, fromRow), settings, window).equity);
  const years = bars / periodsPerYear(panel);
  return {
    model: model.name,
    paths,
    bars,
    seed,
    fittedOn: history.length,
    keeps: model.keeps,
    estimates: Object.fromEntries(Object.entries(model.estimates).map(([of, values]) => [of, { ...values }])),
    tested: tested.distribution(years),
    buyAndHold: held.distribution(years),
    probabilityOfBeatingBuyAndHold: shareAbove(tested.totalReturn, held.totalReturn),
    real: { ...real, rank: shareBelow(tested.totalReturn, real.totalReturn) },
  };
}

/**
 * Bars from a drawn path: the shape and the volume of the drawn date's bar, its size as the model has it; half of what
 * the model's return has beyond the drawn one comes overnight.
 */
function write(target: PathPanel, { dates, moves, sizes }: DrawnPath, { shapes }: BarHistory): void {
  for (const [s, { move, gap, up, down, volume }] of shapes.entries()) {
    const drawn = moves[s] ?? new Float64Array(0);
    const size = sizes[s] ?? new Float64Array(0);
    for (let row = 0; row < dates.length; row += 1) {
      const date = dates[row] ?? 0;
      const scale = at(size, row);
      const close = at(drawn, row);
      target.write(s, row, {
        move: close,
        gap: scale * at(gap, date) + (close - scale * at(move, date)) / 2,
        up: scale * at(up, date),
        down: scale * at(down, date),
        volume: at(volume, date),
      });
    }
  }
}

function shareAbove(values: Column, others: Column): number {
  return mean(values.map((value, i) => (value > at(others, i) ? 1 : 0)));
}
