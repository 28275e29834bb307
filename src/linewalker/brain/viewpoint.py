"""Where to stand to see a part: squarely, near enough, whole in the picture, with nothing of the car in between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.brain.car_space import near
from linewalker.brain.route import Waypoint
from linewalker.cerebellum.clearance import Array, Obstacles, Prism, prism_distance
from linewalker.cerebellum.posture import Posture, Stance
from linewalker.cerebellum.whole_body_ik import WholeBodyIK
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose, rotation_z
from linewalker.inspection.catalogue import Part, VehicleCatalogue
from linewalker.limbs.profile import CameraMount


@dataclass(frozen=True, kw_only=True)
class ViewTuning:
    """What views are tried and which are good.

    Attributes:
        distances_m: of the mid-feet point from the part, seen from above.
        bearings_rad: of it against the part's normal, seen from above.
        nearest_m, farthest_m: of the camera from the part.
        steepest_rad: largest angle between the part's normal and the line of sight.
        best_m: distance that is preferred.
        margin: share of the picture's half size that stays free around the part.
        uncertain_m: how far robot and car may stand otherwise than thought.
        clearance_m: least distance of the standing robot from the car.
        skin_m: the car is not looked for so near to the part: it is part of it.
    """

    distances_m: tuple[float, ...] = tuple(np.arange(0.40, 1.35, 0.1))
    bearings_rad: tuple[float, ...] = tuple(np.radians([0.0, 15.0, -15.0, 30.0, -30.0, 45.0, -45.0]))
    nearest_m: float = 0.5
    farthest_m: float = 1.3
    steepest_rad: float = float(np.radians(50.0))
    best_m: float = 0.75
    margin: float = 0.05
    uncertain_m: float = 0.04
    clearance_m: float = 0.10
    skin_m: float = 0.12


class Viewpoints:
    """Finds stances from which a head camera sees parts while the robot just stands.

    Args:
        ik: any solver of the robot; its figure and its standing posture are used.
        camera: the camera.
    """

    def __init__(self, ik: WholeBodyIK, camera: CameraMount, tuning: ViewTuning | None = None):
        self._ik, self._camera, self._tuning = ik, camera, tuning if tuning is not None else ViewTuning()
        self._standing = ik.stand(Stance.about(Pose(), ik.profile.gait.half_width_m))
        ik.figure.place(self._standing.X_WB, self._standing.q_rad)
        self._X_MC = ik.figure.pose_of(camera)
        half = np.tan(0.5 * camera.fov_y_rad)
        self._half_picture = np.array([half * camera.width_px / camera.height_px, half])

    def best(self, part: Part, catalogue: VehicleCatalogue, prisms: tuple[Prism, ...]) -> Waypoint:
        """The best stance, in the ground frame G of the car.

        Args:
            part: what to see.
            catalogue: the car it belongs to.
            prisms: the space the car takes up, in G.

        Raises:
            UnreachableError: there is none; the message says what was wrong with most of them.
        """
        corners = corners_of(part) + [0.0, 0.0, 1e-3 * catalogue.axle_height_mm]
        best: tuple[float, Waypoint] | None = None
        wrong: dict[str, int] = {}
        for distance in self._tuning.distances_m:
            for bearing in self._tuning.bearings_rad:
                stance = self._place(corners.mean(axis=0), part.normal, distance, bearing)
                verdict = self._judge(stance, corners, part.normal, prisms)
                if isinstance(verdict, str):
                    wrong[verdict] = wrong.get(verdict, 0) + 1
                elif best is None or verdict < best[0]:
                    best = verdict, stance
        if best is None:
            raise UnreachableError(f"no stance shows {part.name}: {max(wrong, key=lambda reason: wrong[reason])}")
        return best[1]

    def _place(self, centre: Array, normal: Array, distance: float, bearing: float) -> Waypoint:
        """A stance that faces the part so that it lies in the middle column of the picture."""
        out = rotation_z(bearing) @ np.array([normal[0], normal[1], 0.0])
        x, y = centre[:2] + distance * out[:2] / np.linalg.norm(out)
        sideways = float(np.arcsin(np.clip(self._X_MC.p[1] / distance, -1.0, 1.0)))
        yaw = float(np.arctan2(centre[1] - y, centre[0] - x)) - sideways
        return Waypoint(x=float(x), y=float(y), yaw=yaw)

    def _judge(self, stance: Waypoint, corners: Array, normal: Array, prisms: tuple[Prism, ...]) -> float | str:
        """What the view costs, or what is wrong with it."""
        tuning = self._tuning
        X_GM = Pose.planar(stance.x, stance.y, stance.yaw)
        X_GC = X_GM @ self._X_MC
        centre = corners.mean(axis=0)
        sight = X_GC.p - centre
        range_m = float(np.linalg.norm(sight))
        angle = float(np.arccos(np.clip(sight @ normal / range_m, -1.0, 1.0)))
        if range_m < tuning.nearest_m:
            return "it is too near"
        if range_m > tuning.farthest_m:
            return "it is too far"
        if angle > tuning.steepest_rad:
            return "it is seen too obliquely"
        seen = X_GC.inverse().apply(corners)
        if (seen[:, 2] <= 0.1).any():
            return "it is not in the picture"
        off = (np.abs(seen[:, :2]) + tuning.uncertain_m) / seen[:, 2:] / self._half_picture
        if off.max() > 1.0 - tuning.margin:
            return "it is not wholly in the picture"
        obstacles = near(prisms, stance.p, 1.5)
        if self._too_near(X_GM @ self._standing.X_WB, obstacles):
            return "there is no room to stand"
        if self._hidden(X_GC.p, centre, obstacles):
            return "the car hides it"
        return angle / tuning.steepest_rad + 2.0 * abs(range_m - tuning.best_m) + 0.5 * float(off.max())

    def _too_near(self, X_GB: Pose, obstacles: Obstacles) -> bool:
        posture: Posture = self._standing
        self._ik.figure.place(X_GB, posture.q_rad)
        distances, _, labels = self._ik.figure.clearances(obstacles, self._tuning.clearance_m)
        return bool((distances[labels[:, 1] < 0] < self._tuning.clearance_m).any())

    def _hidden(self, eye: Array, centre: Array, obstacles: Obstacles) -> bool:
        """Whether the line of sight passes through the car before it comes to the part."""
        length = float(np.linalg.norm(centre - eye))
        normal = np.zeros(3)
        for s in np.arange(0.0, max(length - self._tuning.skin_m, 0.0), 0.02) / length:
            p = eye + s * (centre - eye)
            for k, (bottom, top) in enumerate(obstacles.heights):
                outline = obstacles.corners[obstacles.first[k] : obstacles.first[k + 1]]
                if prism_distance(p, outline, bottom, top, normal) < 0.0:
                    return True
        return False


def corners_of(part: Part) -> Array:
    """Corners of the part's rectangle in the axes of V, (4, 3), m."""
    right = np.cross(part.up, part.normal)
    right = right / np.linalg.norm(right)
    half_width, half_height = 0.5e-3 * part.width_mm, 0.5e-3 * part.height_mm
    offsets = [sx * half_width * right + sy * half_height * part.up for sx in (-1, 1) for sy in (-1, 1)]
    return 1e-3 * part.p_V_mm + np.array(offsets)
