import { type Budget, budgetSpent, priceUnknown } from "../../domain/cost/budget.ts";
import { mostOf } from "../../domain/cost/cost-of.ts";
import { limitInNanoUsd, toNanoUsd } from "../../domain/cost/nano-usd.ts";
import { type Price, priceOn } from "../../domain/cost/price.ts";
import type { Caller, Charge, Reservation, Spending } from "../../domain/cost/spending.ts";
import type { Open, Outcome, Standing } from "./change.ts";
import type { CostBook } from "./cost-book.ts";
import { type DayPage, runKey, sum } from "./day-page.ts";

export interface SpendingOptions {
  readonly book: CostBook;
  readonly prices: readonly Price[];
  readonly budget: Budget;
  /** Null outside of runs: only the day's budget counts. */
  readonly runId: string | null;
}

/** The money of one run, or of what is called outside of runs. */
export function runSpending({ book, prices, budget, runId }: SpendingOptions): Spending {
  const run = runKey(runId);
  const perRun = runId === null || budget.perRunUsd === undefined ? null : limitInNanoUsd(budget.perRunUsd);
  const perDay = budget.perDayUsd === undefined ? null : limitInNanoUsd(budget.perDayUsd);
  let fault: string | null = null;
  const priceOf = (model: string): Price | null => priceOn(prices, model, book.today());

  /** Makes a change that must not cost the run anything if it fails. */
  const kept = async (day: string | null, alter: (page: DayPage) => void, closes?: Open): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    book.make({
      run,
      day,
      needsBefore: false,
      tryOn: (page) => {
        alter(page);
        return "done";
      },
      ...(closes === undefined ? {} : { closes }),
      done: () => resolve(),
      failed: (error) => {
        fault ??= error instanceof Error ? error.message : String(error);
        resolve();
      },
    });
    return promise;
  };

  const note: Spending["note"] = async (by, charge) => kept(null, (page) => page.charge(run, by, charge));

  const fits = (page: DayPage, { day, open, before }: Standing, nano: number): Outcome => {
    const ours = open.filter((one) => one.day === day);
    const { spent, reserved } = page.spentBy(run);
    const limits = [
      {
        budget: "run" as const,
        limit: perRun,
        spent: spent + before(run),
        reserved,
        open: sum(ours.filter((one) => one.run === run).map((one) => one.nano)),
      },
      { budget: "day" as const, limit: perDay, ...page.total, open: sum(ours.map((one) => one.nano)) },
    ];
    let outcome: Outcome = "done";
    for (const { budget: which, limit, spent: gone, reserved: held, open: own } of limits) {
      if (limit === null || gone + held + nano <= limit) continue;
      if (gone + held - own + nano > limit)
        return budgetSpent({ budget: which, day, runId, limit, spent: gone, reserved: held, call: nano });
      outcome = "wait";
    }
    return outcome;
  };

  const reservation = (by: Caller, open: Open): Reservation => ({
    settle: async (charge: Charge) =>
      kept(
        open.day,
        (page) => {
          page.setApart(run, by, -open.nano);
          page.charge(run, by, charge);
        },
        open,
      ),
    release: async () => kept(open.day, (page) => page.setApart(run, by, -open.nano), open),
  });

  return {
    limited: perRun !== null || perDay !== null,
    priceOf,
    note,
    fault: () => fault,
    reserve: async (by, size) => {
      const price = priceOf(by.model);
      if (price === null) throw priceUnknown(by.model, book.today());
      const nano = toNanoUsd(mostOf(price, size));
      if (nano === 0) {
        return { settle: async (charge) => note(by, charge), release: () => Promise.resolve() };
      }
      const { promise, resolve, reject } = Promise.withResolvers<Reservation>();
      book.make({
        run,
        day: null,
        needsBefore: perRun !== null,
        tryOn: (page, standing) => {
          const outcome = fits(page, standing, nano);
          if (outcome === "done") page.setApart(run, by, nano);
          return outcome;
        },
        opens: (day) => ({ day, run, nano }),
        done: (opened) => {
          if (opened !== null) resolve(reservation(by, opened));
        },
        failed: reject,
      });
      return promise;
    },
  };
}
