/** The return per period that compounds to an annual rate: (1 + rate)^(1 / periods per year) - 1. */
export function riskFreePerPeriod(annualRate: number, periodsPerYear: number): number {
  return (1 + annualRate) ** (1 / periodsPerYear) - 1;
}
