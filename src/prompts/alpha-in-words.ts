import { FACTORS } from "../domain/alpha/factors.ts";
import type { AlphaPolicy } from "../domain/policy/alpha.ts";

const COMBINATIONS: Readonly<Record<AlphaPolicy["combination"], string>> = {
  "time-series": "against the symbol's own past",
  "cross-section": "against the other symbols of the same day",
  blend: "by the mean of two views, against its own past and against the other symbols of the same day",
};

/** What an alpha policy does, as lines of Markdown. */
export function alphaInWords({ factors, combination, threshold }: AlphaPolicy): string[] {
  return [
    `Each factor scores a symbol ${COMBINATIONS[combination]}. The factors, by weight:`,
    "",
    ...factors
      .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .map(({ name, lookbackBars, weight }) => {
        const about = FACTORS.get(name)?.description ?? "A factor that the program added.";
        const round = weight < 0 ? " It is turned round: what speaks for a symbol counts against it." : "";
        return `- ${name} over ${lookbackBars} bars, weight ${weight}. ${about}${round}`;
      }),
    "",
    threshold === 0
      ? "Every score but zero has a direction."
      : `A score whose size is below ${threshold} is neutral.`,
  ];
}
