"""Where to stand to see a part: squarely, near enough, whole in the picture, with nothing of the car in between."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from linewalker.brain.car_space import near
from linewalker.brain.route import Waypoint
from linewalker.cerebellum.body.clearance import Array, Prism, pierces
from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.reaching.posture_ik import WholeBodyIK
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose, rotation_z
from linewalker.inspection.cad.catalogue import Part, VehicleCatalogue
from linewalker.limbs.profile import CameraMount


@dataclass(frozen=True, kw_only=True)
class ViewTuning:
    """What views are tried and which are good.

    Attributes:
        distances_m: of the mid-feet point from the part, seen from above.
        bearings_rad: of it against the part's normal, seen from above.
        turns_rad: of a robot that walks by, away from facing the part.
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
    turns_rad: tuple[float, ...] = tuple(np.radians([0.0, 12.0, -12.0, 24.0, -24.0]))
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
        views, wrong = self._views(part, catalogue, (0.0,))
        centre = _corners_G(part, catalogue).mean(axis=0)
        for stance in views:
            fault = self._obstructed(stance, centre, prisms)
            if fault is None:
                return stance
            wrong[fault] += 1
        raise UnreachableError(f"no stance shows {part.name}: {wrong.most_common(1)[0][0]}")

    def passing(self, part: Part, catalogue: VehicleCatalogue) -> list[Waypoint]:
        """Mid-feet poses that show the part, the best first; whether the car is in the way is not looked at."""
        return self._views(part, catalogue, self._tuning.turns_rad)[0]

    def shows(self, stance: Waypoint, part: Part, catalogue: VehicleCatalogue, prisms: tuple[Prism, ...]) -> bool:
        """Whether a robot that stands or walks there sees the part well."""
        corners = _corners_G(part, catalogue)
        if isinstance(self._judge(stance, corners, part.normal), str):
            return False
        return self._obstructed(stance, corners.mean(axis=0), prisms) is None

    def _views(
        self, part: Part, catalogue: VehicleCatalogue, turns_rad: tuple[float, ...]
    ) -> tuple[list[Waypoint], Counter[str]]:
        """Good views, the best first, and what was wrong with the others, how often."""
        corners = _corners_G(part, catalogue)
        views: list[tuple[float, Waypoint]] = []
        wrong: Counter[str] = Counter()
        for distance in self._tuning.distances_m:
            for bearing in self._tuning.bearings_rad:
                facing = self._place(corners.mean(axis=0), part.normal, distance, bearing)
                for turn in turns_rad:
                    stance = Waypoint(x=facing.x, y=facing.y, yaw=facing.yaw + turn)
                    verdict = self._judge(stance, corners, part.normal)
                    if isinstance(verdict, str):
                        wrong[verdict] += 1
                    else:
                        views.append((verdict, stance))
        return [stance for _, stance in sorted(views, key=lambda view: view[0])], wrong

    def _place(self, centre: Array, normal: Array, distance: float, bearing: float) -> Waypoint:
        """A stance that faces the part so that it lies in the middle column of the picture."""
        out = rotation_z(bearing) @ np.array([normal[0], normal[1], 0.0])
        x, y = centre[:2] + distance * out[:2] / np.linalg.norm(out)
        sideways = float(np.arcsin(np.clip(self._X_MC.p[1] / distance, -1.0, 1.0)))
        yaw = float(np.arctan2(centre[1] - y, centre[0] - x)) - sideways
        return Waypoint(x=float(x), y=float(y), yaw=yaw)

    def _judge(self, stance: Waypoint, corners: Array, normal: Array) -> float | str:
        """What the view costs, or what is wrong with it."""
        return self.judge(Pose.planar(stance.x, stance.y, stance.yaw) @ self._X_MC, corners, normal)

    def judge(self, X_AC: Pose, corners_A: Array, normal_A: Array) -> float | str:
        """What the view of a camera costs, or what is wrong with it; corners (4, 3), m, and normal (3,) of the part."""
        tuning = self._tuning
        sight = X_AC.p - corners_A.mean(axis=0)
        range_m = float(np.linalg.norm(sight))
        angle = float(np.arccos(np.clip(sight @ normal_A / range_m, -1.0, 1.0)))
        if range_m < tuning.nearest_m:
            return "it is too near"
        if range_m > tuning.farthest_m:
            return "it is too far"
        if angle > tuning.steepest_rad:
            return "it is seen too obliquely"
        seen = X_AC.inverse().apply(corners_A)
        if (seen[:, 2] <= 0.1).any():
            return "it is not in the picture"
        off = (np.abs(seen[:, :2]) + tuning.uncertain_m) / seen[:, 2:] / self._half_picture
        if off.max() > 1.0 - tuning.margin:
            return "it is not wholly in the picture"
        return angle / tuning.steepest_rad + 2.0 * abs(range_m - tuning.best_m) + 0.5 * float(off.max())

    def _obstructed(self, stance: Waypoint, centre: Array, prisms: tuple[Prism, ...]) -> str | None:
        """How the car is in the way, if it is."""
        X_GM = Pose.planar(stance.x, stance.y, stance.yaw)
        obstacles = near(prisms, stance.p, self._tuning.farthest_m)
        figure, clearance_m = self._ik.figure, self._tuning.clearance_m
        figure.place(X_GM @ self._standing.X_WB, self._standing.q_rad)
        distances, _, labels = figure.clearances(obstacles, clearance_m)
        if (distances[labels[:, 1] < 0] < clearance_m).any():
            return "there is no room to stand"
        eye = (X_GM @ self._X_MC).p
        away = (eye - centre) / np.linalg.norm(eye - centre)
        if pierces(eye, centre + self._tuning.skin_m * away, obstacles):
            return "the car hides it"
        return None


def _corners_G(part: Part, catalogue: VehicleCatalogue) -> Array:
    return corners_of(part) + [0.0, 0.0, 1e-3 * catalogue.axle_height_mm]


def corners_of(part: Part) -> Array:
    """Corners of the part's rectangle in the axes of V, (4, 3), m."""
    right = np.cross(part.up, part.normal)
    right = right / np.linalg.norm(right)
    half_width, half_height = 0.5e-3 * part.width_mm, 0.5e-3 * part.height_mm
    offsets = [sx * half_width * right + sy * half_height * part.up for sx in (-1, 1) for sy in (-1, 1)]
    return 1e-3 * part.p_V_mm + np.array(offsets)
