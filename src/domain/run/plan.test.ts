import { describe, expect, it } from "vitest";
import { type PlanTask, planProblems, planTaskSchema, updatePlan } from "./plan.ts";

const task = (fields: Partial<PlanTask> & { id: string }): PlanTask =>
  planTaskSchema.parse({ tool: fields.id, purpose: "test", ...fields });

const plan = [
  task({ id: "data", tool: "fetch_market_data" }),
  task({ id: "alpha", tool: "ask_alpha_agent", dependsOn: ["data"] }),
  task({ id: "portfolio", tool: "ask_portfolio_agent", dependsOn: ["alpha"] }),
];

describe("a plan", () => {
  it("follows what the tools do", () => {
    const done = updatePlan(plan, { kind: "tool", tool: "fetch_market_data", status: "done" });
    expect(done.map((one) => one.status)).toEqual(["done", "pending", "pending"]);
    const failed = updatePlan(done, { kind: "tool", tool: "ask_alpha_agent", status: "failed", note: "no" });
    expect(failed[1]).toMatchObject({ status: "failed", note: "no" });
    const again = updatePlan(failed, { kind: "tool", tool: "ask_alpha_agent", status: "done" });
    expect(again[1]).toMatchObject({ status: "done" });
    expect(again[1]).not.toHaveProperty("note");
  });

  it("takes up a failed task again, and adds no other for it", () => {
    const update = (tasks: PlanTask[], status: "failed" | "running" | "done"): PlanTask[] =>
      updatePlan(tasks, { kind: "tool", tool: "fetch_market_data", status });
    const running = update(update(plan, "failed"), "running");
    expect(running.map((one) => one.status)).toEqual(["running", "pending", "pending"]);
    expect(update(running, "done").map((one) => one.status)).toEqual(["done", "pending", "pending"]);
  });

  it("shows a call that it does not name", () => {
    const more = updatePlan(plan, { kind: "tool", tool: "run_backtest", status: "done" });
    expect(more.at(-1)).toMatchObject({ id: "run_backtest-1", tool: "run_backtest", status: "done" });
  });

  it("keeps what is done when it is revised", () => {
    const done = updatePlan(plan, { kind: "tool", tool: "fetch_market_data", status: "done" });
    const revised = updatePlan(done, {
      kind: "write",
      tasks: [
        task({ id: "data", tool: "fetch_market_data" }),
        task({ id: "portfolio", tool: "ask_portfolio_agent", status: "skipped", note: "risk is HIGH" }),
      ],
    });
    expect(revised.map((one) => one.status)).toEqual(["done", "skipped"]);
  });

  it("is refused with unknown dependencies, ids used twice, or a circle", () => {
    expect(planProblems(plan)).toEqual([]);
    expect(planProblems([task({ id: "a", dependsOn: ["b"] })])).toEqual([
      'Task "a" depends on "b", which is not in the plan.',
    ]);
    expect(planProblems([task({ id: "a" }), task({ id: "a" })])).toEqual(['The id "a" is used twice.']);
    expect(
      planProblems([
        task({ id: "a", dependsOn: ["b"] }),
        task({ id: "b", dependsOn: ["a"] }),
        task({ id: "c" }),
      ]),
    ).toEqual(["The tasks a, b depend on each other in a circle."]);
  });
});
