"""Records the motion of a robot at work, without holding a tick up: samples go to a thread that writes.

What is kept is what the robot itself knows: its estimate, not where a simulator has it. A disk that is full or slow
costs the recording, never the work.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.brain.inspector import VisitReport
from linewalker.brain.route import Waypoint
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarResult
from linewalker.geometry import quat_from_rotation
from linewalker.limbs.robot import LineProfile, RgbdImage, Robot
from linewalker.station.car_under_way import CarUnderWay
from linewalker.station.motion.balance import balance_of, balance_rows
from linewalker.station.motion.line_talk import LineTalk
from linewalker.station.motion.moments import car_moment, gone_moment, located_moment, route_moment, visit_moment
from linewalker.station.motion.motion_file import (
    BALANCES,
    HEADER,
    IMAGES,
    LASER,
    MOMENT,
    PICTURE,
    MotionHeader,
    block,
    frames_block,
    json_block,
    next_motion_file,
)
from linewalker.station.motion.overheard_robot import OverheardRobot
from linewalker.station.observer import Gallery
from linewalker.station.writer_thread import WriterThread

RATE_HZ, IDLE_RATE_HZ = 50.0, 0.2
_TOGETHER_S = 0.2
_BALANCE_EVERY = 2
_LASER_POINTS = 100
_PICTURE_WIDTH, _PICTURE_QUALITY = 480, 80
_EPS_S = 1e-6


class Worked(Protocol):
    """A robot at work: an `Operator`, or a floor it walks, reaches or dances on.

    Attributes:
        robot: the robot, whoever wraps it.
        on_tick: called after every control tick.
    """

    robot: Robot
    on_tick: list[Callable[[], None]]

    @property
    def motion(self) -> SafeMotion[Any]:
        """Its motion controller."""

    @property
    def now_s(self) -> float:
        """Robot time."""


@dataclass(frozen=True, kw_only=True)
class Recording:
    """What is said of a recording besides its motion.

    Attributes:
        folder: where motions are kept.
        robot: name of the profile, or the file it was read from.
        run: number of the shift in the records.
        opened_at: UTC, ISO 8601.
    """

    folder: Path
    robot: str
    run: int = 0
    opened_at: str = ""


class MotionRecorder:
    """Records one robot; a context manager. An observer of a `StationProgram` as well, and told of its cars.

    Args:
        worked: the robot at work, whom this listens to from now on.
        recording: where it is kept.
    """

    def __init__(self, worked: Worked, recording: Recording):
        self._worked, self._robot = worked, worked.robot
        self._start_s = worked.now_s
        profile = worked.robot.profile
        self._header = MotionHeader(
            robot=recording.robot,
            joints=profile.joints,
            base=profile.base,
            rate_hz=RATE_HZ,
            run=recording.run,
            opened_at=recording.opened_at,
        )
        self._pen = _Pen(recording.folder)
        self._frames: list[tuple[float, NDArray[Any]]] = []
        self._balances: list[tuple[float, NDArray[Any]]] = []
        self._last_s = -np.inf
        self._state: tuple[str, str, str] | None = None
        self._car: CarUnderWay | None = None
        self._vehicle: object = None
        self._talk = LineTalk()
        gallery = Gallery("the recording of the motion")
        self._tick, self.on_car = gallery.harmless(self._sample), gallery.harmless(self._car_comes)
        self.on_scan, self.on_route = gallery.harmless(self._line_said), gallery.harmless(self._sets_out)
        self._heard = OverheardRobot(self._robot, gallery.harmless(self._scanned), gallery.harmless(self._looked))
        self._heard.felt_s = self._start_s

    def __enter__(self) -> MotionRecorder:
        self._pen.write(json_block(HEADER, 0.0, self._header.document()))
        self._worked.robot = self._heard
        self._worked.on_tick.append(self._tick)
        return self

    def __exit__(self, *_: object) -> None:
        self._worked.on_tick.remove(self._tick)
        self._worked.robot = self._robot
        self._put_frames()
        self._pen.close()

    # ------------------------------------------------------------------ what a station tells
    def car_begins(self, order: BuildOrder, visits: int) -> None:
        """`on_car` is told more."""

    def visit_done(self, report: VisitReport) -> None:
        """A call is done."""
        self._note(visit_moment(report))

    def car_done(self, car: CarResult) -> None:
        """A car is judged, or given up."""
        self._car = None
        self._note(gone_moment(car))

    def _car_comes(self, car: CarUnderWay) -> None:
        self._car, self._vehicle = car, None
        self._note(car_moment(car))
        self._note_place()

    def _sets_out(self, route: Sequence[Waypoint]) -> None:
        self._note(route_moment(self._worked.motion.middle_W, route))

    def _line_said(self, line: LineImage, station: StationImage, connected: bool) -> None:
        if (news := self._talk.news(line, station, connected)) is not None:
            self._pen.write(json_block(IMAGES, self._now_s, {"at": round(time.time(), 3), **news}))

    # ------------------------------------------------------------------ what is sampled
    @property
    def _now_s(self) -> float:
        return self._heard.felt_s - self._start_s  # the operator tells the time of a tick when it is over

    def _sample(self) -> None:
        now_s = self._now_s
        rate_hz = RATE_HZ if self._car is not None or self._moves else IDLE_RATE_HZ
        if now_s + _EPS_S < self._last_s + 1.0 / rate_hz:
            return
        self._last_s = now_s
        estimate = self._worked.motion.estimate
        X_WB = estimate.X_WB
        if len(self._frames) % _BALANCE_EVERY == 0:
            self._balances.append((now_s, balance_of(self._worked.motion.dynamics, estimate.X_WO)))
        self._frames.append((now_s, np.concatenate((X_WB.p, quat_from_rotation(X_WB.R), estimate.q_rad))))
        if now_s - self._frames[0][0] >= _TOGETHER_S:
            self._put_frames()
        self._note_state()
        self._note_place()

    @property
    def _moves(self) -> bool:
        return not self._worked.motion.state.settled

    def _put_frames(self) -> None:
        if self._frames:
            self._pen.write(frames_block(self._frames))
            self._pen.write(block(BALANCES, self._balances[0][0], balance_rows(self._balances).tobytes()))
            self._frames, self._balances = [], []

    def _note_state(self) -> None:
        motion = self._worked.motion
        causes = "; ".join(sorted(cause.value for cause in motion.stop_causes))
        state = (motion.state.mode.value, motion.stop_state.name, causes)
        if state != self._state:
            self._state = state
            self._note(dict(zip(("mode", "stop", "why"), state), what="state"))

    def _note_place(self) -> None:
        """Where the car stands, if that is known anew."""
        log = None if self._car is None else self._car.log
        if log is not None and log.vehicle is not self._vehicle:
            self._vehicle = log.vehicle
            self._note(located_moment(log.vehicle.X_WV))

    def _note(self, moment: dict[str, Any]) -> None:
        self._put_frames()  # a reader that follows the file gets things in their order
        self._pen.write(json_block(MOMENT, self._now_s, moment))

    # ------------------------------------------------------------------ what the robot sees
    def _scanned(self, scanner: str, profile: LineProfile) -> None:
        lit = np.flatnonzero(np.isfinite(profile.z_mm))
        lit = lit[:: max(1, len(lit) // _LASER_POINTS)]
        line_S = np.column_stack((profile.x_mm, np.zeros_like(profile.x_mm), profile.z_mm))[lit] * 1e-3
        line_W = self._worked.motion.pose_of(scanner).apply(line_S)
        self._pen.write(block(LASER, self._now_s, line_W.astype("<f4").tobytes()))

    def _looked(self, _camera: str, image: RgbdImage) -> None:
        self._pen.write_later(PICTURE, self._now_s, lambda: small_picture(image.rgb))


def small_picture(rgb: NDArray[np.uint8]) -> bytes:
    """A picture (height, width, 3), smaller, as JPEG."""
    height, width = rgb.shape[:2]
    size = (_PICTURE_WIDTH, round(_PICTURE_WIDTH * height / width))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    _, coded = cv2.imencode(
        ".jpg", cv2.cvtColor(small, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _PICTURE_QUALITY]
    )
    return coded.tobytes()


class _Pen:
    """Writes blocks on a thread of its own."""

    def __init__(self, folder: Path):
        self._thread = WriterThread(lambda: _opened(folder), "the motion")
        self.close = self._thread.close

    def write(self, data: bytes) -> None:
        self._thread.put(lambda stream: stream.write(data))

    def write_later(self, kind: bytes, time_s: float, content: Callable[[], bytes]) -> None:
        """A block whose content is made by the thread that writes."""
        self._thread.put(lambda stream: stream.write(block(kind, time_s, content())))


@contextmanager
def _opened(folder: Path) -> Iterator[RawIOBase]:
    folder.mkdir(parents=True, exist_ok=True)
    with open(next_motion_file(folder), "xb", buffering=0) as stream:
        yield stream
