import type { ConfigInput } from "../../config.ts";

/** Flags that every command takes. */
export interface GlobalFlags {
  readonly data?: string;
  readonly asOf?: string;
  readonly model?: string;
  readonly home?: string;
  readonly seed?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** Of commands that call models. */
export interface BudgetFlags {
  readonly budgetUsd?: number;
}

/** The settings among the flags, for `loadConfig`, where flags win. */
export function settingsFrom(flags: GlobalFlags & ServerFlags & BudgetFlags): ConfigInput {
  return {
    model: flags.model,
    data: flags.data,
    asOf: flags.asOf,
    home: flags.home,
    seed: flags.seed,
    budget: { perRunUsd: flags.budgetUsd },
    server: { host: flags.host, port: flags.port },
  };
}

export interface ServerFlags {
  readonly host?: string;
  readonly port?: number;
}
