"""A set made better by choosing anew for two seats at a time, what the others ask being kept.

For two seats HiGHS takes hundredths of a second. On banks of any size a few dozen pairs bring a set that merely fits to
within a few thousandths of the linear relaxation, where the whole model takes from seconds to minutes. Nothing is
proven here: the bound comes from elsewhere.
"""

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from panel.assembly.clock import Clock
from panel.assembly.solving import Flags, Model, Vector

PAIR_GAP = 0.001  # of the cost of all seats; closer takes longer and gains next to nothing
BETTER = 1e-6  # a smaller gain is none
MOST_SECONDS_OF_PAIR = 3.0

SeatColumns = Sequence[NDArray[np.int_]]
Pair = tuple[int, int]


def improve(
    model: Model, cost: Vector, start: Vector, seats: SeatColumns, near: Flags, clock: Clock,
    enough: Callable[[Vector], bool], first: Callable[[Vector], int] | None = None, gap: float = PAIR_GAP,
) -> Vector:  # fmt: skip
    """From a solution to one that costs no more, until it is enough, no pair helps or time is up.

    `seats` are the columns of each seat; those that are 0 and not `near` stay 0. Columns that are no whole numbers stay
    free. `first` names the seat whose pairs come before others, `gap` is that of a pair.
    """
    x = start
    pairs = list(combinations(range(len(seats)), 2))
    tried_at = {pair: n - len(pairs) for n, pair in enumerate(pairs)}
    open_pairs = set(pairs)
    turn = 0
    while open_pairs and clock.left > 0 and not enough(x):
        pair = min(open_pairs, key=_order(tried_at, None if first is None else first(x)))
        turn += 1
        tried_at[pair] = turn
        found = _anew(model, cost, x, [seats[s] for s in pair], near, gap, clock)
        if found is not None and cost @ found < cost @ x - BETTER:
            x, open_pairs = found, set(pairs)
        open_pairs.discard(pair)
    return x


def _order(tried_at: dict[Pair, int], preferred: int | None) -> Callable[[Pair], tuple[bool, int]]:
    """Pairs of the preferred seat first, and of these the one that was tried longest ago."""
    return lambda pair: (preferred is not None and preferred not in pair, tried_at[pair])


def _anew(
    model: Model, cost: Vector, x: Vector, free: SeatColumns, near: Flags, gap: float, clock: Clock
) -> Vector | None:  # fmt: skip
    """The best for these seats; None where none was found in time."""
    whole = model.whole.copy()
    chosen = np.concatenate([*free])
    whole[chosen] = ~(near[chosen] | (x[chosen] > 0))
    seconds = min(clock.left, MOST_SECONDS_OF_PAIR)
    return model.solve(cost, gap=gap, seconds=seconds, kept=np.where(whole, x, np.nan)).x
