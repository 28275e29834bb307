"""Records a robot at work in full: what it felt and was commanded at every tick, and what was asked of it.

A tick copies numbers, no more; a thread of its own makes messages of them and writes. What is drawn in Foxglove comes
along at lower rates. A disk that is full or slow costs the recording, never the work.
"""

from __future__ import annotations

import datetime
import json
import math
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from linewalker.brain.inspector import VisitReport
from linewalker.cerebellum.controller import BodyController
from linewalker.cerebellum.stopping.safe_stop import unheard
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarResult
from linewalker.limbs.robot import JointCommand, Readings, RgbdImage
from linewalker.station.motion.motion_recorder import Worked, small_picture
from linewalker.station.motion.overheard_robot import OverheardRobot
from linewalker.station.observer import Gallery
from linewalker.station.recording import foxglove
from linewalker.station.recording.plain_value import plain
from linewalker.station.recording.recording_file import ROWS, RecordingWriter, Topic
from linewalker.station.recording.rows import (
    command_type,
    packed,
    put_command,
    put_readings,
    readings_type,
    to_keep,
)
from linewalker.station.recording.session import Session, present_versions
from linewalker.station.recording.view import Stance, View
from linewalker.station.writer_thread import WriterThread

BLOCK = 200
"""Ticks in a block of rows."""
_STANCE_EVERY = 25
"""Ticks."""
EVENTS = Topic("/events", "linewalker.Event", "json", "jsonschema", json.dumps({"type": "object"}).encode())
"""Verbs, and fixes that arrived: ``tick`` after which, ``what``, and its content as `plain_value` has it."""


def rows_topic(name: str, schema: str, row: np.dtype[Any]) -> Topic:
    """A topic of blocks of rows."""
    return Topic(name, schema, ROWS, ROWS, json.dumps(row.descr).encode())


class Recorder:
    """Records one robot; a context manager. An observer of a `StationProgram` as well.

    Args:
        worked: the robot at work, whom this listens to from now on.
        path: of the file.
        session: what the recording is of.
    """

    def __init__(self, worked: Worked, path: Path, session: Session):
        self._worked, self._robot, self._session = worked, worked.robot, session
        profile, n = session.profile, len(session.profile.joints)
        self._felt_type, self._told_type = readings_type(n), command_type(n, "<f8")
        self._begin_block()
        self.readings_topic = rows_topic("/readings", "linewalker.Readings", self._felt_type)
        self.commands_topic = rows_topic("/commands", "linewalker.JointCommand", command_type(n))
        self._tick, self._thinking, self._ns = 0, False, session.epoch_ns
        self._state: tuple[object, ...] = ()
        self._view = View(profile, session.epoch_ns)
        self._pen = WriterThread(lambda: closing(RecordingWriter(path, session.about())), f"the recording {path}")
        gallery = Gallery("the recording")
        self._on_tick, self._on_verb = gallery.harmless(self._after_tick), gallery.harmless(self._verb)
        self._heard = OverheardRobot(
            self._robot,
            lambda _scanner, _profile: None,
            gallery.harmless(self._looked),
            gallery.harmless(self._sensed),
            gallery.harmless(self._acted),
        )

    @classmethod
    def of(cls, worked: Worked, path: Path, robot: str, seed: int | None = None, words: Sequence[str] = ()) -> Recorder:
        """A recorder of a robot at work, whose session is as it stands now.

        Args:
            worked: the robot at work.
            path: of the file.
            robot: name of its profile, or the file it was read from.
            seed: of what is random in it, if it is simulated.
            words: of the command line.
        """
        motion = worked.motion
        session = Session(
            robot=robot,
            profile=motion.profile,
            controller=type(motion.controller).__name__,
            period_s=motion.period_s,
            rules=motion.rules,
            from_the_start=math.isnan(motion.clock.time_s),
            seed=seed,
            words=tuple(words),
            opened_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            epoch_ns=time.time_ns() - round(1e9 * worked.now_s),
            versions=present_versions(),
        )
        return cls(worked, path, session)

    def __enter__(self) -> Recorder:
        self._worked.robot = self._heard
        self._worked.motion.on_verb = self._on_verb
        self._worked.on_tick.append(self._on_tick)
        if self._session.from_the_start and isinstance(self._worked.motion.controller, BodyController):
            self._on_verb("calibrate", (self._worked.motion.calibration,))  # it may have been, before
        return self

    def __exit__(self, *_: object) -> None:
        self._worked.on_tick.remove(self._on_tick)
        self._worked.motion.on_verb = unheard
        self._worked.robot = self._robot
        self._put_block()
        self._pen.close()

    @property
    def lost(self) -> int:
        """Parts for which the disk was too slow."""
        return self._pen.lost

    # ---- every tick

    def _begin_block(self) -> None:
        self._felt, self._told = np.zeros(BLOCK, self._felt_type), np.zeros(BLOCK, self._told_type)
        self._felt_rows = self._told_rows = 0
        self._notes: list[Callable[[RecordingWriter], object]] = []

    def _put_block(self) -> None:
        """Hand over what came together since: one job, for to wake a thread takes longer than all else in a tick."""
        felt, told, notes, ns = self._felt[: self._felt_rows], self._told[: self._told_rows], self._notes, self._ns
        self._begin_block()

        def write(file: RecordingWriter) -> None:
            if len(felt):
                file.write(self.readings_topic, ns, packed(felt))
                self._view.joints(file, felt)
            if len(told):
                file.write(self.commands_topic, ns, packed(to_keep(told)))
            for note in notes:
                note(file)

        self._pen.put(write)

    def _sensed(self, readings: Readings) -> None:
        if self._felt_rows == BLOCK:
            self._put_block()
        self._tick += 1
        self._thinking = True
        put_readings(self._felt[self._felt_rows], self._tick, readings)
        self._felt_rows += 1
        if math.isfinite(readings.time_s):
            self._ns = self._session.epoch_ns + round(1e9 * readings.time_s)
        if readings.fix is not None or readings.tool_fixes:
            self._event("fix", {"fix": readings.fix, "tool_fixes": readings.tool_fixes})

    def _acted(self, command: JointCommand) -> None:
        if self._thinking:  # the first one of a tick
            self._thinking = False
            put_command(self._told[self._told_rows], self._tick, command)
            self._told_rows += 1

    def _after_tick(self) -> None:
        motion, ns = self._worked.motion, self._ns
        doing = motion.state
        state = doing.mode, motion.stop_state, motion.stop_causes
        if state != self._state:
            self._state = state
            words = doing.mode.value, motion.stop_state.name, *sorted(cause.value for cause in motion.stop_causes)
            self.note(", ".join(words), foxglove.INFO if motion.stop_state is StopState.RUNNING else foxglove.WARNING)
        if self._tick % _STANCE_EVERY == 0:
            body = motion.dynamics
            stance = Stance(
                com=body.com.copy(),
                com_v=body.com_v.copy(),
                foot_p=body.foot_p.copy(),
                foot_R=body.foot_R.copy(),
                estimate=motion.estimate,
                steps=doing.steps,
                off_balance_m=motion.footing.off_balance_m,
            )
            self._notes.append(lambda file: self._view.stance(file, ns, stance))

    # ---- now and then

    def _verb(self, name: str, arguments: tuple[Any, ...]) -> None:
        after = self._tick - 1 if self._thinking else self._tick
        self._event("verb", {"name": name, "arguments": plain(arguments)}, after)
        if name not in ("set_upper_body", "calibrate"):
            said = ", ".join(map(str, arguments)) if name in ("walk", "walk_to", "request_stop") else ""
            self.note(f"{name}({said})")

    def _event(self, what: str, content: dict[str, Any], after: int | None = None) -> None:
        tick, ns = self._tick if after is None else after, self._ns
        self._notes.append(
            lambda file: file.write(
                EVENTS, ns, json.dumps({"tick": tick, "what": what, **plain(content)}, separators=(",", ":")).encode()
            )
        )

    def note(self, message: str, level: int = foxglove.INFO) -> None:
        """Something that happened, in words."""
        ns = self._ns
        self._notes.append(lambda file: file.write(foxglove.LOG, ns, foxglove.log(ns, level, message)))

    def _looked(self, camera: str, image: RgbdImage) -> None:
        ns = self._ns
        topic = foxglove.picture_topic(camera)
        self._notes.append(lambda file: file.write(topic, ns, foxglove.picture(ns, camera, small_picture(image.rgb))))

    # ---- what a station tells

    def car_begins(self, order: BuildOrder, visits: int) -> None:
        """A car is in place."""
        self.note(f"car {order.sequence} {order.model}: {visits} visits")

    def visit_done(self, report: VisitReport) -> None:
        """A call is done."""
        ns = self._ns
        for one in report.judgements:
            told = foxglove.verdict(ns, one.characteristic, one.verdict.name, one.reason.value)
            self._notes.append(lambda file, told=told: file.write(foxglove.VERDICTS, ns, told))  # type: ignore[misc]

    def car_done(self, car: CarResult) -> None:
        """A car is judged, or given up."""
        self.note(f"car {car.order.sequence}: {car.verdict.name}")
