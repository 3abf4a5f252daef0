import type { Bars } from "../../market/bars.ts";
import type { Panel } from "../../market/panel.ts";

/** A column of zeros that all threads see. */
export function sharedColumn(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** The panel with its columns in memory that all threads see; those that lie there already are not copied. */
export function sharePanel(panel: Panel): Panel {
  return {
    ...panel,
    time: shareFloats(panel.time),
    closeTime: shareFloats(panel.closeTime),
    bars: panel.bars.map(shareBars),
    barAt: panel.barAt.map((column) => {
      if (column.buffer instanceof SharedArrayBuffer) return column;
      const shared = new Int32Array(new SharedArrayBuffer(column.byteLength));
      shared.set(column);
      return shared;
    }),
  };
}

function shareBars(bars: Bars): Bars {
  return {
    ...bars,
    time: shareFloats(bars.time),
    closeTime: shareFloats(bars.closeTime),
    open: shareFloats(bars.open),
    high: shareFloats(bars.high),
    low: shareFloats(bars.low),
    close: shareFloats(bars.close),
    volume: shareFloats(bars.volume),
    factor: shareFloats(bars.factor),
  };
}

function shareFloats(column: Float64Array): Float64Array {
  if (column.buffer instanceof SharedArrayBuffer) return column;
  const shared = sharedColumn(column.length);
  shared.set(column);
  return shared;
}
