"""SMA 10/30, long only, 0.1 % commission, fills at the next open, with what this Python has; JSON on stdout.

Usage: sma-cross.py FILE with the opens and then the closes as little-endian doubles.
"""

import json
import statistics
import sys
import time

RATE = 0.001


def timed(name, work, repeats):
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e3)
    return {"name": name, "ms": statistics.median(times)}


def with_numpy(np, opens, closes):
    def average(period):
        sums = np.cumsum(closes)
        sums[period:] = sums[period:] - sums[:-period]
        out = sums / period
        out[: period - 1] = np.nan
        return out

    def run():
        difference = average(10) - average(30)
        crossed = np.zeros(len(closes), dtype=np.int8)
        crossed[1:][(difference[:-1] < 0) & (difference[1:] > 0)] = 1
        crossed[1:][(difference[:-1] > 0) & (difference[1:] < 0)] = -1
        events = np.flatnonzero(crossed)
        sides = crossed[events]
        # Crossings alternate; the first has to be a purchase and the last to have a next open.
        if len(sides) and sides[0] < 0:
            events, sides = events[1:], sides[1:]
        keep = events < len(closes) - 1
        events, sides = events[keep], sides[keep]
        fills = opens[events + 1]
        buys, sells = fills[0::2], fills[1::2]
        whole = len(sells)
        growth = np.cumprod(sells / buys[:whole] * (1 - RATE) / (1 + RATE))
        equity = np.full(len(closes), 100_000.0)
        before = np.concatenate(([1.0], growth)) * 100_000.0
        cash_after = np.repeat(before, 1)
        state = np.searchsorted(events + 1, np.arange(len(closes)), side="right")
        trades = state // 2
        held = state % 2 == 1
        flat = cash_after[np.minimum(trades, len(cash_after) - 1)]
        bought = np.where(held, buys[np.minimum(trades, len(buys) - 1)], 1.0)
        equity = np.where(held, flat / (1 + RATE) * closes / bought, flat)
        return equity

    return timed(f"numpy {np.__version__}, cumulative sums", run, 5)


def with_vectorbt(vbt, opens, closes):
    import pandas as pd

    price, fill = pd.Series(closes), pd.Series(opens)

    def run():
        fast, slow = vbt.MA.run(price, 10), vbt.MA.run(price, 30)
        portfolio = vbt.Portfolio.from_signals(
            price,
            fast.ma_crossed_above(slow).shift(1, fill_value=False),
            fast.ma_crossed_below(slow).shift(1, fill_value=False),
            price=fill,
            fees=RATE,
            init_cash=100_000,
            freq="1min",
        )
        return portfolio.value()

    return timed(f"vectorbt {vbt.__version__}", run, 3)


def with_backtesting(backtesting, opens, closes):
    import numpy as np
    import pandas as pd
    from backtesting.lib import crossover

    frame = pd.DataFrame(
        {
            "Open": opens,
            "High": np.maximum(opens, closes),
            "Low": np.minimum(opens, closes),
            "Close": closes,
            "Volume": 1,
        }
    )

    class SmaCross(backtesting.Strategy):
        def init(self):
            close = pd.Series(self.data.Close)
            self.fast = self.I(lambda: close.rolling(10).mean())
            self.slow = self.I(lambda: close.rolling(30).mean())

        def next(self):
            if crossover(self.fast, self.slow):
                self.buy()
            elif crossover(self.slow, self.fast):
                self.position.close()

    def run():
        return backtesting.Backtest(frame, SmaCross, cash=100_000, commission=RATE).run()

    return timed(f"backtesting.py {backtesting.__version__}", run, 1)


def main():
    try:
        import numpy as np
    except ImportError:
        print("[]")
        return
    opens, closes = np.fromfile(sys.argv[1], dtype="<f8").reshape(2, -1)
    results = [with_numpy(np, opens, closes)]
    for module, way in (("vectorbt", with_vectorbt), ("backtesting", with_backtesting)):
        try:
            peer = __import__(module)
        except ImportError:
            continue
        results.append(way(peer, opens, closes))
    print(json.dumps(results))


main()
