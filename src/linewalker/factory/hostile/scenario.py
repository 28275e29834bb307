"""What a scenario of bad behaviour is, and what is said about a station that lived through one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linewalker.factory.hostile.bad_line import BadLine


class Broken(Exception):
    """The station did what it must not, or not what it must; the text says what was seen."""


class NotShown(Exception):
    """The scenario could not be played: the station gave it no occasion. The text says why."""


class Ending(Enum):
    """How a scenario ended."""

    HELD = "held"
    BROKEN = "BROKEN"
    NOT_SHOWN = "not shown"

    @property
    def in_chinese(self) -> str:
        """As the value says in English."""
        return {Ending.HELD: "符合", Ending.BROKEN: "不符合", Ending.NOT_SHOWN: "未能演示"}[self]


@dataclass(frozen=True)
class Scenario:
    """One kind of bad behaviour.

    Attributes:
        name: on the command line.
        play: does it, and returns what was seen; raises `Broken` or `NotShown`. After it the station is brought an
            honest car, which it has to judge.
        does, does_zh: what the line does.
        must, must_zh: what must hold.
    """

    name: str
    play: Callable[[BadLine], Awaitable[str]]
    does: str
    does_zh: str
    must: str
    must_zh: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one scenario showed.

    Attributes:
        scenario: that was played.
        ending: how it ended.
        seen: what the station did.
        took_s: how long it took.
    """

    scenario: Scenario
    ending: Ending
    seen: str
    took_s: float
