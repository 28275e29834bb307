"""Films a simulated robot at work: a camera follows it, pictures develop on a thread of their own."""

from __future__ import annotations

import queue
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Protocol

import cv2
import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.errors import InputError, StationFault
from linewalker.geometry import Array
from linewalker.limbs.simulated.optics import LaserLine
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.laser_line import with_laser_line
from linewalker.rendering.light import Lighting
from linewalker.rendering.model_view import ModelView
from linewalker.rendering.pinhole import Pinhole
from linewalker.rendering.renderer import Things

FRAMES_PER_S = 25
_CODEC = "vp09"
"""VP9 in MP4: what the FFmpeg inside OpenCV can write and browsers play; it has no encoder of H.264."""
_BACKLOG = 4
_SETTLING_S = 1.2
_AFTERGLOW_S = 0.1
_FIELD_OF_VIEW_RAD = 0.75
_CAR_HALF_M, _CAR_MIDDLE_W = np.array([2.4, 0.95]), np.array([1.4, 0.0])
_HALL_W = np.array([[-6.5, -6.2], [9.5, 6.2]])


def film_path(path: Path) -> Path:
    """The path of a film as a user names it, whose folder exists from now on.

    Raises:
        InputError: no MP4 file can be written there; found out before any work is done.
    """
    if path.suffix.lower() != ".mp4":
        raise InputError("a film is an MP4 file: give a name that ends in .mp4", file=path)
    if path.is_dir():
        raise InputError("this is a folder: give the name of a file in it", file=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise InputError(f"can not be written: {error.strerror}; give a folder of yours", file=path) from None
    return path


def film_writer(path: Path, size_px: tuple[int, int], rate_hz: float = FRAMES_PER_S) -> cv2.VideoWriter:
    """What takes pictures (height, width, 3) in BGR and makes them a film.

    Raises:
        OSError: no film can be written there, or by this OpenCV.
    """
    codec = cv2.VideoWriter.fourcc(*_CODEC)
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, codec, rate_hz, size_px)
    if not writer.isOpened():
        raise OSError(f"OpenCV {cv2.__version__} can not begin a film in {path.parent}")
    return writer


class Aim(Protocol):
    """Where a film camera stands and what it looks at."""

    def aim(self, robot_W: Array, step_s: float) -> tuple[Array, Array]:
        """Eye and target, (3,) each, ``step_s`` after the last call, for a robot at robot_W (3,)."""


class Follower:
    """Where the film camera stands: beside the robot, outwards of the car, moving softly (two low-pass filters)."""

    def __init__(self) -> None:
        self._states: Array | None = None

    def aim(self, robot_W: Array, step_s: float) -> tuple[Array, Array]:
        """Eye and target, (3,) each, ``step_s`` after the last call, for a robot at robot_W (3,)."""
        nearest = _CAR_MIDDLE_W + np.clip(robot_W[:2] - _CAR_MIDDLE_W, -_CAR_HALF_M, _CAR_HALF_M)
        outward = robot_W[:2] - nearest
        distance = float(np.linalg.norm(outward))
        outward = outward / distance if distance > 0.05 else np.array([0.0, np.sign(robot_W[1]) or 1.0])
        along = np.array([-outward[1], outward[0]])
        eye = np.clip(robot_W[:2] + 1.7 * outward + 2.1 * along, _HALL_W[0], _HALL_W[1])
        target = robot_W[:2] - 0.45 * outward
        wanted = np.array([*eye, 1.45, *target, 0.82])
        if self._states is None:
            self._states = np.array([wanted, wanted])
        share = 1 - np.exp(-step_s / _SETTLING_S)
        self._states[0] += share * (wanted - self._states[0])
        self._states[1] += share * (self._states[0] - self._states[1])
        return self._states[1, :3].copy(), self._states[1, 3:].copy()


class _Frame(NamedTuple):
    """All that one picture of the film is made of."""

    things: Things
    camera: Pinhole
    caption: str
    laser_W: Array | None


class Film:
    """Films a body of a model into a file. Call `tick` as often as the physics is ready, and `close` at the end.

    Args:
        model: what to film.
        body: which body to follow.
        path: the MP4 file; it appears when the film is closed.
        speed: seconds of simulation per second of film.
        size_px: width and height.
        fine: samples per pixel and direction.
        laser: the newest laser line, if the film is to show it (``lambda: optics.laser_line``).
        follower: the camera; by default one that goes round a car with the robot.
        lighting: the light; by default the lamps of the model.
    """

    def __init__(
        self,
        model: mujoco.MjModel,
        body: str,
        path: Path,
        *,
        speed: float = 4.0,
        size_px: tuple[int, int] = (960, 540),
        fine: int = 1,
        laser: Callable[[], LaserLine | None] = lambda: None,
        follower: Aim | None = None,
        lighting: Lighting | None = None,
    ):
        self.path, self.caption = path, ""
        self._view = ModelView(model, (GeomGroup.HALL, GeomGroup.VISUAL), lighting)
        self._body, self._follower = model.body(body).id, follower if follower is not None else Follower()
        self._size, self._fine, self._step_s = size_px, fine, speed / FRAMES_PER_S
        self._next_s, self._laser = 0.0, laser
        self._unfinished = path.with_name(f".{path.stem[:40]}.unfinished{path.suffix or '.mp4'}")
        self._frames: queue.Queue[_Frame | None] = queue.Queue(_BACKLOG)
        self._taken = 0
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._develop, name="film", daemon=True)
        self._thread.start()

    def tick(self, data: mujoco.MjData) -> None:
        """Take a picture if it is time for one; waits only if the film is far behind.

        Raises:
            StationFault: the film can not be written.
        """
        if data.time + 1e-9 < self._next_s:
            return
        self._next_s = max(self._next_s, float(data.time)) + self._step_s
        eye, target = self._follower.aim(data.xpos[self._body].copy(), self._step_s)
        width, height = self._size
        camera = Pinhole.looking_at(eye, target, width_px=width, height_px=height, fov_y_rad=_FIELD_OF_VIEW_RAD)
        self._check()
        self._frames.put(_Frame(self._view.things(data), camera, self.caption, self._lit(float(data.time))))

    def close(self, *, keep: bool = True) -> None:
        """Finish the file, or leave nothing of it.

        Raises:
            StationFault: the film could not be written; nothing of it is left.
        """
        if self._thread.is_alive():
            self._frames.put(None)
            self._thread.join()
        if keep and self._failure is None and self._taken:
            self._count()
        self._check()
        if self._unfinished.exists():
            self._unfinished.replace(self.path) if keep else self._unfinished.unlink()

    def __enter__(self) -> Film:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(keep=not isinstance(error, InputError))

    def _lit(self, now_s: float) -> Array | None:
        """The laser line, if it is fresh enough to be seen."""
        line = self._laser()
        return line.points_W if line is not None and now_s - line.time_s < _AFTERGLOW_S + self._step_s else None

    def _check(self) -> None:
        if self._failure is not None:
            if self._unfinished.exists():
                self._unfinished.unlink()
            raise StationFault(f"the film {self.path} can not be written: {self._failure}") from self._failure

    def _develop(self) -> None:
        """Pictures out of what `tick` saw; numba lets go of the interpreter, so physics goes on meanwhile."""
        writer = None
        try:
            while (frame := self._frames.get()) is not None:
                picture = self._view.develop(frame.things, frame.camera, fine=self._fine, polished=True)
                if frame.laser_W is not None:
                    picture = with_laser_line(picture, frame.camera, frame.laser_W)
                if writer is None:
                    self.path.parent.mkdir(parents=True, exist_ok=True)
                    writer = film_writer(self._unfinished, self._size)
                writer.write(cv2.cvtColor(_captioned(picture.rgb, frame.caption), cv2.COLOR_RGB2BGR))
                self._taken += 1
        except Exception as error:  # noqa: BLE001  raised where the film is used: `tick` would wait here for ever
            self._failure = error
            while self._frames.get() is not None:
                pass
        finally:
            if writer is not None:
                writer.release()

    def _count(self) -> None:
        """OpenCV says nothing of a disk that is full: whether the film has all its pictures tells."""
        reader = cv2.VideoCapture(str(self._unfinished))
        kept = int(reader.get(cv2.CAP_PROP_FRAME_COUNT))
        reader.release()
        if kept != self._taken:
            self._failure = OSError(f"{kept} of {self._taken} pictures were kept; is the disk full?")


def _captioned(rgb: NDArray[np.uint8], caption: str) -> NDArray[np.uint8]:
    """The picture with a line of text (ASCII) in its lower left corner."""
    if caption:
        height = rgb.shape[0]
        place, scale = (int(0.03 * height), int(0.96 * height)), height / 900
        for colour, width in (((20, 22, 26), 4), ((245, 246, 248), 1)):
            cv2.putText(rgb, caption, place, cv2.FONT_HERSHEY_DUPLEX, scale, colour, width, cv2.LINE_AA)
    return rgb
