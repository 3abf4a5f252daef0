/** A window that a model may remember. */
export interface MemorisationCase {
  readonly id: string;
  readonly symbols: readonly string[];
  /** First and last day; a decision is asked for at the close of the last. */
  readonly from: string;
  readonly to: string;
}

const LARGE = ["AAPL", "AMZN", "GOOGL", "JPM", "MSFT", "NVDA"];

const window = (from: string, to: string, symbols: readonly string[] = LARGE): MemorisationCase => ({
  id: `until-${to}`,
  symbols,
  from,
  to,
});

/** Half years whose ends were turning points, or the middle of a known move, so that whoever remembers has an edge. */
export const MEMORISATION_CASES: readonly MemorisationCase[] = [
  window("2023-04-03", "2023-10-26"),
  window("2023-09-01", "2024-02-21"),
  window("2024-01-02", "2024-06-18"),
  window("2024-02-01", "2024-08-05"),
  window("2024-05-01", "2024-11-05"),
  window("2024-08-01", "2025-01-24"),
  window("2024-10-01", "2025-04-08"),
  window("2024-12-02", "2025-06-16"),
];
