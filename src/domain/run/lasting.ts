/**
 * What a report says whenever its run is run: without ids and without how long it took and how it was computed. As JSON
 * has it.
 */
export function lasting(report: unknown): Readonly<Record<string, unknown>> {
  const {
    runId: _run,
    threadId: _thread,
    work: _work,
    steps,
    ...rest
  } = fieldsOf(JSON.parse(JSON.stringify(report)));
  if (!Array.isArray(steps)) return rest;
  return { ...rest, steps: steps.map(withoutTime) };
}

function withoutTime(step: unknown): unknown {
  const { ms: _ms, ...rest } = fieldsOf(step);
  return rest;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
