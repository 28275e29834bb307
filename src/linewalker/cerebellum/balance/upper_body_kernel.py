"""Hot loop of the upper body on its way home; `upper_body` says what it is for."""

from __future__ import annotations

from linewalker.kernel import Vector, kernel


@kernel(entry=True)
def go_home(at: Vector, speed: Vector, acc: Vector, home: Vector, rate: float, dt: float) -> None:
    """One tick of a critically damped way home: acc = rate (rate (home - at) - 2 speed); all (k,), changed in place."""
    for i in range(at.shape[0]):
        acc[i] = rate * (rate * (home[i] - at[i]) - 2.0 * speed[i])
        speed[i] += acc[i] * dt
        at[i] += speed[i] * dt
