/** `Sortino, Profit factor of agents: n/a. No period lost.`, once per reason. */
export function absentReasons(
  labels: readonly (readonly [key: string, label: string, ...rest: unknown[]])[],
  values: Readonly<Record<string, number | null>>,
  absent: Readonly<Record<string, string>>,
  owner: string,
): string[] {
  const byReason = new Map<string, string[]>();
  for (const [key, label] of labels) {
    if (values[key] !== null) continue;
    const reason = absent[key] ?? "No reason was given.";
    byReason.set(reason, [...(byReason.get(reason) ?? []), label]);
  }
  return [...byReason].map(([reason, names]) => `${names.join(", ")} of ${owner}: n/a. ${reason}`);
}
