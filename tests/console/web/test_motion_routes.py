"""Motions, as the page asks for them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.station.motion.balance import BALANCE
from linewalker.station.motion.motion_file import frame_type
from tests.console.web.runs import BEGIN_S, END_S, JOINTS, JPEG, Console, frame, motion, records, standing, whole_run


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Console:
    return Console(whole_run(tmp_path_factory.mktemp("motion") / "run"))


def test_a_motion_tells_its_cars_and_what_happened(console: Console) -> None:
    (found,) = console.ask("/api/motions", run="run:1").json["motions"]
    (car,) = found["cars"]
    assert (car["sequence"], car["begin_s"], car["end_s"], car["verdict"]) == (1, BEGIN_S, END_S, "OK")
    assert [moment["what"] for _, moment in found["moments"]].count("visit") == 2
    assert (found["motion"], found["joints"], found["pictures"]) == ("1", list(JOINTS), [8.0])


def test_frames_are_those_of_the_file(console: Console) -> None:
    answer = console.ask("/api/frames", run="run:1", motion="1", from_=3.0, to=5.0)
    frames = np.frombuffer(answer.body, frame_type(len(JOINTS)))
    assert len(frames) == 100
    for one in frames:
        assert np.abs(one["q_rad"] - frame(float(one["time_s"]))[7:]).max() < 1e-4  # 0.1 mrad


def test_how_it_stood_is_that_of_the_file(console: Console) -> None:
    answer = console.ask("/api/balance", run="run:1", motion="1", from_=3.0, to=5.0)
    samples = np.frombuffer(answer.body, BALANCE)
    assert len(samples) == 50
    for one in samples:
        kept = np.concatenate((one["com"], one["dcm"], one["feet"].ravel()))
        assert np.abs(kept - standing(float(one["time_s"]))).max() < 1e-6


def test_laser_lines_are_in_millimetres(console: Console) -> None:
    ((time_s, points),) = console.ask("/api/lasers", run="run:1", motion="1", from_=0, to=9).json
    assert (time_s, len(points), points[0]) == (5.0, 20, [100.0, -700.0, 600.0])


def test_a_picture_is_the_newest_before(console: Console) -> None:
    assert console.ask("/api/picture", run="run:1", motion="1", at=8.5).body == JPEG
    assert console.ask("/api/picture", run="run:1", motion="1", at=7.0).status == 404


def test_no_stretch_is_so_long_that_it_fills_the_memory(console: Console) -> None:
    assert console.ask("/api/frames", run="run:1", motion="1", from_=-1e300, to=1e300).status == 200
    assert console.ask("/api/frames", run="run:1", motion="9").status == 404


def test_a_car_whose_program_died_ends_where_the_next_begins(tmp_path: Path) -> None:
    from linewalker.station.motion.motion_file import MOMENT, json_block

    path = motion(records(tmp_path / "run"), until_s=12.0)
    with open(path, "ab") as stream:
        stream.write(json_block(MOMENT, 14.0, {"what": "car", "sequence": 2, "attempt": 1}))
    (found,) = Console(tmp_path).ask("/api/motions", run="run:1").json["motions"]
    assert [(car["sequence"], car["end_s"]) for car in found["cars"]] == [(1, 14.0), (2, None)]
