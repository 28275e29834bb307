"""Where no robot is, but a dialogue: everything is understood and answered, and nothing can move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.errors import LinewalkerError
from linewalker.station.approval.no_station import NoStation


class Nobody(NoStation):
    """What a dialogue asks of a `StationPerformer`, of nobody."""

    busy = False
    fault: LinewalkerError | None = None

    def append(self, proposal: str, goals: Sequence[Goal], plan: Mapping[str, Any]) -> Because:
        """There is no station."""
        return self.begin(proposal, goals, plan)

    def wait(self, _timeout_s: float | None = None) -> bool:
        """Nothing runs."""
        return True
