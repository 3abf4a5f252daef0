import type { BacktestSettings } from "../domain/backtest/settings.ts";
import { money, rate } from "../domain/format.ts";
import { words } from "./words.ts";

/** Settings that are fractions. */
const RATES: ReadonlySet<string> = new Set([
  "commission",
  "maxParticipation",
  "borrowRate",
  "cashRate",
  "marginRate",
  "maintenanceMargin",
  "stopLoss",
  "takeProfit",
  "trailingStop",
  "riskFreeRate",
]);

/** The settings of a backtest, named and in words. */
export function settingRows(settings: BacktestSettings): (readonly [name: string, value: string])[] {
  return Object.entries(settings).map(([name, value]) => [
    words(name),
    RATES.has(name) && typeof value === "number" ? rate(value) : plain(value),
  ]);
}

/** A setting as it was given. */
export function plain(value: unknown): string {
  if (value === null) return "off";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (typeof value === "number") return Math.abs(value) >= 1000 ? money(value) : String(value);
  if (Array.isArray(value) && value.length === 0) return "none";
  return JSON.stringify(value);
}
