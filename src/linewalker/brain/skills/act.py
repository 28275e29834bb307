"""An act: a skill that needs no car. It is done at a place of the station, or wherever the robot stands."""

from __future__ import annotations

from abc import abstractmethod

from linewalker.brain.operator import Routine
from linewalker.brain.places import Places
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Outcome, Placement, Site, Skill, Values
from linewalker.errors import UnreachableError
from linewalker.inspection.cad.catalogue import VehicleCatalogue


class Act(Skill):
    """One act of one robot; see `Skill`."""

    @classmethod
    def goal(cls, _values: Values, _places: Places) -> Waypoint | None:
        """Where to stand for it, in W; None: wherever the robot stands.

        Raises:
            InputError: there is no such place.
        """
        return None

    @abstractmethod
    def act(self, values: Values) -> Routine[Outcome]:
        """Do it; the robot stands where it should.

        Raises:
            UnreachableError: it can not be done now; `withdraw` has to follow.
        """

    def place(self, _values: Values, _catalogue: VehicleCatalogue) -> Placement:
        """Nowhere at a car."""
        raise UnreachableError(f"'{self.title.en}' is not done at a car")

    def do(self, values: Values, _site: Site) -> Routine[Outcome]:
        """`act`, whatever car there is."""
        return (yield from self.act(values))
