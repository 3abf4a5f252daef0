import type { AlphaReport } from "./alpha/report.ts";
import type { BacktestReport } from "./backtest/report.ts";
import type { Stretch, SweepJob } from "./backtest/sweep/sweep-job.ts";
import type { Budget } from "./cost/budget.ts";
import type { CostEntry } from "./cost/cost-row.ts";
import type { Spending } from "./cost/spending.ts";
import type { DataReport, DataSet } from "./market/data-set.ts";
import type { Proposal } from "./optimize/proposal.ts";
import type { Trial } from "./optimize/report.ts";
import type { VersionEvaluation } from "./optimize/version-evaluation.ts";
import type { PortfolioReport } from "./portfolio/report.ts";
import type { RollingDecisions, RollingStage } from "./policy/rolling.ts";
import type { RiskReport } from "./risk/report.ts";
import type { Bars } from "./market/bars.ts";
import type { DecisionEntry, Outcome, Recalled } from "./memory/decision-entry.ts";
import type { Standpoint } from "./memory/known-at.ts";
import type { Finding } from "./market/finding.ts";
import type { Interval } from "./market/interval.ts";
import type { HoldoutOpening, Promotion, PromptDraft, PromptVersion, TrialResult } from "./prompt/version.ts";
import type { RunHeader } from "./run/run-header.ts";
import type { RunStatus } from "./run/run-status.ts";
import type { RunRecord } from "./run/run-record.ts";

/** The time outside. The domain itself never reads a clock. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export interface SymbolInfo {
  readonly symbol: string;
  readonly name: string | null;
  readonly kind: "stock" | "index" | "crypto" | "fund" | "unknown";
}

export interface SymbolSeries {
  readonly bars: Bars;
  readonly findings: readonly Finding[];
}

/** How far reading files was spared by what earlier runs kept of them. */
export interface CacheUse {
  /** Where it is kept; it may be deleted at any time. */
  readonly folder: string;
  readonly files: number;
  readonly fromCache: number;
  /** Why nothing could be kept, where that failed. */
  readonly fault: string | null;
}

/** A source of bars. Vendor shapes stop behind it. */
export interface MarketData {
  /** `csv:DIR`, `simulated`, … */
  readonly source: string;
  readonly simulated: boolean;
  /** The index that relative figures refer to, where the source has one. */
  readonly benchmark: string | null;
  /** Every symbol on offer, sorted. */
  list(): Promise<readonly SymbolInfo[]>;
  /** What the source holds under the name of a symbol but cannot be prices: each in a sentence, with its place. */
  passedOver?(): Promise<readonly string[]>;
  /** What a source that keeps what it read has read so far; absent where it keeps nothing. */
  cached?(): CacheUse;
  /**
   * The latest instant for which the source has bars: the last close in a file, the clock for a live source.
   * "Last 6 months" counts back from it.
   */
  latest(symbols: readonly string[]): Promise<number>;
  /**
   * All bars of a symbol that close at or before `until` (epoch ms).
   * @throws FinAgentError UNKNOWN_SYMBOL (with near names), DATA_INVALID, DATA_UNREADABLE
   */
  series(symbol: string, until: number, interval?: Interval): Promise<SymbolSeries>;
}

/** Heavy values by content hash. Ids are what graph state carries. */
export interface Artifacts {
  /** Stores a value and returns its id; equal content gives an equal id. */
  put<K extends keyof ArtifactKinds>(kind: K, value: ArtifactKinds[K]): Promise<string>;
  /** @throws FinAgentError UNKNOWN_ARTIFACT where nothing of that kind is held under the id */
  get<K extends keyof ArtifactKinds>(kind: K, id: string): Promise<ArtifactKinds[K]>;
}

export interface ArtifactKinds {
  "data-set": DataSet;
  data: DataReport;
  alpha: AlphaReport;
  risk: RiskReport;
  portfolio: PortfolioReport;
  backtest: BacktestReport;
  /** One stage of a pipeline over all its rebalance dates. */
  "rolling-alpha": RollingStage<AlphaReport>;
  "rolling-risk": RollingStage<RiskReport>;
  "rolling-decisions": RollingDecisions;
  /** Of an optimisation: a team's figures, a rewrite, and what came of trying it. */
  evaluation: VersionEvaluation;
  proposal: Proposal;
  trial: Trial;
}

/** Threads beside this one. */
export interface Workers {
  /** How many run at once on this machine. */
  readonly threads: number;
  /** Threads that take up a job. */
  start(job: SweepJob, threads: number): Promise<Crew>;
}

/** The threads of one job. */
export interface Crew {
  /**
   * Runs a stretch of the job in a thread that is free; the results are then in the job's shared memory.
   * @throws FinAgentError as Sweeper does
   */
  run(stretch: Stretch): Promise<void>;
  /** Ends the threads, at once. */
  close(): Promise<void>;
}

/** Where long work writes what is done, so that it can go on after a stop at any instant. */
export interface WorkLog {
  /** What was appended under a name, oldest first; an entry that was cut off by a stop is left out. */
  read(name: string): Promise<readonly string[]>;
  /** Adds an entry, which must not contain a line break. */
  append(name: string, entry: string): Promise<void>;
  clear(name: string): Promise<void>;
}

/** The runs that were kept. An id may be shortened to what no other begins with. */
export interface RunArchive {
  /** Newest first. */
  list(filter: { readonly limit: number; readonly status?: RunStatus }): Promise<RunHeader[]>;
  /** @throws FinAgentError UNKNOWN_RUN, BAD_ARGUMENT where several ids begin so */
  show(id: string): Promise<RunRecord>;
  /** The last run on a thread whose steps are checkpointed; null where there was none. */
  lastOn(threadId: string): Promise<RunHeader | null>;
  /**
   * Deletes a run, its thread where no other run is on that, and the reports that no run names; returns its whole id.
   * @throws FinAgentError as `show`, and BAD_ARGUMENT where it is under way
   */
  delete(id: string): Promise<string>;
}

/** What calls of models have cost, and what they may. */
export interface Costs {
  readonly budget: Budget;
  /** The day that the day's budget is counted on: UTC, YYYY-MM-DD. */
  today(): string;
  list(): Promise<CostEntry[]>;
  /** @param runId null outside of runs, where only the day's budget counts */
  spendingOf(runId: string | null): Spending;
}

/** What runs decided and how it turned out, by market (see `marketName`). Read only as it was known at a time. */
export interface DecisionMemory {
  /** An entry of the same run, symbol and time is replaced. */
  remember(market: string, entries: readonly DecisionEntry[]): Promise<void>;
  settle(market: string, outcomes: readonly Outcome[]): Promise<void>;
  recall(market: string, query: RecallQuery): Promise<Recollection>;
}

export interface RecallQuery extends Standpoint {
  readonly symbols: readonly string[];
  /** Only decisions that hold one of these words, the best match first; without it the newest first. */
  readonly words?: string;
  /** Per symbol. */
  readonly limit: number;
}

export interface Recollection {
  readonly entries: readonly Recalled[];
  /** Entries of that time that are damaged and were passed over. */
  readonly unreadable: number;
}

/** Every version of every agent's prompt: those that come with FinAgent, and those that were added. None is ever deleted. */
export interface PromptVersions {
  /** Of one agent or of all, oldest first. */
  list(agent?: string): Promise<PromptVersion[]>;
  /**
   * @param version may be shortened to what no other begins with
   * @throws FinAgentError UNKNOWN_PROMPT
   */
  show(agent: string, version: string): Promise<PromptVersion>;
  /**
   * A candidate. Equal content is an equal version, and is not added twice.
   * @throws FinAgentError UNKNOWN_PROMPT where there is no such parent, BAD_ARGUMENT where the policy is none of the agent's
   */
  add(draft: PromptDraft): Promise<PromptVersion>;
  /** One result for a version, an optimisation and a market: it is replaced by a later one. */
  record(result: TrialResult): Promise<void>;
  /** Every result of an agent's versions, ever. */
  trials(agent: string): Promise<TrialResult[]>;
  /**
   * Puts a version in force; the one that was is retired. One that is in force already stays so, and nothing is written.
   * @throws FinAgentError UNKNOWN_PROMPT; PROMPT_CHANGED where another than `replaces` is in force by now
   */
  promote(
    promotion: Omit<Promotion, "at" | "replaced" | "rollback"> & { readonly replaces?: string },
  ): Promise<PromptVersion>;
  /** A person's approval of a version for real money. */
  approveLive(agent: string, version: string, by: string): Promise<PromptVersion>;
  /**
   * Undoes the last promotion that is not undone: what it replaced is in force again.
   * @throws FinAgentError BAD_ARGUMENT where there is none
   */
  rollback(agent: string, reason: string): Promise<PromptVersion>;
  history(agent: string): Promise<Promotion[]>;
  /**
   * Of every agent. For real money, the one in force where a person has approved it, else the last one before it that was
   * in force and is approved; those that come with FinAgent need no approval.
   */
  inForce(use?: "research" | "live"): Promise<Readonly<Record<string, PromptVersion>>>;
  openHoldout(opening: HoldoutOpening): Promise<void>;
  /** Openings by other runs of bars of the same symbols in the same span, by any agent. */
  holdoutOpenings(span: Omit<HoldoutOpening, "agent" | "at">): Promise<HoldoutOpening[]>;
}
