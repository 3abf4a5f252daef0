import { absent, isAbsent, type Statistic } from "../../statistic.ts";

/**
 * Calmar ratio: a return per year / |maximum drawdown| (Young, Futures 20, 1991). empyrical takes its annual
 * return, ffn its CAGR; the report follows empyrical. Absent where either is, and without a drawdown.
 */
export function calmar(returnPerYear: Statistic, maxDrawdown: Statistic): Statistic {
  if (isAbsent(returnPerYear)) return returnPerYear;
  if (isAbsent(maxDrawdown)) return maxDrawdown;
  if (maxDrawdown === 0) return absent("There is no drawdown.");
  return returnPerYear / Math.abs(maxDrawdown);
}
