/** Flags and arguments that name strategies: built-in ones by name, own ones by the path of their file. */
export interface StrategyFlags {
  readonly strategy?: string;
  readonly strategies?: readonly string[];
}

const PATH = /[\\/]|\.(?:[cm]?[jt]sx?|json)$/;

/** Those of the named strategies that are files. */
export function strategyFiles({ strategy, strategies = [] }: StrategyFlags): string[] {
  return [...(strategy === undefined ? [] : [strategy]), ...strategies].filter((name) => PATH.test(name));
}
