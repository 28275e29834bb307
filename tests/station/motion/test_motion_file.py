"""A motion file: what was written is read, whole blocks alone, whatever became of the writer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import InputError
from linewalker.station.motion.motion_file import (
    HEADER,
    LASER,
    MOMENT,
    MotionHeader,
    MotionReader,
    block,
    documents_in,
    frames_block,
    json_block,
    motion_files,
    next_motion_file,
)
from tests.dying import die, dies

JOINTS = ("a", "b", "c")
HEAD = MotionHeader(robot="g1", joints=JOINTS, base="pelvis", rate_hz=50.0, run=3, opened_at="2026-01-02T03:04:05")


def numbers(count: int, seed: int = 0) -> list[tuple[float, np.ndarray]]:
    rng = np.random.default_rng(seed)
    return [(0.02 * i, rng.uniform(-3.2, 3.2, 7 + len(JOINTS))) for i in range(count)]


def written(path: Path, *blocks: bytes) -> Path:
    path.write_bytes(b"".join((json_block(HEADER, 0.0, HEAD.document()), *blocks)))
    return path


def frame_blocks(frames: list[tuple[float, np.ndarray]], together: int = 10) -> list[bytes]:
    return [frames_block(frames[i : i + together]) for i in range(0, len(frames), together)]


def test_what_was_written_is_read(tmp_path: Path) -> None:
    frames = numbers(35)
    path = written(tmp_path / "1.motion", *frame_blocks(frames), json_block(MOMENT, 0.5, {"what": "车 <b>"}))
    reader = MotionReader(path)
    assert reader.header == HEAD
    assert reader.moments == [(0.5, {"what": "车 <b>"})]
    found = reader.frames(0.0, 10.0)
    assert found["time_s"].tolist() == [time_s for time_s, _ in frames]
    sent = np.array([numbers for _, numbers in frames])
    assert np.abs(np.column_stack((found["pose"], found["q_rad"])) - sent).max() < 1e-6


@given(begin=st.floats(-0.1, 0.8), length=st.floats(0.0, 0.8))
def test_a_stretch_holds_what_lies_in_it_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, begin: float, length: float
) -> None:
    frames = numbers(35)
    path = written(tmp_path_factory.mktemp("motion") / "1.motion", *frame_blocks(frames))
    found = MotionReader(path).frames(begin, begin + length)
    assert found["time_s"].tolist() == [t for t, _ in frames if begin <= t < begin + length]


def test_a_file_cut_anywhere_is_read_up_to_the_last_whole_block(tmp_path: Path) -> None:
    blocks = frame_blocks(numbers(30))
    whole = written(tmp_path / "1.motion", *blocks).read_bytes()
    head = len(whole) - sum(map(len, blocks))
    for cut in range(head, len(whole) + 1, 7):
        (tmp_path / "2.motion").write_bytes(whole[:cut])
        fits = sum(head + sum(map(len, blocks[: i + 1])) <= cut for i in range(len(blocks)))
        assert len(MotionReader(tmp_path / "2.motion").frames(0.0, 9.0)) == 10 * fits


def test_a_damaged_block_ends_what_is_read(tmp_path: Path) -> None:
    first, second, third = frame_blocks(numbers(30))
    damaged = second[:-1] + bytes([second[-1] ^ 1])
    reader = MotionReader(written(tmp_path / "1.motion", first, damaged, third))
    assert len(reader.frames(0.0, 9.0)) == 10


def test_a_file_that_grows_is_followed(tmp_path: Path) -> None:
    first, second, third = frame_blocks(numbers(30))
    path = written(tmp_path / "1.motion", first)
    reader = MotionReader(path)
    with open(path, "ab") as stream:
        stream.write(second + third[:40])
        stream.flush()
        assert reader.refresh() == 1
        stream.write(third[40:] + block(LASER, 1.0, b"1234"))
    assert reader.refresh() == 2
    assert (len(reader.frames(0.0, 9.0)), reader.last_s) == (30, 1.0)
    assert [reader.content(one) for one in reader.select(LASER, 0.9, 1.1)] == [b"1234"]


def write_and_die(path: Path) -> None:
    with open(path, "wb", buffering=0) as stream:
        stream.write(json_block(HEADER, 0.0, HEAD.document()))
        for one in frame_blocks(numbers(20)):
            stream.write(one)
        stream.write(frame_blocks(numbers(10))[0][:33])
        die()


def test_a_kill_costs_the_last_moment_alone(tmp_path: Path) -> None:
    assert dies(write_and_die, tmp_path / "1.motion")
    assert len(MotionReader(tmp_path / "1.motion").frames(0.0, 9.0)) == 20


ELSE = [{"format": "else"}, {"format": "linewalker.motion/1"}]


@pytest.mark.parametrize("content", [b"", b"<html>", *(json_block(HEADER, 0.0, document) for document in ELSE)])
def test_what_is_no_motion_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "1.motion"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no motion that this version reads"):
        MotionReader(path)


def test_motions_are_counted(tmp_path: Path) -> None:
    assert next_motion_file(tmp_path).name == "1.motion"
    for name in ("9.motion", "10.motion", "notes.motion", "11.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in motion_files(tmp_path)] == ["9.motion", "10.motion"]
    assert next_motion_file(tmp_path).name == "11.motion"


def test_documents_are_read_without_what_lies_between_and_up_to_what_is_not_whole(tmp_path: Path) -> None:
    path = tmp_path / "1.motion"
    header, moment = json_block(HEADER, 0.0, {"run": 3}), json_block(MOMENT, 2.0, {"what": "gone"})
    path.write_bytes(header + block(LASER, 1.0, b"\x00" * 1000) + moment + moment[:-1])
    assert list(documents_in(path)) == [{"run": 3}, {"what": "gone"}]
    path.write_bytes(header + b"junk" * 20 + moment)
    assert list(documents_in(path)) == [{"run": 3}]
    assert list(documents_in(tmp_path / "none.motion")) == []
