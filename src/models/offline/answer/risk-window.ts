import { count } from "../format.ts";

/**
 * A name with the window of its figure, "Volatility, last 63 bars": the risk agent looks back over bars of its own
 * number, whatever period was asked for.
 */
export function inWindow(name: string, bars: number | undefined): string {
  return bars === undefined ? name : `${name}, last ${count(bars)} bars`;
}
