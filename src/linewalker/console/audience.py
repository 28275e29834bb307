"""Who watches a robot on a bench: a film, or a window."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from linewalker.console.video import Film, film_path
from linewalker.console.web.beside import console_beside
from linewalker.errors import InputError, MissingPackage
from linewalker.geometry import Array
from linewalker.messages.catalogue import say
from linewalker.rendering.light import Lamp, Lighting
from linewalker.station.acts import ActsHeard
from linewalker.station.bench import Floor
from linewalker.station.motion.motion_recorder import MotionRecorder, Recording, Worked
from linewalker.station.pace import WallPace
from linewalker.station.recording.recorder import Recorder
from linewalker.station.run_folder import MOTION, clear_motion, make_folder

_LAMPS = tuple(
    Lamp(p_W=(x, y, 4.2), half_length_m=2.5, half_width_m=0.3, radiance=9.0) for x in (-3.0, 3.0) for y in (-2.5, 2.5)
)
LIGHTING = Lighting(lamps=_LAMPS, middle_W=(0.0, 0.0), reach_m=6.0, softness_m=0.08)


@dataclass(frozen=True, kw_only=True)
class InFull:
    """A recording in full: its file, the robot as it was named, and the seed of what is random in it."""

    path: Path
    robot: str
    seed: int


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Who watches.

    Attributes:
        video: film to write.
        view: a window, at wall pace.
        console: record the motion like this, and show it in a browser meanwhile, at wall pace; None: neither.
        record: what is recorded in full; None: nothing.
    """

    video: Path | None = None
    view: bool = False
    console: Recording | None = None
    record: InFull | None = None

    def __post_init__(self) -> None:
        screen = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        if self.view and not screen:
            raise InputError("--view needs a display, and there is none; --video FILE films instead")


class BesideRobot:
    """A film camera that goes along with the robot, ahead of it and to its right, softly."""

    SETTLING_S = 0.8
    FROM_ROBOT_W = np.array([1.5, -1.7, 1.2])
    LOOK_AT_M = 0.72

    def __init__(self) -> None:
        self._beside: Array | None = None

    def aim(self, robot_W: Array, step_s: float) -> tuple[Array, Array]:
        """Eye and target, (3,) each, ``step_s`` after the last call, for a robot at robot_W (3,)."""
        here = np.array([*robot_W[:2], 0.0])
        if self._beside is None:
            self._beside = here
        self._beside = self._beside + (1.0 - np.exp(-step_s / self.SETTLING_S)) * (here - self._beside)
        return self._beside + self.FROM_ROBOT_W, self._beside + [0.0, 0.0, self.LOOK_AT_M]


def console_recording(wanted: bool, folder: Path, robot: str) -> Recording | None:
    """How ``--console`` records a robot on a floor into a folder."""
    if not wanted:
        return None
    opened_at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return Recording(folder=folder / MOTION, robot=robot, opened_at=opened_at)


def recording_in_full(path: Path | None, robot: str, seed: int) -> InFull | None:
    """How ``--record`` records, if it does."""
    return None if path is None else InFull(path=path, robot=robot, seed=seed)


@contextmanager
def recorded_in_full(worked: Worked, wanted: InFull | None) -> Iterator[None]:
    """Record in full what happens inside, if that is wanted."""
    if wanted is None:
        yield
        return
    try:
        with Recorder.of(worked, wanted.path, wanted.robot, wanted.seed, sys.argv[1:]):
            yield
    finally:
        if wanted.path.exists():
            size_mb = wanted.path.stat().st_size / 1e6
            told = say(f"recording: {wanted.path}, {size_mb:.1f} MB; linewalker replay {wanted.path}")
            print(told, flush=True)


@contextmanager
def in_the_console(worked: Worked, recording: Recording | None) -> Iterator[None]:
    """Record what happens inside and show it in a browser, if that is wanted; then time is that of the wall.

    Raises:
        InputError: the folder can not be written.
    """
    if recording is None:
        yield
        return
    folder = recording.folder.parent
    make_folder(folder)
    clear_motion(folder)
    pace = WallPace(lambda: worked.now_s)
    worked.on_tick += [pace, ActsHeard(folder, worked.motion).tick]
    with console_beside(folder, True), MotionRecorder(worked, recording):
        yield
    tell_late(pace)
    print(say(f"to look at it again: linewalker console {folder}"), flush=True)


def tell_late(pace: WallPace) -> None:
    """How many ticks came late, if any did."""
    if pace.late:
        print(say(f"{pace.late} ticks came late, the worst by {1e3 * pace.worst_s:.0f} ms"), flush=True)


@contextmanager
def watched(floor: Floor, audience: Audience) -> Iterator[None]:
    """Film, show in a window, or in a browser, what happens inside."""
    with ExitStack() as stack:
        if audience.video is not None:
            base, path = floor.motion.profile.base, film_path(audience.video)
            film = Film(floor.model, base, path, speed=1.0, fine=2, follower=BesideRobot(), lighting=LIGHTING)
            stack.enter_context(film)
            floor.on_tick.append(lambda: film.tick(floor.data))
        if audience.view:
            window = stack.enter_context(_viewer().launch_passive(floor.model, floor.data))
            pace = WallPace(lambda: floor.now_s)
            floor.on_tick += [window.sync, pace]
            stack.callback(tell_late, pace)
        stack.enter_context(in_the_console(floor, audience.console))
        stack.enter_context(recorded_in_full(floor, audience.record))
        yield


def _viewer() -> Any:
    """MuJoCo's window; loading it opens a connection to the display.

    Raises:
        MissingPackage: what draws windows is not installed.
    """
    try:
        from mujoco import viewer
    except ImportError as error:
        command = "python -m pip install 'linewalker[view]'"
        raise MissingPackage(f"--view needs packages that draw windows ({error.name}): {command}") from error
    return viewer
