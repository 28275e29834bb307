"""Look at a part: take a picture of it, and another one while it does not answer what is asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linewalker.brain.car_space import car_prisms, on_floor
from linewalker.brain.operator import Routine
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.part_stance import Viewpoints, corners_of
from linewalker.brain.skills.skill import Outcome, Parameter, Placement, Site, Skill, Values
from linewalker.cerebellum.body.clearance import Prism
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import Part, VehicleCatalogue
from linewalker.inspection.part.look import PartLook
from linewalker.inspection.title import Title

_TRIES = 3
_BETWEEN_S = 0.4
_COST_S = 0.1
_EXPOSURE_S = 0.002
_SHARP_PX = 1.5
"""How far the part may move in the picture while it is exposed."""
_GLANCES, _BETWEEN_GLANCES_S = 3, 0.2
_EVERY_S = 0.02


class Sharpness:
    """How fast a part moves in the pictures of a camera.

    Args:
        focal_px: of the camera.
    """

    def __init__(self, focal_px: float):
        self._focal_px = focal_px
        self._before: tuple[float, np.ndarray] | None = None

    def blur_px(self, time_s: float, X_CV: Pose, p_V: np.ndarray) -> float:
        """Way of the part in a picture that is exposed now; nothing is known of it at the first call."""
        p_C = X_CV.apply(p_V)
        at = self._focal_px * p_C[:2] / max(p_C[2], 1e-3)
        before, self._before = self._before, (time_s, at)
        if before is None or time_s <= before[0]:
            return np.inf
        return float(np.linalg.norm(at - before[1])) / (time_s - before[0]) * _EXPOSURE_S


class PartGlance:
    """Takes pictures of a part while the robot walks by; they are judged when it stands."""

    def __init__(self, look: LookAtPart, part: Part, site: Site):
        self._look, self._part, self._site = look, part, site
        self._corners, self._sharpness = corners_of(part), look.sharpness()
        self._next_s = -np.inf
        self._taken: list[tuple[float, Outcome]] = []

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """One picture each, the best view first."""
        return [outcome for _, outcome in sorted(self._taken, key=lambda taken: taken[0])]

    def tick(self) -> None:
        """Take a picture if the part is well in it and does not move too fast."""
        now_s = self._look.equipment.operator.now_s
        if now_s < self._next_s or len(self._taken) == _GLANCES:
            return
        self._next_s = now_s + _EVERY_S
        X_VC = self._look.camera_in(self._site)
        cost = self._look.viewpoints.judge(X_VC, self._corners, self._part.normal)
        blur_px = self._sharpness.blur_px(now_s, X_VC.inverse(), self._corners.mean(axis=0))
        if isinstance(cost, str) or blur_px > _SHARP_PX:
            return
        self._taken.append((cost, Outcome(evidence=self._look.picture(self._part, self._site))))
        self._next_s = now_s + _BETWEEN_GLANCES_S


class LookAtPart(Skill):
    """Pictures with the camera the robot inspects with; the evidence is a `PartLook`."""

    title = Title(zh="看零件", en="look at a part")
    parameters = (Parameter(name="part", meaning="name of the part in the catalogue", kind=str),)

    def __init__(self, equipment: Equipment):
        super().__init__(equipment)
        self._spaces: dict[str, tuple[Prism, ...]] = {}
        self.viewpoints = Viewpoints(equipment.ik, equipment.profile.cameras[equipment.camera])

    def place(self, values: Values, catalogue: VehicleCatalogue) -> Placement:
        """Squarely before the part."""
        part = _part(values, catalogue)
        return Placement(stance=self.viewpoints.best(part, catalogue, self._prisms(catalogue)))

    def at(self, values: Values, catalogue: VehicleCatalogue, stance: Waypoint) -> Placement | None:
        """From there, if the part is well in the picture."""
        shown = self.viewpoints.shows(stance, _part(values, catalogue), catalogue, self._prisms(catalogue))
        return Placement(stance=stance) if shown else None

    def views(self, values: Values, catalogue: VehicleCatalogue) -> Sequence[Waypoint]:
        """Where the part is well in the picture."""
        return self.viewpoints.passing(_part(values, catalogue), catalogue)

    def glance(self, values: Values, site: Site) -> PartGlance:
        """Pictures while walking by."""
        return PartGlance(self, _part(values, site.catalogue), site)

    def cost_s(self, _values: Values) -> float:
        """One picture, as a rule."""
        return _COST_S

    def do(self, values: Values, site: Site) -> Routine[Outcome]:
        """Take up to three pictures, the first as soon as it is sharp; the last one counts."""
        operator, part = self.equipment.operator, _part(values, site.catalogue)
        sharpness, middle_V = self.sharpness(), corners_of(part).mean(axis=0)
        for _ in range(_TRIES):
            end_s = operator.now_s + _BETWEEN_S
            while operator.now_s < end_s:
                yield from operator.wait(_EVERY_S)
                if sharpness.blur_px(operator.now_s, self.camera_in(site).inverse(), middle_V) < _SHARP_PX:
                    break
            look = self.picture(part, site)
            if site.content(look):
                break
            yield from operator.wait(end_s - operator.now_s)
        return Outcome(evidence=look)

    def sharpness(self) -> Sharpness:
        """Of this camera."""
        mount = self.equipment.profile.cameras[self.equipment.camera]
        return Sharpness(0.5 * mount.height_px / np.tan(0.5 * mount.fov_y_rad))

    def camera_in(self, site: Site) -> Pose:
        """X_VC, as believed now."""
        return site.X_WV.inverse() @ self.equipment.operator.motion.pose_of(self.equipment.camera)

    def picture(self, part: Part, site: Site) -> PartLook:
        """Take one now."""
        operator, camera = self.equipment.operator, self.equipment.camera
        return PartLook(part=part, image=operator.robot.look(camera), X_VC=self.camera_in(site), pictures=site.pictures)

    def _prisms(self, catalogue: VehicleCatalogue) -> tuple[Prism, ...]:
        if catalogue.model not in self._spaces:
            self._spaces[catalogue.model] = car_prisms(catalogue, on_floor(catalogue))
        return self._spaces[catalogue.model]


def _part(values: Values, catalogue: VehicleCatalogue) -> Part:
    return catalogue.parts[str(values["part"])]
