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
    const order = (items: readonly unknown[]): unknown[] => [...items].sort(bySymbol);
    const expected = order(computed);
    return order(claimed).flatMap((item, index) => claimProblems(item, expected[index], `${path}[${index}]`));
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

/** Lists of symbols may come in any order. */
function bySymbol(a: unknown, b: unknown): number {
  const key = (item: unknown): string =>
    isRecord(item) && typeof item["symbol"] === "string" ? item["symbol"] : "";
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
