import type { OptimizeReport } from "../optimize/report.ts";
import type { PlanTask } from "./plan.ts";
import type { RunReport } from "./report.ts";
import type { Step } from "./step.ts";

/** What a run says while it works; the terminal, server-sent events and the journal read the same. */
export type RunEvent =
  | { readonly type: "started"; readonly runId: string; readonly threadId: string }
  | { readonly type: "plan"; readonly plan: readonly PlanTask[] }
  | {
      readonly type: "step-started";
      readonly agent: string;
      readonly tool: string;
      readonly label: string;
      /** What the tool was called with, where a model called it. */
      readonly input?: unknown;
    }
  | { readonly type: "step-finished"; readonly step: Step }
  | {
      readonly type: "model-call";
      readonly agent: string;
      readonly model: string;
      /** Wall-clock milliseconds. */
      readonly ms: number;
      readonly inputTokens: number;
      readonly outputTokens: number;
      /** USD; null where the model's price is not known. */
      readonly cost: number | null;
    }
  | { readonly type: "progress"; readonly agent: string; readonly done: number; readonly total: number }
  | { readonly type: "token"; readonly text: string }
  | { readonly type: "report"; readonly report: RunReport }
  | { readonly type: "optimized"; readonly report: OptimizeReport };
