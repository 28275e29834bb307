"""Long computations cut into pieces of about half a millisecond, so that a control loop can go on between them."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")
Piecework = Generator[None, None, Result]
"""Every ``next`` does a piece; the generator returns the result."""


def finished(work: Piecework[Result]) -> Result:
    """Do all pieces at once."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result
