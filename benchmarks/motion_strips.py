"""Picture strips of every robot in motion, from true physics: ``python -m benchmarks.motion_strips [NAME ...]``.

Walking, a push and its recovery, a low and a high reach, lowering after a stop; the frames of a strip stand side by
side, each with its time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import mujoco
import numpy as np

from benchmarks.rig import Rig
from benchmarks.robot_portraits import polish
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.geometry import Pose
from linewalker.limbs.checks.robot_facts import robot_facts
from linewalker.limbs.model.robot_model import robot_spec
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import PROFILES
from linewalker.physics.contacts import add_floor
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.light import Lamp, Lighting
from linewalker.rendering.model_view import ModelView
from linewalker.rendering.pinhole import Pinhole
from linewalker.rendering.renderer import Things

IMAGES = Path(__file__).parents[1] / "docs" / "images"
HEIGHT_PX, GAP_PX, QUALITY = 560, 6, 86
GRID_M, GRID_REACH_M = 0.5, 6.0
LAMPS = tuple(
    Lamp(p_W=(x, y, 4.2), half_length_m=2.0, half_width_m=0.3, radiance=9.0) for x in (-2.5, 2.5) for y in (-2.4, 2.2)
)
FIRST_STAND_S = 1.0


@dataclass(frozen=True, kw_only=True)
class Shot:
    """How the camera sees a strip.

    Attributes:
        azimuth_rad: where it stands, counted from the robot's first heading.
        width: of a frame over its height.
        zoom: robot heights that fill a frame.
    """

    azimuth_rad: float
    width: float
    zoom: float = 1.22


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A moment of a strip: the camera looks at ``at_W`` on the floor, ``force_W`` pushes at the torso, and the sensor
    is to come to ``target_W``, where there is one.
    """

    things: Things
    time_s: float
    at_W: np.ndarray
    torso_W: np.ndarray
    force_W: np.ndarray
    target_W: np.ndarray | None = None


class Stage:
    """One robot on a floor with a grid of half metres, everything simulated as in the benchmarks."""

    def __init__(self, profile: RobotProfile):
        spec = robot_spec(profile, self_collision=True)
        polish(spec)
        add_floor(spec)
        spec.geom("floor").rgba = [0.70, 0.71, 0.73, 1.0]
        _add_grid(spec)
        self.profile, self.model = profile, spec.compile()
        self.height_m = robot_facts(profile).height_m
        lighting = Lighting(lamps=LAMPS, middle_W=(0.6, 0.0), reach_m=4.0, softness_m=0.10, exposure=0.66)
        self.view = ModelView(self.model, (GeomGroup.HALL, GeomGroup.VISUAL), lighting)

    def rig(self) -> Rig:
        """The robot, standing, with the sensors of the benchmarks."""
        rig = Rig(3, self.profile.name, self.model, foot_sensors=False)
        rig.run(FIRST_STAND_S)
        return rig

    def freeze(self, rig: Rig, began_s: float, target_W: np.ndarray | None = None) -> Frame:
        """This moment."""
        data, torso = rig.data, rig.data.body(self.profile.torso)
        at_W = np.array([*data.body(self.profile.base).xpos[:2], 0.0])
        force_W = data.xfrc_applied[torso.id, :3].copy()
        time_s = float(data.time) - began_s
        return Frame(
            things=self.view.things(data),
            time_s=time_s,
            at_W=at_W,
            torso_W=torso.xipos.copy(),
            force_W=force_W,
            target_W=target_W,
        )

    def develop(self, frame: Frame, shot: Shot) -> np.ndarray:
        """The picture of a moment, BGR, with its time and the push."""
        h = self.height_m
        away = np.array([np.cos(shot.azimuth_rad), np.sin(shot.azimuth_rad), 0.0])
        camera = Pinhole.looking_at(
            frame.at_W + 3.2 * h * away + [0.0, 0.0, 0.80 * h],
            frame.at_W + [0.0, 0.0, 0.47 * h],
            width_px=round(shot.width * HEIGHT_PX),
            height_px=HEIGHT_PX,
            fov_y_rad=2.0 * np.arctan(0.5 * shot.zoom / 3.2),
        )
        picture = self.view.develop(frame.things, camera, fine=3, polished=True).rgb[:, :, ::-1].copy()
        if frame.force_W.any():
            _draw_push(picture, camera, frame)
        if frame.target_W is not None:
            _draw_target(picture, camera, frame.target_W)
        _write_time(picture, frame.time_s)
        return picture


def _add_grid(spec: mujoco.MjSpec) -> None:
    """Lines on the floor every half metre, those of whole metres wider."""
    lines = round(GRID_REACH_M / GRID_M)
    for axis in (0, 1):
        for k in range(-lines, lines + 1):
            size, pos = np.full(3, GRID_REACH_M), np.zeros(3)
            size[1 - axis], size[2], pos[1 - axis] = 0.010 if k % 2 == 0 else 0.004, 0.0005, k * GRID_M
            line = spec.worldbody.add_geom(type=mujoco.mjtGeom.mjGEOM_BOX, size=size, pos=pos)
            line.contype, line.conaffinity, line.group = 0, 0, int(GeomGroup.HALL)
            line.rgba = [0.42, 0.45, 0.50, 1.0] if k % 2 == 0 else [0.56, 0.58, 0.61, 1.0]


def _draw_push(picture: np.ndarray, camera: Pinhole, frame: Frame) -> None:
    """An arrow that ends at the torso and comes from where the push does."""
    ahead = frame.force_W / np.linalg.norm(frame.force_W)
    ends_W = [frame.torso_W - 0.52 * ahead, frame.torso_W - 0.14 * ahead]
    tail, tip = (_pixel(camera, p_W) for p_W in ends_W)
    for colour, width in (((255, 255, 255), 15), ((40, 60, 225), 8)):
        cv2.arrowedLine(picture, tail, tip, colour, width, cv2.LINE_AA, tipLength=0.30)


def _draw_target(picture: np.ndarray, camera: Pinhole, target_W: np.ndarray) -> None:
    """A ring round the place where the sensor is to be."""
    for colour, width in (((255, 255, 255), 6), ((70, 150, 30), 3)):
        cv2.circle(picture, _pixel(camera, target_W), 13, colour, width, cv2.LINE_AA)


def _pixel(camera: Pinhole, p_W: np.ndarray) -> tuple[int, int]:
    u, v, depth = camera.K @ camera.X_WC.inverse().apply(p_W)
    return round(u / depth), round(v / depth)


def _write_time(picture: np.ndarray, time_s: float) -> None:
    place, text = (14, picture.shape[0] - 16), f"{max(time_s, 0.0):.2f} s"
    for colour, width in (((250, 250, 250), 6), ((45, 42, 40), 2)):
        cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.72, colour, width, cv2.LINE_AA)


# ---- what is shown


def walking(stage: Stage) -> Iterator[Frame]:
    """Two steps at a brisk pace."""
    rig, gait = stage.rig(), stage.profile.gait
    rig.motion.walk(0.85 * gait.forward_m / gait.step_s, 0.0, 0.0)
    rig.run(4.0)
    rig.run(1.0, until=lambda: rig.motion.walking.step_time_s < 0.003)
    began_s = rig.data.time
    for _ in range(7):
        yield stage.freeze(rig, began_s)
        rig.run(gait.step_s / 3.0)


def push(stage: Stage) -> Iterator[Frame]:
    """A push of 0.1 s from behind, and what it takes to stand again."""
    rig = stage.rig()
    mass_kg = float(stage.model.body_mass.sum())
    began_s, torso = rig.data.time, stage.model.body(stage.profile.torso).id
    yield stage.freeze(rig, began_s)
    rig.data.xfrc_applied[torso, :3] = [PUSH_M_S * mass_kg / 0.1, 0.0, 0.0]
    rig.run(0.1)
    yield stage.freeze(rig, began_s)
    rig.data.xfrc_applied[torso, :3] = 0.0
    for seconds in (0.16, 0.18, 0.18, 0.3):
        rig.run(seconds)
        yield stage.freeze(rig, began_s)
    rig.run(5.0, until=lambda: rig.state.settled)
    if not rig.state.settled:
        raise RuntimeError(f"{stage.profile.name} does not stand again after the push")
    yield stage.freeze(rig, began_s)


def reach_low(stage: Stage) -> Iterator[Frame]:
    """The wrist sensor low in front of it."""
    return _reach(stage, (0.30, -0.14, 0.34), (1.0, 0.0, -0.3))


def reach_high(stage: Stage) -> Iterator[Frame]:
    """The wrist sensor above its head."""
    return _reach(stage, (0.24, -0.12, 1.04), (1.0, 0.0, 0.3))


def _reach(stage: Stage, place: tuple[float, float, float], direction: tuple[float, float, float]) -> Iterator[Frame]:
    """Reach to a place, given in heights of the robot."""
    rig = stage.rig()
    began_s, reach = rig.data.time, Reach(rig.motion, next(iter(stage.profile.scanners)))
    X_WF = Pose.from_axes(stage.height_m * np.array(place), x=[0.0, 1.0, 0.0], z=np.array(direction))
    moments = [stage.freeze(rig, began_s, X_WF.p)]
    for k, _ in enumerate(reach.go_to(X_WF), 1):
        rig.run(0.002)
        if k % 50 == 0:
            moments.append(stage.freeze(rig, began_s, X_WF.p))
    yield from (moments[round(k)] for k in np.linspace(0, 0.5 * len(moments), 4))
    yield moments[-1]


def lowering(stage: Stage) -> Iterator[Frame]:
    """Lowered after a safe stop; the last two frames without torque."""
    rig = stage.rig()
    rig.motion = motion = SafeMotion(MotionController(stage.profile))
    rig.run(0.5)
    motion.request_stop()
    rig.run(0.5)
    began_s = rig.data.time
    motion.lower()
    for _ in range(3):
        yield stage.freeze(rig, began_s)
        rig.run(1.6)
    rig.run(8.0, until=lambda: motion.stop_state is StopState.TORQUE_OFF)
    yield stage.freeze(rig, began_s)
    rig.run(3.0)
    yield stage.freeze(rig, began_s)


PUSH_M_S = 0.45
"""Speed that a push gives to the whole robot."""
STRIPS: dict[str, tuple[Callable[[Stage], Iterator[Frame]], Shot]] = {
    "walking": (walking, Shot(azimuth_rad=-1.35, width=0.50)),
    "push": (push, Shot(azimuth_rad=-1.25, width=0.56)),
    "reach_low": (reach_low, Shot(azimuth_rad=-0.95, width=0.62)),
    "reach_high": (reach_high, Shot(azimuth_rad=-0.95, width=0.62, zoom=1.45)),
    "lowering": (lowering, Shot(azimuth_rad=-1.15, width=0.82, zoom=1.28)),
}


def join(pictures: Sequence[np.ndarray]) -> np.ndarray:
    """Side by side, with white between them."""
    gap = np.full((HEIGHT_PX, GAP_PX, 3), 255, np.uint8)
    return np.hstack([part for picture in pictures for part in (gap, picture)][1:])


def main(names: list[str]) -> None:
    """Write the strips of all robots, or of those that are named; ``NAME/STRIP`` writes one."""
    for robot in sorted(PROFILES):
        wanted = [strip for strip in STRIPS if not names or robot in names or f"{robot}/{strip}" in names]
        stage = Stage(PROFILES[robot]) if wanted else None
        for strip in wanted:
            assert stage is not None
            film, shot = STRIPS[strip]
            path = IMAGES / f"{robot}_{strip}.jpg"
            picture = join([stage.develop(frame, shot) for frame in film(stage)])
            cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])


if __name__ == "__main__":
    main(sys.argv[1:])
