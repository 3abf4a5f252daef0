/** The person pressed Ctrl-C. Not an error: nothing went wrong. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  /** The run that was stopped and can be taken up again; null: none was under way. */
  readonly runId: string | null;

  constructor(runId: string | null = null) {
    super(runId === null ? "Stopped." : `Stopped. "finagent runs resume ${runId}" goes on with it.`);
    this.runId = runId;
  }
}

/**
 * Settles as the work does, or rejects with an Interruption at once when the signal aborts.
 * @param runId of the run that is under way by then; null: none
 */
export async function untilInterrupted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  runId: () => string | null = () => null,
): Promise<T> {
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(new Interruption(runId()));
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, interrupted]);
  } catch (error) {
    // Work that noticed the abort itself has its own words for it.
    throw signal.aborted ? new Interruption(runId()) : error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
