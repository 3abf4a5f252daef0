import { expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { marketOf } from "../../../tests/support/panel-market.ts";
import type { Bars } from "./bars.ts";
import { checkedMarketData } from "./checked-market-data.ts";
import { at } from "./column.ts";
import type { CorporateAction } from "./corporate-action.ts";

const CLOSE = Float64Array.of(10, 11, 12);
const BARS = dailyBars("A", { open: CLOSE, close: CLOSE });

function series(actions: readonly CorporateAction[]): Promise<unknown> {
  const bars: Bars = { ...BARS, actions };
  return checkedMarketData(marketOf([bars])).series("A", Infinity);
}

it("takes corporate actions that stand at bars, and refuses others by their text", async () => {
  const dividend = { time: at(BARS.time, 1), split: 1, dividend: 0.5 };
  const split = { time: at(BARS.time, 2), split: 4, dividend: 0 };
  await expect(series([dividend, split])).resolves.toMatchObject({ bars: { actions: [dividend, split] } });
  for (const wrong of [
    [split, dividend],
    [dividend, dividend],
    [{ ...dividend, time: dividend.time + 1 }],
    [{ ...dividend, split: 0 }],
    [{ ...dividend, dividend: NaN }],
  ]) {
    await expect(series(wrong)).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringContaining("the corporate action") as unknown,
    });
  }
});
