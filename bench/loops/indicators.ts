import type { Column } from "../../src/domain/market/column.ts";

/** The plain loops over one column or three, as they are written when nothing can go wrong. */

export function smaLoop(values: Column, period: number): Column {
  const out = new Float64Array(values.length);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    sum += values[i] ?? NaN;
    if (i >= period) sum -= values[i - period] ?? NaN;
    out[i] = i >= period - 1 ? sum / period : NaN;
  }
  return out;
}

export function emaLoop(values: Column, period: number): Column {
  const out = new Float64Array(values.length);
  const smoothing = 2 / (period + 1);
  let sum = 0;
  for (let i = 0; i < period; i += 1) {
    sum += values[i] ?? NaN;
    out[i] = NaN;
  }
  let average = sum / period;
  out[period - 1] = average;
  for (let i = period; i < values.length; i += 1) {
    average += smoothing * ((values[i] ?? NaN) - average);
    out[i] = average;
  }
  return out;
}

export function rsiLoop(values: Column, period: number): Column {
  const out = new Float64Array(values.length).fill(NaN, 0, period);
  let gain = 0;
  let loss = 0;
  for (let i = 1; i <= period; i += 1) {
    const change = (values[i] ?? NaN) - (values[i - 1] ?? NaN);
    if (change > 0) gain += change;
    else loss -= change;
  }
  gain /= period;
  loss /= period;
  out[period] = (100 * gain) / (gain + loss);
  for (let i = period + 1; i < values.length; i += 1) {
    const change = (values[i] ?? NaN) - (values[i - 1] ?? NaN);
    gain += ((change > 0 ? change : 0) - gain) / period;
    loss += ((change < 0 ? -change : 0) - loss) / period;
    out[i] = (100 * gain) / (gain + loss);
  }
  return out;
}

export function atrLoop(high: Column, low: Column, close: Column, period: number): Column {
  const out = new Float64Array(close.length).fill(NaN, 0, period);
  let average = 0;
  for (let i = 1; i <= period; i += 1) average += trueRangeAt(high, low, close, i);
  average /= period;
  out[period] = average;
  for (let i = period + 1; i < close.length; i += 1) {
    average += (trueRangeAt(high, low, close, i) - average) / period;
    out[i] = average;
  }
  return out;
}

function trueRangeAt(high: Column, low: Column, close: Column, i: number): number {
  const top = high[i] ?? NaN;
  const bottom = low[i] ?? NaN;
  const before = close[i - 1] ?? NaN;
  return Math.max(top - bottom, Math.abs(top - before), Math.abs(bottom - before));
}

/** Welford's updating of mean and squared differences, for a window that moves on by one. */
export function deviationLoop(values: Column, period: number): Column {
  const out = new Float64Array(values.length).fill(NaN, 0, period - 1);
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < period; i += 1) {
    const difference = (values[i] ?? NaN) - mean;
    mean += difference / (i + 1);
    squares += difference * ((values[i] ?? NaN) - mean);
  }
  out[period - 1] = Math.sqrt(squares / period);
  for (let i = period; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    const oldest = values[i - period] ?? NaN;
    const before = mean;
    mean += (value - oldest) / period;
    squares += (value - oldest) * (value - mean + oldest - before);
    out[i] = Math.sqrt(squares / period);
  }
  return out;
}
