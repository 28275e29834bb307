"""Programs that die in the middle of their work, as `kill -9` or a failing supply would end them.

Each runs in a process forked off a server of one thread: a fork of the tests' own process, which has many, may hang on
a lock that another thread held, and a child of it that fails goes on as a second worker of the tests.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from typing import Any

_DIED, _END_S = 9, 120.0
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.factory.samples", "linewalker.factory.outbox.courier"])


def die() -> None:
    """Nothing is done any more after it."""
    os._exit(_DIED)


class Death:
    """Dies at its n-th step."""

    def __init__(self, at: int):
        self._left = at

    def step(self, *_: object) -> None:
        """One more."""
        self._left -= 1
        if self._left == 0:
            die()

    def before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """A call that is such a step."""

        def stepped(*arguments: object, **more: object) -> Any:
            self.step()
            return call(*arguments, **more)

        return stepped


def dies(work: Callable[..., None], *arguments: object) -> bool:
    """Whether this work died; it came to its end otherwise. A function of a module, and arguments that can be sent."""
    process = _FORKS.Process(target=work, args=arguments)
    process.start()
    process.join(_END_S)
    if process.exitcode is None:
        process.kill()
        process.join()
    assert process.exitcode in (0, _DIED), f"{work.__name__} neither died nor ended: {process.exitcode}"
    return process.exitcode == _DIED
