"""The kernel finds the best of all chains of beats: it equals a search through all of them."""

from itertools import pairwise

import numpy as np
import pytest

from linewalker.brain.music.beat_kernel import chain_of_beats, read_chain
from linewalker.kernel import make_ready


def value(chain: tuple[int, ...], strength: np.ndarray, price: np.ndarray, near: int) -> float:
    return float(strength[list(chain)].sum() - sum(price[b - a - near] for a, b in pairwise(chain)))


def chains(n: int, near: int, far: int, last: int) -> list[tuple[int, ...]]:
    """All that end at ``last``."""
    found = [(last,)]
    for step in range(near, far + 1):
        if last - step >= 0:
            found += [(*chain, last) for chain in chains(n, near, far, last - step)]
    return found


@pytest.mark.parametrize("seed", range(5))
def test_no_chain_is_better(seed: int) -> None:
    make_ready()
    rng, near, far, n = np.random.default_rng(seed), 2, 5, 16
    strength, price = rng.random(n), 0.4 * rng.random(far - near + 1)
    best, back, out = np.zeros(n), np.zeros(n, np.int64), np.zeros(n, np.int64)
    chain_of_beats(strength, price, near, best, back)
    for last in range(n):
        assert best[last] == pytest.approx(max(value(c, strength, price, near) for c in chains(n, near, far, last)))
    count = read_chain(best, back, n - 4, out)
    chain = tuple(int(i) for i in out[:count][::-1])
    assert value(chain, strength, price, near) == pytest.approx(best[n - 4 :].max())
