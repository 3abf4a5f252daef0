/** A report with one more among its flags. */
export function withFlag<T>(report: T, flag: string): T {
  if (typeof report !== "object" || report === null || !("flags" in report)) return report;
  const held: unknown = report.flags;
  if (!Array.isArray(held)) return report;
  const flags: readonly unknown[] = held;
  return { ...report, flags: [...flags, flag] };
}
