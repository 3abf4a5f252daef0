/** A model may round; the exact figure replaces what it wrote. */
const RELATIVE = 5e-3;
const ABSOLUTE = 5e-4;

/**
 * Compares what a model claims with what code computed. Every number, flag, code and id of the claim must be
 * that of the computed report; prose (`summary`, `reasons`) is not compared here.
 * @returns one sentence per difference, none where the claim holds
 */
export function claimProblems(claimed: unknown, computed: unknown, path = ""): string[] {
  if (/(^|\.)(summary|reasons)$/.test(path)) return [];
  if (typeof claimed === "number" && typeof computed === "number") {
    const tolerance = Math.max(ABSOLUTE, RELATIVE * Math.abs(computed));
    return Math.abs(claimed - computed) <= tolerance
      ? []
      : [`${path} is ${claimed}, but ${Number(computed.toPrecision(6))} was computed.`];
  }
  if (Array.isArray(claimed) && Array.isArray(computed)) {
    if (claimed.length !== computed.length) {
      return [`${path} has ${claimed.length} entries, but ${computed.length} were computed.`];
    }
    const named = bySymbol(computed);
    return claimed.flatMap((item: unknown, index) => {
      if (named === undefined) return claimProblems(item, computed[index], `${path}[${index}]`);
      const symbol = symbolOf(item) ?? "";
      if (named.has(symbol)) return claimProblems(item, named.get(symbol), `${path}.${symbol}`);
      return [`${path} has "${symbol}", but ${[...named.keys()].join(", ")} were computed.`];
    });
  }
  if (isRecord(claimed) && isRecord(computed)) {
    return Object.entries(claimed).flatMap(([key, value]) =>
      value === undefined ? [] : claimProblems(value, computed[key], path === "" ? key : `${path}.${key}`),
    );
  }
  return claimed === computed
    ? []
    : [`${path} is ${JSON.stringify(claimed)}, but ${JSON.stringify(computed ?? null)} was computed.`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Entries on symbols may come in any order; undefined where the list is of something else. */
function bySymbol(items: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const named = new Map<string, unknown>();
  for (const item of items) {
    const symbol = symbolOf(item);
    if (symbol === undefined) return undefined;
    named.set(symbol, item);
  }
  return named;
}

function symbolOf(item: unknown): string | undefined {
  return isRecord(item) && typeof item["symbol"] === "string" ? item["symbol"] : undefined;
}
