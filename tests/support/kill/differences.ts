import type { Killed, Left } from "./kill-and-resume.ts";

/** How a run that was killed and resumed differs from one that was not; empty where it does not. */
export function differences({ begun, faults, report, records, asked }: Killed, whole: Left): string[] {
  if (!begun) return [...faults];
  // A question whose answer was not yet kept is asked again.
  const again = asked - whole.asked;
  return [
    ...faults,
    ...(report === whole.report ? [] : [`the report differs ${firstDifference(report, whole.report)}`]),
    ...missing(whole.records, records).map((one) => `there is no ${one}`),
    ...missing(records, whole.records).map((one) => `too much: ${one}`),
    ...(again >= 0 && again <= 1 ? [] : [`models were asked ${asked} times, not ${whole.asked}`]),
  ];
}

/** Elements of a list that another has not, or not as often. */
function missing(from: readonly string[], others: readonly string[]): string[] {
  const left = others.slice();
  return from.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function firstDifference(a: string, b: string): string {
  const at = Array.from(a).findIndex((char, k) => char !== b[k]);
  return `at ${at}: ${a.slice(Math.max(0, at - 60), at + 60)} | ${b.slice(Math.max(0, at - 60), at + 60)}`;
}
