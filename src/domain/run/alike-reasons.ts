interface Said {
  readonly symbol?: string | undefined;
  readonly reason?: string | undefined;
}

/** The one figure by which reasons may differ: "Its score of -0.41 is short." */
const OWN_FIGURE = / of (-?\d+(?:\.\d+)?)(?=[ ,;]|\.$|\. )/;

/**
 * Reasons of symbols, alike ones once: "AAPL (-0.41), AMD (-0.38): The score is short, and the portfolio is long
 * only." A reason that stands alone is quoted as it is.
 */
export function alikeReasons(reasons: readonly Said[]): string[] {
  const groups = Map.groupBy(reasons, ({ reason = "" }) => reason.replace(OWN_FIGURE, ""));
  return [...groups].map(([common, group]) => {
    const [first] = group;
    if (group.length === 1) return `${first?.symbol ?? ""}: ${first?.reason ?? ""}`;
    const symbols = group.map(({ symbol = "", reason = "" }) => {
      const figure = OWN_FIGURE.exec(reason)?.[1];
      return figure === undefined ? symbol : `${symbol} (${figure})`;
    });
    return `${symbols.join(", ")}: ${common.replace(/^Its /, "The ")}`;
  });
}
