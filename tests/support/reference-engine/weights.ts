import { type Cause, DUST, type Ledger, type Position, whole } from "./ledger.ts";

interface Purchase {
  readonly position: Position;
  readonly cause: Cause;
  readonly target: number;
  readonly price: number;
  /** Money per money of position, with commission and without. */
  readonly factor: number;
  readonly bare: number;
}

/** Purchases that exceed the cash by no more than this factor do so by rounding. */
const CASH_ROUNDING = 1 + DUST;

/** Fills the weights that wait, all at the opens or all at the closes of a row: sales, then purchases. */
export function fillWeights(ledger: Ledger, field: "open" | "close"): void {
  const equity = ledger.equity(field);
  if (equity <= 0) return;
  const inside = field === "close";
  const purchases: Purchase[] = [];
  for (const position of ledger.positions) {
    const { waiting, shares: held } = position;
    if (waiting === null) continue;
    const { weight, cause } = waiting;
    const price = ledger.bar(position)?.[field];
    if (price === undefined) {
      // What is not held need not wait for a bar to be left.
      if (weight === 0 && held === 0) position.waiting = null;
      continue;
    }
    const most = ledger.room(position, (weight * equity) / price - held);
    const bare = 1 + ledger.friction + ledger.impact(position, most);
    const factor = bare * (1 + ledger.rate) + ledger.settings.commissionPerShare / price;
    const wanted = sharesFor(ledger, weight, held, { equity, price, factor, bare }) - held;
    const bought = ledger.room(position, wanted);
    if (bought === wanted) position.waiting = null;
    const target = held + bought;
    if (bought < 0) ledger.trade(position, bought, price, cause, { inside, closing: target === 0 });
    if (bought > 0) purchases.push({ position, cause, target, price, factor, bare });
  }
  buy(ledger, purchases, equity, inside);
}

/**
 * A position grows until |weight| x equity is spent on it, costs included, and shrinks until it is worth that;
 * between the two nothing is traded.
 */
function sharesFor(
  { settings }: Ledger,
  weight: number,
  held: number,
  {
    equity,
    price,
    factor,
    bare,
  }: { readonly equity: number; readonly price: number; readonly factor: number; readonly bare: number },
): number {
  if (weight === 0) return 0;
  const worth = (Math.abs(weight) * equity) / price;
  const afterLeast = Math.max(0, worth - settings.commissionMinimum / price) / bare;
  const affordable = settings.commissionMinimum > 0 ? Math.min(worth / factor, afterLeast) : worth / factor;
  const most = settings.wholeShares ? whole(worth) : worth;
  const least = settings.wholeShares ? whole(affordable) : affordable;
  const side = Math.sign(weight);
  const size = Math.max(least, Math.min(most, side * held));
  if (size * price <= DUST * equity) return 0;
  if (Math.abs(size - side * held) * price <= DUST * equity) return held;
  return side * size;
}

/** Shorts are bought back in full; what opens positions is scaled down alike where cash and credit do not reach. */
function buy(ledger: Ledger, purchases: readonly Purchase[], equity: number, inside: boolean): void {
  const { commissionMinimum, maxLeverage, wholeShares } = ledger.settings;
  let cover = 0;
  let open = 0;
  let leastFees = 0;
  for (const { position, target, price, factor, bare } of purchases) {
    cover += (Math.min(target, 0) - Math.min(position.shares, 0)) * price * factor;
    open += (Math.max(target, 0) - Math.max(position.shares, 0)) * price * factor;
    leastFees += Math.max(0, commissionMinimum - (target - position.shares) * price * (factor - bare));
  }
  const reach = Math.max(0, ledger.cash - cover + (maxLeverage - 1) * equity);
  const enough = open === 0 || open + leastFees <= reach * CASH_ROUNDING;
  const part = enough ? 1 : Math.max(0, reach - purchases.length * commissionMinimum) / open;
  const scale = part < DUST ? 0 : part;
  for (const { position, cause, target, price } of purchases) {
    const base = Math.max(position.shares, Math.min(target, 0));
    const more = (target - base) * scale;
    const reached = base + (wholeShares && scale < 1 ? Math.floor(more) : more);
    ledger.trade(position, reached - position.shares, price, cause, { inside, closing: reached === 0 });
  }
}
