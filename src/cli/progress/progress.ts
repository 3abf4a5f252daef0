import type { RunEvent } from "../../domain/run/event.ts";
import type { PlanTask } from "../../domain/run/plan.ts";
import type { Step } from "../../domain/run/step.ts";
import { count, duration } from "../format.ts";
import { type Line, span } from "../terminal/span.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { drawPlan, planIdentity } from "./draw-plan.ts";
import { LiveArea } from "./live-area.ts";
import { drawRunning, drawStep } from "./step-line.ts";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 80;
const PLAIN_MS = 5000;
const BAR_CELLS = 20;

interface Running {
  readonly agent: string;
  readonly tool: string;
  readonly label: string;
  readonly since: number;
}

/** Tells on a terminal what a run does while it does it. With `quiet` it says nothing. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #quiet: boolean;
  readonly #live: LiveArea;
  #running: Running[] = [];
  #share: Share | null = null;
  #plan = "";
  #last: "plan" | "step" | null = null;
  #frame = 0;
  #drawn = -Infinity;
  /** When a line was last printed for good. */
  #told = performance.now();
  #timer: NodeJS.Timeout | null = null;

  constructor(terminal: Terminal, quiet: boolean) {
    this.#terminal = terminal;
    this.#quiet = quiet;
    this.#live = new LiveArea(terminal);
  }

  handle(event: RunEvent): void {
    if (this.#quiet) return;
    switch (event.type) {
      case "plan":
        return this.#onPlan(event.plan);
      case "step-started": {
        const { agent, tool } = event;
        const label = event.label === "" ? tool : event.label;
        this.#running.push({ agent, tool, label, since: performance.now() });
        return this.#animate();
      }
      case "step-finished":
        return this.#onStep(event.step);
      case "progress":
        return this.#onProgress(event.agent, event.done, event.total);
      case "started":
      case "model-call":
      case "token":
      case "report":
      case "optimized":
    }
  }

  /** Takes the moving lines away, e.g. before the answer is written; the next event brings them back. */
  clear(): void {
    this.#live.clear();
  }

  /** The run is over. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#running = [];
    this.#share = null;
    this.clear();
  }

  #onPlan(plan: readonly PlanTask[]): void {
    const identity = planIdentity(plan);
    if (identity === this.#plan || plan.length === 0) return;
    const title = this.#plan === "" ? "Plan" : "Plan, revised";
    this.#plan = identity;
    this.#print("plan", drawPlan(title, plan, this.#terminal.width));
  }

  #onStep(step: Step): void {
    const index = this.#running.findIndex(({ agent, tool }) => agent === step.agent && tool === step.tool);
    if (index >= 0) this.#running.splice(index, 1);
    if (this.#share?.agent === step.agent) this.#share = null;
    this.#print("step", drawStep(step, this.#terminal.width, this.#terminal.interactive));
  }

  #onProgress(agent: string, done: number, total: number): void {
    const now = performance.now();
    const before = this.#share?.agent === agent ? this.#share : { first: done, since: now };
    const share = { agent, done, total, first: before.first, since: before.since };
    this.#share = done < total ? share : null;
    if (this.#terminal.interactive) {
      // Long runs may never let the timer fire, so progress draws for itself.
      if (performance.now() - this.#drawn >= FRAME_MS || done === total) this.#redraw();
      return;
    }
    // A log wants to know that it goes on, not how each second went.
    if (performance.now() - this.#told >= PLAIN_MS) this.#print("step", [drawShare(share)]);
  }

  /** Plans stand apart from steps. */
  #print(kind: "plan" | "step", lines: readonly Line[]): void {
    const apart = this.#last !== null && (kind === "plan" || this.#last === "plan");
    this.#last = kind;
    this.#told = performance.now();
    this.#live.clear();
    this.#terminal.writeLines(apart ? [[], ...lines] : lines);
    this.#redraw();
  }

  #animate(): void {
    if (!this.#terminal.interactive) return;
    this.#timer ??= setInterval(() => this.#redraw(), FRAME_MS).unref();
    this.#redraw();
  }

  #redraw(): void {
    const now = performance.now();
    this.#drawn = now;
    this.#frame += 1;
    const mark = FRAMES[this.#frame % FRAMES.length] ?? "";
    this.#live.show([
      ...this.#running.map(({ agent, label, since }) => drawRunning(mark, agent, label, now - since)),
      ...(this.#share === null ? [] : [drawShare(this.#share)]),
    ]);
  }
}

interface Share {
  readonly agent: string;
  readonly done: number;
  readonly total: number;
  /** How much was done when it was first heard of, and when that was. */
  readonly first: number;
  readonly since: number;
}

/** `    alpha       120/500  ━━━━━╌╌╌╌╌  24%  60 a second, 6.3 s left` */
function drawShare({ agent, done, total, first, since }: Share): Line {
  const filled = Math.round((BAR_CELLS * done) / total);
  return [
    span("    "),
    span(agent.padEnd(12)),
    span(`${count(done)}/${count(total)}  `),
    span("━".repeat(filled), "cyan"),
    span("╌".repeat(BAR_CELLS - filled), "dim"),
    span(`  ${Math.floor((100 * done) / total)}%${describePace(done - first, total - done, since)}`, "dim"),
  ];
}

/** What was done since the beginning lets expect; nothing before there is something to go by. */
function describePace(did: number, left: number, since: number): string {
  const seconds = (performance.now() - since) / 1000;
  if (did <= 0 || seconds < 1) return "";
  const rate = did / seconds;
  return `  ${rate < 10 ? rate.toFixed(1) : count(rate)} a second, ${duration((1000 * left) / rate)} left`;
}
