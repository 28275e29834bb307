"""What planning comes to: a plan with its certificate, or why there is none and what can be done instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linewalker.brain.planning.certificate import Certificate, Quality
from linewalker.brain.planning.checker import verify
from linewalker.brain.planning.problem import Problem


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan that the checker has verified: there is no other.

    Attributes:
        problem: what it solves.
        certificate: when the robot is where, and how good that is.
        bound: no plan is better, says the search; this, unlike what the certificate says, nobody can verify quickly.
            None: it says nothing.

    Raises:
        PlanRefused: the checker refuses the certificate.
    """

    problem: Problem
    certificate: Certificate
    bound: Quality | None = None

    def __post_init__(self) -> None:
        verify(self.problem.document(), self.certificate.document())

    @property
    def optimal(self) -> bool:
        """Whether the search has proved that no plan is better."""
        return self.bound == self.certificate.reached

    @property
    def id(self) -> str:
        """Names this plan and no other."""
        return self.certificate.id

    def document(self) -> dict[str, Any]:
        """As it stands in JSON, whole: whoever has it can verify it."""
        return {"problem": self.problem.document(), "certificate": self.certificate.document()}
