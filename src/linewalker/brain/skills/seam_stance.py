"""Where to stand to scan a seam: near enough for the sensor, far enough for the body, with room for what is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from linewalker.brain.car_space import car_prisms, near, on_floor
from linewalker.brain.route import Waypoint
from linewalker.cerebellum.body.clearance import Array, Obstacles, Prism
from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.reaching.detours import PathFinder, configuration_of
from linewalker.cerebellum.reaching.posture import Posture, PostureUnreachable
from linewalker.cerebellum.reaching.posture_ik import WholeBodyIK
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.cad.seam import Seam, SeamPoint
from linewalker.limbs.profile import RobotProfile


@dataclass(frozen=True, kw_only=True)
class StanceTuning:
    """What stances are tried and which are good.

    Attributes:
        distances_m: of the mid-feet point from the measuring point, seen from above, straight out of the car.
        aside_m: of it along the car.
        headings_rad: against facing the car.
        clearance_m: least distance of the standing robot from the car.
        uncertain_m: how far robot and car may stand otherwise than thought, in every direction.
        reach_m: parts of the car further from the mid-feet point than this do not matter.
        tried: how many stances are looked into, the most promising first.
        more_tried: how many after the first good one.
        comfort: a stance as good as this is taken without looking for a better one.
        tried_together: how many stances are looked into for several points at once.
    """

    distances_m: tuple[float, ...] = tuple(np.arange(0.28, 0.76, 0.06))
    aside_m: tuple[float, ...] = (0.0, 0.12, -0.12, 0.24, -0.24)
    headings_rad: tuple[float, ...] = tuple(np.radians([0.0, 45.0, -45.0, 90.0, -90.0]))
    clearance_m: float = 0.10
    uncertain_m: float = 0.04
    reach_m: float = 1.0
    tried: int = 24
    more_tried: int = 5
    comfort: float = 0.35
    tried_together: int = 6


@dataclass(frozen=True, kw_only=True)
class SeamStance:
    """A stance from which a seam point can be scanned.

    Attributes:
        stance: mid-feet pose in the ground frame G of the car (the axes of V, on the floor).
        flipped: which way round the laser line lies across the seam, see `aim`.
        posture: of the robot when it scans, in G.
        cost: what it costs in effort, nearness to joint limits, and turning away; lower is better.
    """

    stance: Waypoint
    flipped: bool
    posture: Posture
    cost: float


def aim(point: SeamPoint, X_WV: Pose, standoff_m: float, *, flipped: bool) -> Pose:
    """X_WS that looks squarely at a seam point; flipped: the slave lies at low x."""
    sign = -1.0 if flipped else 1.0
    aim_V = Pose.from_axes(1e-3 * point.centre_V_mm + standoff_m * point.normal, z=-point.normal, x=sign * point.across)
    return X_WV @ aim_V


def _both_ways(point: SeamPoint, X_WV: Pose, standoff_m: float) -> dict[bool, Pose]:
    return {flipped: aim(point, X_WV, standoff_m, flipped=flipped) for flipped in (False, True)}


class SeamStances:
    """Finds stances, and remembers them.

    Args:
        profile: the robot.
        scanner: name of its laser profiler.
        ik: a solver for the scanner to share.
    """

    def __init__(
        self,
        profile: RobotProfile,
        scanner: str,
        *,
        ik: WholeBodyIK | None = None,
        tuning: StanceTuning | None = None,
    ):
        self._tuning = tuning if tuning is not None else StanceTuning()
        self._ik = ik if ik is not None else WholeBodyIK(profile, scanner)
        self._paths = PathFinder(self._ik)
        mount = profile.scanners[scanner]
        self._standoff_m = 0.5e-3 * (mount.near_mm + mount.far_mm)
        self._half_width_m = profile.gait.half_width_m
        self._found: dict[tuple[str, str, float], SeamStance] = {}

    def best(self, seam: Seam, point: SeamPoint, catalogue: VehicleCatalogue) -> SeamStance:
        """The best stance for a point of a seam.

        Raises:
            UnreachableError: there is none; the message gives the reason of the one that came nearest.
        """
        key = (catalogue.model, seam.name, point.arc_mm)
        if key not in self._found:
            self._found[key] = self._search(point, catalogue, car_prisms(catalogue, on_floor(catalogue)))
        return self._found[key]

    def at(self, point: SeamPoint, catalogue: VehicleCatalogue, stance: Waypoint) -> SeamStance | None:
        """The point scanned from a stance that was chosen for something else; None if that can not be."""
        return next(iter(self._all_from(stance, [point], catalogue) or ()), None)

    def together(self, points: Sequence[SeamPoint], catalogue: VehicleCatalogue) -> list[SeamStance] | None:
        """One stance from which all of these points can be scanned; None if none of the most promising ones is one."""
        X_GV, tuning = on_floor(catalogue), self._tuning
        aims = [_both_ways(point, X_GV, self._standoff_m) for point in points]
        places: list[tuple[float, Waypoint]] = []
        for point in points:
            for _, stance in self._places(X_GV.apply(1e-3 * point.centre_V_mm), catalogue, aims[0]):
                X_MG = Pose.planar(stance.x, stance.y, stance.yaw).inverse()
                off = [min(self._ik.samples.distance(X_MG @ aim) for aim in targets.values()) for targets in aims]
                places.append((max(off), stance))
        for _, stance in sorted(places, key=lambda place: place[0])[: tuning.tried_together]:
            found = self._all_from(stance, points, catalogue)
            if found is not None:
                return found
        return None

    def _all_from(
        self, stance: Waypoint, points: Sequence[SeamPoint], catalogue: VehicleCatalogue
    ) -> list[SeamStance] | None:
        X_GV, prisms = on_floor(catalogue), car_prisms(catalogue, on_floor(catalogue))
        obstacles = near(prisms, stance.p, self._tuning.reach_m)
        if not self._stands_clear(stance, obstacles):
            return None
        found: list[SeamStance] = []
        for point in points:
            targets = _both_ways(point, X_GV, self._standoff_m)
            try:
                found.append(self._scan_from(stance, targets, obstacles))
                self._check(found[-1], targets[found[-1].flipped], prisms)
            except UnreachableError:
                return None
        return found

    # -- search --------------------------------------------------------------------------------------------------

    def _search(self, point: SeamPoint, catalogue: VehicleCatalogue, prisms: tuple[Prism, ...]) -> SeamStance:
        X_GV, tuning = on_floor(catalogue), self._tuning
        targets = _both_ways(point, X_GV, self._standoff_m)
        places = sorted(
            self._places(X_GV.apply(1e-3 * point.centre_V_mm), catalogue, targets), key=lambda place: place[0]
        )
        nearest: UnreachableError | None = None
        best: SeamStance | None = None
        tries = tuning.tried
        for _, stance in places:
            obstacles = near(prisms, stance.p, tuning.reach_m)
            if not self._stands_clear(stance, obstacles):
                continue
            tries -= 1
            try:
                found = self._scan_from(stance, targets, obstacles)
                if best is None or found.cost < best.cost:
                    self._check(found, targets[found.flipped], prisms)
                    tries = tries if best else min(tries, tuning.more_tried)
                    best = found
            except UnreachableError as error:
                nearest = _nearer(nearest, error)
            if (best is not None and best.cost < tuning.comfort) or tries == 0:
                break
        if best is not None:
            return best
        raise UnreachableError(str(nearest) if nearest else "there is no room to stand near enough")

    def _places(
        self, p_G: Array, catalogue: VehicleCatalogue, targets: dict[bool, Pose]
    ) -> Iterator[tuple[float, Waypoint]]:
        """Stances with how far the limb's nearest sampled posture is from the target there."""
        tuning = self._tuning
        out = outward(p_G, catalogue)
        along = np.array([-out[1], out[0]])
        for distance in tuning.distances_m:
            for aside in tuning.aside_m:
                x, y = p_G[:2] + distance * out + aside * along
                for turn in tuning.headings_rad:
                    yaw = float(np.arctan2(-out[1], -out[0]) + turn)
                    X_MG = Pose.planar(x, y, yaw).inverse()
                    cost = min(self._ik.samples.distance(X_MG @ target) for target in targets.values())
                    yield cost + 0.02 * abs(turn), Waypoint(x=float(x), y=float(y), yaw=yaw)

    def _stands_clear(self, stance: Waypoint, obstacles: Obstacles) -> bool:
        """Whether the robot, arms carried as when walking, has room there."""
        standing = self._ik.stand(self._soles(stance))
        figure = self._ik.figure
        figure.place(standing.X_WB, standing.q_rad)
        distances, _, labels = figure.clearances(obstacles, self._tuning.clearance_m)
        return not (labels[:, 1] < 0).any() or distances[labels[:, 1] < 0].min() >= self._tuning.clearance_m

    def _scan_from(self, stance: Waypoint, targets: dict[bool, Pose], obstacles: Obstacles) -> SeamStance:
        """The better way round from a stance."""
        nearest: UnreachableError | None = None
        found: list[SeamStance] = []
        for flipped, X_GS in targets.items():
            try:
                posture = self._ik.solve(X_GS, self._soles(stance), obstacles=obstacles, starts=2)
            except PostureUnreachable as error:
                nearest = _nearer(nearest, error)
                continue
            cost = posture.effort + 4.0 * max(0.0, 0.25 - posture.limit_margin)
            found.append(SeamStance(stance=stance, flipped=flipped, posture=posture, cost=cost))
        if not found:
            assert nearest is not None
            raise nearest
        return min(found, key=lambda stance: stance.cost)

    def _check(self, found: SeamStance, X_GS: Pose, prisms: tuple[Prism, ...]) -> None:
        """See whether the scanner gets there, also when the robot stands a little elsewhere; raises if not."""
        standing = self._ik.stand(self._soles(found.stance))
        obstacles = near(prisms, found.stance.p, self._tuning.reach_m)
        self._paths.find(configuration_of(standing), configuration_of(found.posture), obstacles)
        for ahead, aside in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            X_GM = Pose.planar(found.stance.x, found.stance.y, found.stance.yaw)
            shift = self._tuning.uncertain_m * np.array([ahead, aside, 0.0])
            moved = X_GM @ Pose(p=shift)
            stance = Waypoint(x=float(moved.p[0]), y=float(moved.p[1]), yaw=found.stance.yaw)
            obstacles = near(prisms, stance.p, self._tuning.reach_m)
            self._ik.solve(X_GS, self._soles(stance), obstacles=obstacles, start=found.posture, starts=1)

    def _soles(self, stance: Waypoint) -> Stance:
        return Stance.about(Pose.planar(stance.x, stance.y, stance.yaw), self._half_width_m)


def outward(p_G: Array, catalogue: VehicleCatalogue) -> Array:
    """Unit vector (2,) out of the car through the edge of its footprint nearest to a point."""
    corners = 1e-3 * catalogue.footprint_mm
    edges = np.roll(corners, -1, axis=0) - corners
    share = np.einsum("ij,ij->i", p_G[:2] - corners, edges) / np.maximum(np.einsum("ij,ij->i", edges, edges), 1e-12)
    feet = corners + np.clip(share, 0.0, 1.0)[:, None] * edges
    k = int(np.argmin(np.linalg.norm(feet - p_G[:2], axis=1)))
    window = np.roll(corners, -(k - 1), axis=0)[[0, 3]]  # a little longer than one edge: corners are made of many
    along = window[1] - window[0]
    normal = np.array([along[1], -along[0]]) / np.linalg.norm(along)
    return normal if normal @ (corners[k] - corners.mean(axis=0)) > 0.0 else -normal


def _nearer(one: UnreachableError | None, other: UnreachableError) -> UnreachableError:
    """The refusal that came nearer to the target."""

    def miss(error: UnreachableError) -> float:
        if not isinstance(error, PostureUnreachable):
            return 0.0
        return error.miss.position_m + 0.25 * error.miss.rotation_rad

    return other if one is None or miss(other) < miss(one) else one
