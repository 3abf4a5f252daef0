/** The person pressed Ctrl-C. Not an error: nothing went wrong. */
export class Interruption extends Error {
  override readonly name = "Interruption";

  constructor() {
    super("Stopped.");
  }
}

/** Settles as the work does, or rejects with an Interruption at once when the signal aborts. */
export async function untilInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(new Interruption());
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, interrupted]);
  } catch (error) {
    // Work that noticed the abort itself has its own words for it.
    throw signal.aborted ? new Interruption() : error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
