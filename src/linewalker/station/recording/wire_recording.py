"""Recordings of a wire: its messages as they came, byte for byte; and what they say, as rows of readings and commands.

Whoever listens writes these; nothing is sent. Frames whose checksum is wrong stand in the recording too, but say
nothing.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from linewalker.cerebellum.stopping.safe_stop import StopRules
from linewalker.errors import RobotLost
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.limbs.unitree.dds import Participant
from linewalker.limbs.unitree.layout import COMMAND, STATE, opened
from linewalker.station.recording.recording_file import RecordingWriter, Topic
from linewalker.station.recording.rows import THERMOMETERS, Rows, command_type, readings_type
from linewalker.station.recording.session import Session, present_versions

STATES, COMMANDS = "/rt/lowstate", "/rt/lowcmd"
FIRST_S = 5.0
_QUEUE, _PAUSE_S = 256, 1e-3
_FEEDBACK = "FeedbackOverTheWire"


def session_of_wire(profile: RobotProfile, words: Sequence[str], epoch_ns: int) -> Session:
    """Of a robot that is only listened to: nobody knows its controller."""
    return Session(
        robot=profile.name,
        profile=profile,
        controller=_FEEDBACK,
        period_s=CONTROL_PERIOD_S,
        rules=StopRules(),
        from_the_start=False,
        seed=None,
        words=tuple(words),
        opened_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        epoch_ns=epoch_ns,
        versions=present_versions(),
    )


def record_wire(
    wire: Participant,
    path: Path,
    session: Session,
    seconds: float | None,
    turn: Callable[[], None] = lambda: None,
) -> dict[str, int]:
    """Listen and write until the time is over, or somebody interrupts; returns messages by topic.

    Args:
        wire: where the robot is.
        path: of the file.
        session: what the recording is of.
        seconds: from the first state on; None: until interrupted.
        turn: called between, for instance by tests to let their robot live.

    Raises:
        RobotLost: no state came.
    """
    from linewalker.limbs.unitree.messages import TOPICS
    from linewalker.limbs.unitree.verbatim import HEARD, definition_of, name_of, verbatim

    topics, readers = [], []
    for name, kind in HEARD.items():
        definition = definition_of(kind).encode()
        topics.append(Topic(f"/{TOPICS[name]}", name_of(kind), "cdr", "ros2msg", definition))
        readers.append(wire.reader(TOPICS[name], verbatim(kind), _QUEUE))
    heard = {topic.name: 0 for topic in topics}
    file = RecordingWriter(path, session.about())
    began_s, end_s = time.monotonic(), float("inf")
    try:
        while (now_s := time.monotonic()) < end_s:
            turn()
            for topic, reader in zip(topics, readers):
                for message in reader.take(_QUEUE):
                    file.write(topic, time.time_ns(), message)
                    heard[topic.name] += 1
            if heard[STATES] and end_s == float("inf") and seconds is not None:
                end_s = now_s + seconds
            elif not heard[STATES] and now_s > began_s + FIRST_S:
                raise RobotLost(
                    f"no state came on {TOPICS['state']} within {FIRST_S:g} s: is it on, and wired to --net?"
                )
            time.sleep(_PAUSE_S)
    except KeyboardInterrupt:
        pass
    finally:
        file.close()
    return heard


def rows_of_wire(messages: Iterable[tuple[str, bytes]], joints: int) -> tuple[Rows, Rows]:
    """Readings and commands of a wire's messages (topic, content), in their order; ticks count periods from 1 on."""
    felt: list[Any] = []
    told: list[tuple[int, Any]] = []
    first = last = -1
    for topic, content in messages:
        if topic == STATES:
            image, sound = opened(content, STATE)
            tick = int(image["tick"])
            if sound and tick > last:
                first = tick if first < 0 else first
                last = tick
                felt.append(image)
        elif topic == COMMANDS and felt:
            image, sound = opened(content, COMMAND)
            if sound:
                told.append((len(felt), image))
    return _readings(felt, first, joints), _commands(told, felt, first, joints)


def _number(tick_ms: int, first_ms: int) -> int:
    return round(1e-3 * (tick_ms - first_ms) / CONTROL_PERIOD_S) + 1


def _readings(states: Sequence[Any], first: int, joints: int) -> Rows:
    rows = np.zeros(len(states), readings_type(joints))
    for row, image in zip(rows, states):
        motors = image["motor"][:joints]
        row["tick"], row["time_s"], row["flags"] = _number(image["tick"], first), 1e-3 * image["tick"], THERMOMETERS
        row["gyro_rad_s"], row["accel_m_s2"] = image["imu"]["gyroscope"], image["imu"]["accelerometer"]
        row["q_rad"], row["dq_rad_s"], row["tau_nm"] = motors["q"], motors["dq"], motors["tau_est"]
        row["winding_c"] = motors["temperature"][:, 1]
    return rows


def _commands(told: Sequence[tuple[int, Any]], states: Sequence[Any], first: int, joints: int) -> Rows:
    """One a state at most: the last."""
    of_state = dict(told)
    rows = np.zeros(len(of_state), command_type(joints))
    names = {"q_rad": "q", "dq_rad_s": "dq", "tau_nm": "tau", "kp_nm_rad": "kp", "kd_nm_s_rad": "kd"}
    for row, (count, image) in zip(rows, of_state.items()):
        row["tick"] = _number(states[count - 1]["tick"], first)
        for name, member in names.items():
            row[name] = image["motor"][member][:joints]
    return rows
