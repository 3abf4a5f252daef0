import { DUST, type Ledger, type Position, whole } from "./ledger.ts";

/** How much of an order's purchase cash and credit reach for; a short may always be bought back. */
export function affordable(
  ledger: Ledger,
  position: Position,
  bought: number,
  price: number,
  limit: number,
): number {
  const { cash, friction, rate, settings } = ledger;
  const { commissionMinimum, commissionPerShare, maxLeverage, wholeShares } = settings;
  const cover = Math.min(bought, Math.max(0, -position.shares));
  const opened = bought - cover;
  if (opened === 0) return bought;
  const moved = price * (1 + friction + ledger.impact(position, bought));
  const paid = moved > limit ? limit : moved;
  const each = paid * (1 + rate) + commissionPerShare;
  const equity = ledger.equity(settings.fill === "close" ? "close" : "open");
  const reach = Math.max(0, cash + (maxLeverage - 1) * Math.max(0, equity) - cover * each);
  const leastFee = Math.max(0, commissionMinimum - bought * (each - paid));
  if (opened * each + leastFee <= reach * (1 + DUST)) return bought;
  const most = Math.min(reach / each, Math.max(0, reach - commissionMinimum) / paid);
  if (most < DUST * opened) return cover;
  return cover + (wholeShares ? whole(most) : most);
}
