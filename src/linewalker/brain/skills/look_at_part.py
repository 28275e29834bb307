"""Look at a part: take a picture of it, and another one while it does not answer what is asked."""

from __future__ import annotations

from linewalker.brain.car_space import car_prisms, on_floor
from linewalker.brain.operator import Routine
from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.part_stance import Viewpoints
from linewalker.brain.skills.skill import Outcome, Parameter, Placement, Site, Skill, Values
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.part.look import PartLook
from linewalker.inspection.title import Title

_TRIES = 3
_BETWEEN_S = 0.4


class LookAtPart(Skill):
    """Pictures with the camera the robot inspects with; the evidence is a `PartLook`."""

    title = Title(zh="看零件", en="look at a part")
    parameters = (Parameter(name="part", meaning="name of the part in the catalogue", kind=str),)

    def __init__(self, equipment: Equipment):
        super().__init__(equipment)
        self._viewpoints = Viewpoints(equipment.ik, equipment.profile.cameras[equipment.camera])

    def place(self, values: Values, catalogue: VehicleCatalogue) -> Placement:
        """Squarely before the part."""
        prisms = car_prisms(catalogue, on_floor(catalogue))
        return Placement(stance=self._viewpoints.best(catalogue.parts[str(values["part"])], catalogue, prisms))

    def cost_s(self, _values: Values) -> float:
        """One picture, as a rule."""
        return _BETWEEN_S

    def do(self, values: Values, site: Site) -> Routine[Outcome]:
        """Take up to three pictures; the last one counts."""
        operator, camera = self.equipment.operator, self.equipment.camera
        for _ in range(_TRIES):
            yield from operator.wait(_BETWEEN_S)
            look = PartLook(
                part=site.catalogue.parts[str(values["part"])],
                image=operator.robot.look(camera),
                X_VC=site.X_WV.inverse() @ operator.motion.pose_of(camera),
                pictures=site.pictures,
            )
            if site.content(look):
                break
        return Outcome(evidence=look)
