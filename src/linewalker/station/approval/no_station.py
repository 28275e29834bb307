"""Where no robot is: everything is understood and answered, and nothing can move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.inspection.title import Title
from linewalker.station.approval.performer import Progress, Standing

_NO_STATION = Because(
    code="no_station",
    title=Title(
        zh="这里没有工位：只能理解和回答；用 --plan 与 --shift（或 --world）启动才有机器人",
        en="there is no station here, only understanding and answers; start it with --plan and --shift to have a robot",
    ),
)


class NoStation:
    """A performer that has nothing to perform with."""

    robot, plan_fingerprint, held = "none", "", False

    def prepare(self, _goals: Sequence[Goal]) -> Because:
        """There is no station."""
        return _NO_STATION

    def begin(self, _proposal: str, _goals: Sequence[Goal], _plan: Mapping[str, Any]) -> Because:
        """There is no station."""
        return _NO_STATION

    def progress(self) -> Progress:
        """Nothing was ever begun."""
        return Progress()

    def cancel(self) -> None:
        """Nothing runs."""

    def pause(self) -> None:
        """Nothing moves."""

    def resume(self) -> None:
        """Nothing moves."""

    def request_stop(self) -> None:
        """Nothing moves."""

    def standing(self) -> Standing:
        """Nobody knows of any speed."""
        return Standing(time_s=0.0, speed_m_s=None)
