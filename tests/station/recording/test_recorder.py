"""A recording holds what the robot felt and was commanded, to the bit, and changes nothing."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.limbs.robot import JointCommand, Readings, RgbdImage
from linewalker.station.recording.recorder import Recorder
from linewalker.station.recording.recording_file import Recording
from linewalker.station.recording.replay import read_recorded
from linewalker.station.recording.rows import COMMANDED, FELT, digest_of
from tests.station.recording.walks import floor, record, walk


def test_it_holds_what_was_felt_and_commanded_to_the_bit(tmp_path: Path) -> None:
    on = floor()
    felt: list[Readings] = []
    told: list[JointCommand] = []
    sense, act = on.robot.sense, on.robot.act
    on.robot.sense = lambda: felt.append(sense()) or felt[-1]  # type: ignore[func-returns-value, method-assign]
    on.robot.act = lambda command: told.append(command) or act(command)  # type: ignore[func-returns-value, method-assign]
    with Recorder.of(on, tmp_path / "a.mcap", "g1", 3) as recorder:
        walk(on)
    recorded = read_recorded(tmp_path / "a.mcap")
    assert recorder.lost == 0
    assert recorded.whole
    assert len(felt) == len(told) == len(recorded.commands) == 750
    for (tick, came), given in zip(recorded.felt(), felt, strict=True):
        assert all(getattr(came, name).tobytes() == getattr(given, name).tobytes() for name in FELT)
        assert came.time_s == given.time_s
        assert (came.fix is None) == (given.fix is None)
        assert len(came.tool_fixes) == len(given.tool_fixes)
        if came.fix is not None and given.fix is not None:
            assert came.fix.taken_s == given.fix.taken_s
            assert came.fix.X_WT.R.tobytes() == given.fix.X_WT.R.tobytes()
        assert tick == recorded.commands["tick"][tick - 1]
    for row, command in zip(recorded.commands, told, strict=True):
        assert row["digest"].ljust(8, b"\0") == digest_of(command)
        assert all((row[name] == getattr(command, name).astype(np.float32)).all() for name in COMMANDED)


def test_a_robot_that_is_recorded_does_what_it_does_otherwise(tmp_path: Path) -> None:
    other = floor()
    walk(other)
    on = record(tmp_path / "a.mcap")
    assert on.data.qpos.tobytes() == other.data.qpos.tobytes()
    assert on.on_tick == []


def test_verbs_stand_there_at_their_ticks_and_people_read_them(tmp_path: Path) -> None:
    record(tmp_path / "a.mcap")
    file = Recording(tmp_path / "a.mcap")
    verbs = [e for e in (m.document for m in file.messages("/events")) if e["what"] == "verb"]
    assert [(verb["name"], verb["tick"]) for verb in verbs] == [("calibrate", 0), ("walk", 150), ("request_stop", 550)]
    said = [message.document["message"] for message in file.messages("/log")]
    assert said[:3] == ["standing, RUNNING", "walk(0.3, 0.0, 0.1)", "walking, RUNNING"]
    assert said[-1] == "standing, STOPPING, a stop was requested"
    schemas = {message.schema for message in file.messages()}
    assert schemas >= {f"foxglove.{name}" for name in ("JointStates", "FrameTransforms", "Log", "SceneUpdate")}


def test_killed_it_opens_up_to_the_last_second(tmp_path: Path) -> None:
    on = floor()
    with Recorder.of(on, tmp_path / "a.mcap", "g1"):
        walk(on)
        on.run(1.0)
        for _ in range(200):
            shutil.copy(tmp_path / "a.mcap", tmp_path / "cut.mcap")  # what a kill would leave
            try:
                if len(read_recorded(tmp_path / "cut.mcap").readings) >= 500:
                    break
            except InputError:
                pass
    recorded = read_recorded(tmp_path / "cut.mcap")
    assert not recorded.whole
    assert len(recorded.readings) >= 500
    assert len(list(recorded.felt())) == len(recorded.readings)


def test_pictures_are_kept(tmp_path: Path) -> None:
    on = floor()
    image = RgbdImage(
        time_s=0.0, rgb=np.zeros((27, 48, 3), np.uint8), depth_m=np.ones((27, 48), np.float32), K=np.eye(3)
    )
    on.robot.look = lambda _camera: image  # type: ignore[method-assign]
    with Recorder.of(on, tmp_path / "a.mcap", "g1"):
        on.run(0.1)
        on.robot.look("head")
    (picture,) = Recording(tmp_path / "a.mcap").messages("/camera/head")
    assert picture.document["format"] == "jpeg"


def test_a_disk_that_takes_nothing_costs_the_recording_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    on = floor()
    with caplog.at_level(logging.ERROR), Recorder.of(on, tmp_path / "nowhere" / "a.mcap", "g1"):
        on.run(0.5)
    assert "the work goes on" in caplog.text
    assert on.now_s == pytest.approx(0.5)


def test_what_a_recording_says_is_json(tmp_path: Path) -> None:
    record(tmp_path / "a.mcap", lambda on: on.run(0.1) and None)
    about = Recording(tmp_path / "a.mcap").about
    assert json.loads(about["robot"]) == "g1"
    assert json.loads(about["from_the_start"]) is True
