"""Proposals and a performer that only notes what it was told, for the tests of this room and of what stands on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.inspection.title import Title
from linewalker.station.approval.performer import Draft, Phase, Progress, Standing
from linewalker.station.approval.proposal import Proposal

PLAN = {"certificate": {"duration_s": 61.5}, "visits": [{"place": "front"}]}
READ_BACK = Title(zh="量前盖的缝", en="measure the gap of the hood")
INSPECT = Goal(skill="inspect", slots={"features": ("hood/front_bumper",), "methods": ("gap",)})
HOME = Goal(skill="home")


def proposal(**changes: Any) -> Proposal:
    """One that asks for the hood."""
    values = {
        "goals": (INSPECT.document(),),
        "plan": PLAN,
        "plan_fingerprint": "ab" * 32,
        "robot": "g1",
        "nonce": "0001",
        "read_back": READ_BACK,
        "created_s": 1000.0,
        "expires_s": 1600.0,
    }
    return Proposal(**values | changes)


class NotingPerformer:
    """Does nothing, at once, and remembers what it was told to.

    Attributes:
        begun: what it was told to carry out, with the plan.
        stops: how often it was told to stop.
        refusal: what it answers to whatever it is asked to prepare or to begin.
    """

    def __init__(self) -> None:
        self.robot, self.plan_fingerprint = "g1", "ab" * 32
        self.begun: list[tuple[str, tuple[Goal, ...], Mapping[str, Any]]] = []
        self.stops = self.cancels = 0
        self.held = False
        self.refusal: Because | None = None
        self.now = Progress()
        self.stands = Standing(time_s=10.0, speed_m_s=0.001, still_s=2.0)

    def prepare(self, goals: Sequence[Goal]) -> Draft | Because:
        return self.refusal or Draft(plan=PLAN | {"skills": [goal.skill for goal in goals]}, read_back=READ_BACK)

    def begin(self, proposal: str, goals: Sequence[Goal], plan: Mapping[str, Any]) -> Because | None:
        if self.refusal is None:
            self.begun.append((proposal, tuple(goals), plan))
            self.now = Progress(proposal=proposal, phase=Phase.WORKING, of=len(goals))
        return self.refusal

    def progress(self) -> Progress:
        return self.now

    def cancel(self) -> None:
        self.cancels += 1

    def pause(self) -> None:
        self.held = True

    def resume(self) -> None:
        self.held = False

    def request_stop(self) -> None:
        self.stops += 1
        if not self.stands.stop:
            self.stands = replace(self.stands, stop="stands still on two loaded feet")

    def standing(self) -> Standing:
        return self.stands
