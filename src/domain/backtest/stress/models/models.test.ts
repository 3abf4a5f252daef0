import { describe, expect, it } from "vitest";
import { at, type Column } from "../../../market/column.ts";
import { randomFrom } from "../../../random.ts";
import { mean, sampleDeviation } from "../../../risk/moments.ts";
import { normalQuantile } from "../../../risk/normal.ts";
import type { Absent } from "../../../statistic.ts";
import type { BarHistory } from "../bar-history.ts";
import { fitGarch } from "./fit-garch.ts";
import { fitJumpDiffusion } from "./fit-jump-diffusion.ts";
import { finish } from "../../proof/finish.ts";
import { fitModel } from "./fit-model.ts";
import { fitRegimes } from "./fit-regimes.ts";
import { mixtureQuantile } from "./mixture-quantile.ts";
import { nelderMead } from "./nelder-mead.ts";
import { emptyPath, PATH_MODELS, type DrawnPath, type PathModelName } from "./path-model.ts";

const LONG = 5000;

function noise(seed: number, length = LONG): Column {
  const random = randomFrom(seed);
  return Float64Array.from({ length }, () => 0.01 * random.normal());
}

function garchReturns(seed: number, length = LONG): Column {
  const random = randomFrom(seed);
  let variance = 2e-6 / 0.02;
  return Float64Array.from({ length }, () => {
    const shock = Math.sqrt(variance) * random.normal();
    variance = 2e-6 + 0.08 * shock * shock + 0.9 * variance;
    return 0.0003 + shock;
  });
}

/** A jump in one bar of twenty. */
function jumpReturns(seed: number, length = LONG): Column {
  const random = randomFrom(seed);
  return Float64Array.from({ length }, () => {
    const jump = random.uniform() < 0.05 ? -0.02 + 0.03 * random.normal() : 0;
    return 0.0005 + 0.01 * random.normal() + jump;
  });
}

function regimeReturns(seed: number, length = LONG): Column {
  const random = randomFrom(seed);
  let wild = false;
  return Float64Array.from({ length }, () => {
    if (random.uniform() > (wild ? 0.94 : 0.98)) wild = !wild;
    return wild ? -0.001 + 0.025 * random.normal() : 0.0008 + 0.008 * random.normal();
  });
}

/** Two symbols of which the second moves half as far on the same dates. */
function historyOf(moves: Column): BarHistory {
  const shapes = [moves, moves.map((move) => move / 2)].map((move) => ({
    move,
    gap: move.map((value) => value / 3),
    up: move.map(() => 0.002),
    down: move.map(() => 0.003),
    volume: move.map((_, t) => t),
  }));
  return { length: moves.length, time: new Float64Array(moves.length + 1), shapes };
}

const planted = {
  "block-bootstrap": garchReturns(6, 2000),
  garch: garchReturns(7, 3000),
  "jump-diffusion": jumpReturns(8, 3000),
  "regime-switching": regimeReturns(9, 3000),
} as const;

const fitted = new Map(
  PATH_MODELS.map((name) => [name, finish(fitModel(name, ["A", "B"], historyOf(planted[name])))]),
);

function drawn(name: PathModelName, seed: number, bars = 20_000): DrawnPath {
  const path = emptyPath(2, bars);
  fitted.get(name)?.draw(randomFrom(seed), path);
  return path;
}

function column(path: DrawnPath, s: number): Column {
  return path.moves[s] ?? new Float64Array(0);
}

describe("the simplex method", () => {
  it("finds the bottom of Rosenbrock's valley at (1, 1)", () => {
    const found = nelderMead(([x = NaN, y = NaN]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1], {
      tolerance: 1e-14,
    });
    expect(found.converged).toBe(true);
    expect(found.point[0]).toBeCloseTo(1, 5);
    expect(found.point[1]).toBeCloseTo(1, 5);
  });

  it("says where it did not get to the end, and avoids what is not finite", () => {
    expect(nelderMead(([x = NaN]) => x * x, [5], { maxSteps: 3 }).converged).toBe(false);
    const root = nelderMead(([x = NaN]) => (x < 2 ? NaN : x), [3], { tolerance: 1e-12 });
    expect(root.point[0]).toBeCloseTo(2, 5);
  });
});

describe("fits find what was planted in 5,000 returns", () => {
  it("GARCH(1,1)", () => {
    const fit = found(fitGarch(garchReturns(1)));
    expect(fit.alpha).toBeGreaterThan(0.06);
    expect(fit.alpha).toBeLessThan(0.1);
    expect(Math.abs(fit.beta - 0.9)).toBeLessThan(0.03);
    const level = fit.omega / (1 - fit.alpha - fit.beta);
    expect(Math.abs(level / 1e-4 - 1)).toBeLessThan(0.25);
    // Standardised shocks have a unit mean square where volatility is told well.
    expect(mean(fit.shocks.map((z) => z * z))).toBeCloseTo(1, 1);
  });

  it("jump diffusion", () => {
    const fit = found(fitJumpDiffusion(jumpReturns(2)));
    expect(Math.abs(fit.deviation / 0.01 - 1)).toBeLessThan(0.05);
    expect(Math.abs(fit.jumps / 0.05 - 1)).toBeLessThan(0.4);
    expect(Math.abs(fit.jumpDeviation / 0.03 - 1)).toBeLessThan(0.2);
    expect(Math.abs(fit.jumpMean + 0.02)).toBeLessThan(0.006);
    // At a maximum of the likelihood the means agree.
    expect(fit.mean + fit.jumps * fit.jumpMean).toBeCloseTo(mean(jumpReturns(2)), 4);
    expect(Math.abs(fit.mean - 0.0005)).toBeLessThan(0.0005);
  });

  it("two regimes, the calm one first", () => {
    const fit = found(fitRegimes(regimeReturns(3)));
    expect(Math.abs(fit.calm.deviation / 0.008 - 1)).toBeLessThan(0.05);
    expect(Math.abs(fit.wild.deviation / 0.025 - 1)).toBeLessThan(0.08);
    expect(Math.abs(fit.calm.stays - 0.98)).toBeLessThan(0.01);
    expect(Math.abs(fit.wild.stays - 0.94)).toBeLessThan(0.02);
    expect(Math.abs(fit.calm.mean - 0.0008)).toBeLessThan(0.0004);
  });

  it("and nothing in independent normal returns, with the reason", () => {
    const returns = noise(4, 2000);
    expect(reason(fitGarch(returns))).toContain("does not answer to shocks");
    expect(reason(fitJumpDiffusion(returns))).toContain("no better than a normal");
    expect(reason(fitRegimes(returns))).not.toBe("");
    expect(reason(fitGarch(new Float64Array(300)))).toBe("the returns do not vary");
  });

  it("shocks that never die out are not fitted", () => {
    const random = randomFrom(5);
    let variance = 1e-6;
    const returns = Float64Array.from({ length: 3000 }, () => {
      const shock = Math.sqrt(variance) * random.normal();
      variance = 0.25 * shock * shock + 0.85 * variance + 1e-9;
      return shock;
    });
    expect(reason(fitGarch(returns))).toContain("alpha + beta");
  });
});

describe("the quantile of a mixture", () => {
  it("of one part is the normal quantile", () => {
    const of = mixtureQuantile([{ weight: 1, mean: 2, deviation: 3 }]);
    for (const p of [0.001, 0.05, 0.5, 0.9, 0.9999]) expect(of(p)).toBeCloseTo(2 + 3 * normalQuantile(p), 2);
  });
});

describe("drawn paths", () => {
  it("blocks keep dates together, all symbols on the same date, and the mean", () => {
    const moves = planted["block-bootstrap"];
    const path = drawn("block-bootstrap", 1);
    let follows = 0;
    for (let bar = 0; bar < path.dates.length; bar += 1) {
      const date = path.dates[bar] ?? -1;
      expect(column(path, 0)[bar]).toBe(at(moves, date));
      expect(column(path, 1)[bar]).toBe(at(moves, date) / 2);
      if (bar > 0 && date === ((path.dates[bar - 1] ?? -1) + 1) % 2000) follows += 1;
    }
    // With blocks of b bars on average all but one in b follow the bar before.
    const block = fitted.get("block-bootstrap")?.estimates["all"]?.["meanBlock"] ?? NaN;
    expect(block).toBeGreaterThan(5);
    expect(follows / path.dates.length).toBeCloseTo(1 - 1 / block, 1);
    const error = sampleDeviation(moves) * Math.sqrt(block / path.dates.length);
    expect(Math.abs(mean(column(path, 0)) - mean(moves))).toBeLessThan(4 * error);
  });

  it.each(["garch", "jump-diffusion", "regime-switching"] as const)(
    "of %s have the history's mean and deviation, and move together",
    (model) => {
      const moves = planted[model];
      const path = drawn(model, 2);
      const own = column(path, 0);
      expect(sampleDeviation(own) / sampleDeviation(moves)).toBeGreaterThan(0.85);
      expect(sampleDeviation(own) / sampleDeviation(moves)).toBeLessThan(1.15);
      expect(Math.abs(mean(own) - mean(moves))).toBeLessThan((4 * sampleDeviation(moves)) / Math.sqrt(3000));
      // The second symbol is half the first, in the history and on the path.
      const apart = own.map((move, bar) => at(column(path, 1), bar) - move / 2);
      expect(sampleDeviation(apart)).toBeLessThan(0.2 * sampleDeviation(own));
    },
  );

  it("volatility clusters on paths of garch and of regimes, not on those of jumps", () => {
    const memory = (model: PathModelName): number => {
      const sizes = column(drawn(model, 3), 0).map(Math.abs);
      const centre = mean(sizes);
      let lagged = 0;
      let own = 0;
      for (let bar = 1; bar < sizes.length; bar += 1) {
        lagged += (at(sizes, bar) - centre) * (at(sizes, bar - 1) - centre);
        own += (at(sizes, bar) - centre) ** 2;
      }
      return lagged / own;
    };
    expect(memory("garch")).toBeGreaterThan(0.08);
    expect(memory("regime-switching")).toBeGreaterThan(0.15);
    expect(Math.abs(memory("jump-diffusion"))).toBeLessThan(0.03);
  });

  it.each(PATH_MODELS)("of %s are the same for the same seed, and others for another", (model) => {
    const bytes = (seed: number): Buffer => {
      const { dates, moves: columns } = drawn(model, seed, 200);
      return Buffer.concat([dates, ...columns].map((one) => Buffer.from(one.buffer)));
    };
    expect(bytes(1).equals(bytes(1))).toBe(true);
    expect(bytes(1).equals(bytes(2))).toBe(false);
  });
});

/** A fit that is there. */
function found<T extends object>(fit: T | Absent): T {
  if ("absent" in fit) throw new Error(fit.absent);
  return fit;
}

/** Why there is none. */
function reason(fit: object): string {
  return "absent" in fit ? String(fit.absent) : "";
}
