/**
 * A promise of which a failure may be heard late, and likewise of what is made of it with `then`. LangGraph has what tasks
 * wrote kept while others are still at work, and hears of it at the end of the step; Node would end the process before.
 */
export function heardLate<T>(work: Promise<T>): Promise<T> {
  const listen = work.then.bind(work);
  void listen(undefined, () => undefined);
  Reflect.set(work, "then", (...heard: Parameters<typeof listen>) => heardLate(listen(...heard)));
  return work;
}
