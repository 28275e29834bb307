"""Hot loop of beat tracking: the chain of beats that meets the onsets best; `beats` says what it is for."""

from __future__ import annotations

import numpy as np

from linewalker.kernel import Numbers, Vector, kernel


@kernel(entry=True)
def chain_of_beats(strength: Vector, price: Vector, near: int, best: Vector, back: Numbers) -> None:
    """Dynamic programming over chains of beats (Ellis 2007).

    best[i] = strength[i] + max(0, max_j (best[i - near - j] - price[j])).

    Args:
        strength: of onsets, (n,).
        price: of a step of near + j moments, (k,).
        near: shortest step.
        best: out: value of the best chain that ends at each moment, (n,).
        back: out: the beat before, -1 for the first, (n,).
    """
    for i in range(strength.shape[0]):
        top, at = 0.0, -1
        for j in range(price.shape[0]):
            before = i - near - j
            if before < 0:
                break
            value = best[before] - price[j]
            if value > top or (at < 0 and value >= top):
                top, at = value, before
        best[i], back[i] = strength[i] + (top if at >= 0 else 0.0), at


@kernel(entry=True)
def read_chain(best: Vector, back: Numbers, last: int, out: Numbers) -> int:
    """Follow the chain that ends best within the moments from ``last`` on; beats into out, latest first; returns k."""
    at = last + int(np.argmax(best[last:]))
    count = 0
    while at >= 0 and count < out.shape[0]:
        out[count] = at
        count += 1
        at = back[at]
    return count
