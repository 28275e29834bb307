"""The recorder keeps what the robot knows of itself, and never holds it up."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linewalker.brain.operator import Operator
from linewalker.brain.route import Waypoint
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.limbs.model.robot_model import floor_model
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import LineProfile, RgbdImage
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from linewalker.station import writer_thread
from linewalker.station.motion.motion_file import IMAGES, LASER, PICTURE, MotionReader
from linewalker.station.motion.motion_recorder import MotionRecorder, Recording


class Optics:
    """Sees nothing much."""

    def look(self, data: Any, _camera: str) -> RgbdImage:
        rgb = np.full((270, 480, 3), 99, np.uint8)
        return RgbdImage(time_s=data.time, rgb=rgb, depth_m=np.ones((270, 480), np.float32), K=np.eye(3))

    def scan(self, data: Any, _scanner: str) -> LineProfile:
        return LineProfile(time_s=data.time, x_mm=np.linspace(-20, 20, 100), z_mm=np.full(100, 150.0))


@pytest.fixture
def operator() -> Operator:
    import mujoco

    profile = load_profile("g1")
    model = floor_model(profile, visual=False)
    robot = SimulatedRobot(model, mujoco.MjData(model), profile, optics=Optics())
    robot.place(0.0, 0.0, 0.0)
    return Operator(robot, SafeMotion(MotionController(profile)))


def test_what_is_replayed_is_what_the_robot_knew(operator: Operator, tmp_path: Path) -> None:
    knew: dict[float, np.ndarray] = {}
    began_s = operator.now_s
    with MotionRecorder(operator, Recording(folder=tmp_path, robot="g1", run=7)):
        operator.on_tick.append(
            lambda: knew.update(
                {round(float(operator.robot.felt_s - began_s), 3): operator.motion.estimate.q_rad.copy()}
            )  # type: ignore[attr-defined]
        )
        operator.motion.walk_to(0.3, 0.0, 0.0)
        operator.run(operator.wait(2.0))
    reader = MotionReader(tmp_path / "1.motion")
    frames = reader.frames(0.0, 9.0)
    assert (reader.header.run, reader.header.joints) == (7, operator.robot.profile.joints)
    assert len(frames) >= 95
    for frame in frames:
        assert np.abs(frame["q_rad"] - knew[round(float(frame["time_s"]), 3)]).max() < 1e-4
    modes = [moment["mode"] for _, moment in reader.moments if moment["what"] == "state"]
    assert modes == ["walking", "standing"]


def test_what_it_scans_and_sees_is_kept_and_the_robot_is_its_own_again(operator: Operator, tmp_path: Path) -> None:
    robot = operator.robot
    with MotionRecorder(operator, Recording(folder=tmp_path, robot="g1")):
        operator.robot.scan("right_wrist")
        operator.robot.look("head")
    assert operator.robot is robot
    assert operator.on_tick == []
    reader = MotionReader(tmp_path / "1.motion")
    (laser,), (picture,) = reader.select(LASER, 0.0, 1.0), reader.select(PICTURE, 0.0, 1.0)
    line_W = np.frombuffer(reader.content(laser), "<f4").reshape(-1, 3)
    X_WS = operator.motion.pose_of("right_wrist")
    assert np.allclose(X_WS.inverse().apply(line_W)[:, 2], 0.150, atol=1e-5)
    assert reader.content(picture).startswith(b"\xff\xd8")


def test_a_robot_that_stands_idle_takes_little_room(operator: Operator, tmp_path: Path) -> None:
    operator.run(operator.wait(1.0))
    with MotionRecorder(operator, Recording(folder=tmp_path, robot="g1")):
        operator.run(operator.wait(2.0))
        operator.motion.walk(0.2, 0.0, 0.0)
        operator.run(operator.wait(1.0))
    times_s = MotionReader(tmp_path / "1.motion").frames(0.0, 9.0)["time_s"]
    assert np.count_nonzero(times_s < 2.0) == 1
    assert np.count_nonzero(times_s > 2.0) == pytest.approx(50, abs=2)


def test_a_disk_that_takes_nothing_costs_the_recording_alone(
    operator: Operator, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    with caplog.at_level(logging.ERROR), MotionRecorder(operator, Recording(folder=tmp_path / "file", robot="g1")):
        operator.run(operator.wait(1.0))
    assert "the work goes on" in caplog.text


def test_what_the_line_says_is_kept_also_by_a_wire_that_outlives_the_recording(
    operator: Operator, tmp_path: Path
) -> None:
    with MotionRecorder(operator, Recording(folder=tmp_path, robot="g1")) as recorder:
        for count in range(4):
            recorder.on_scan(LineImage(life_counter=count, vehicle_in_place=count > 1), StationImage(), True)
    recorder.on_scan(LineImage(), StationImage(), False)
    reader = MotionReader(tmp_path / "1.motion")
    told = [json.loads(reader.content(one)) for one in reader.blocks if one.kind == IMAGES]
    assert [one["in"]["vehicle_in_place"] for one in told] == [False, True]
    assert all(abs(one["at"] - time.time()) < 600.0 for one in told)


def test_the_way_it_sets_out_on_is_kept(operator: Operator, tmp_path: Path) -> None:
    with MotionRecorder(operator, Recording(folder=tmp_path, robot="g1")) as recorder:
        recorder.on_route([Waypoint(x=1.0, y=2.0, yaw=0.0)])
        operator.run(operator.wait(0.1))
    (way,) = [moment["way"] for _, moment in MotionReader(tmp_path / "1.motion").moments if moment["what"] == "route"]
    assert way[-1] == [1.0, 2.0]
    assert np.hypot(*way[0]) < 0.1


def test_how_it_stands_is_kept(operator: Operator, tmp_path: Path) -> None:
    with MotionRecorder(operator, Recording(folder=tmp_path, robot="g1")):
        operator.motion.walk_to(0.2, 0.0, 0.0)
        operator.run(operator.wait(1.0))
        body = operator.motion.dynamics
        com, feet = body.com.copy(), body.foot_p.copy()
    found = MotionReader(tmp_path / "1.motion").balances(0.0, 9.0)
    assert 20 <= len(found) <= 30
    assert (np.diff(found["time_s"]) > 0.0).all()
    assert np.abs(found["com"][-1] - com).max() < 0.03
    assert np.abs(found["feet"][-1][:, :3] - feet).max() < 0.1
    assert found["feet"][:, :, 2].max() > 0.02  # a foot was lifted


def test_a_disk_that_hangs_holds_no_tick_up(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(writer_thread, "_BACKLOG", 4)
    hold = {"s": 0.05}
    with MotionRecorder(operator, Recording(folder=tmp_path, robot="g1")) as recorder:
        for _ in range(20):
            recorder._pen.write_later(PICTURE, 0.0, lambda: time.sleep(hold["s"]) or b"")  # type: ignore[func-returns-value]
        operator.run(operator.wait(0.1))
        hold["s"] = 0.0
    assert "too slow" in caplog.text
