"""Acts of operators: what is written is heard once by whoever works the robot, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linewalker.errors import StorageFault
from linewalker.station.acts import Act, ActsHeard, read_acts, write_act

ANA = {"who": "Ana", "role": "operator", "host": "10.0.0.7"}


class Motion:
    """Notes what it was stopped for."""

    def __init__(self) -> None:
        self.why: list[str] = []

    def request_stop(self, why: str = "") -> None:
        self.why.append(why)


def ticked(heard: ActsHeard, times: int = 60) -> None:
    for _ in range(times):
        heard.tick()


def test_what_was_written_is_read_from_where_one_stopped(tmp_path: Path) -> None:
    assert read_acts(tmp_path) == ([], 0)
    first = write_act(tmp_path, Act.ACKNOWLEDGE, **ANA, about="1/2.50")
    found, end = read_acts(tmp_path)
    assert found == [first]
    second = write_act(tmp_path, Act.STOP, **ANA, why="换人")
    assert read_acts(tmp_path, end)[0] == [second]
    assert second["what"] == "stop"
    assert (tmp_path / "acts.jsonl").stat().st_mode & 0o077 == 0


def test_a_stop_is_heard_once_and_only_after_one_listens(tmp_path: Path) -> None:
    write_act(tmp_path, Act.STOP, **ANA)
    motion = Motion()
    heard = ActsHeard(tmp_path, motion)
    ticked(heard)
    assert motion.why == []
    write_act(tmp_path, Act.ACKNOWLEDGE, **ANA)
    write_act(tmp_path, Act.STOP, **ANA)
    ticked(heard)
    ticked(heard)
    assert motion.why == ["asked for at the console by Ana"]


def test_a_stop_in_a_folder_that_had_no_acts_is_heard(tmp_path: Path) -> None:
    motion = Motion()
    heard = ActsHeard(tmp_path, motion)
    ticked(heard)
    write_act(tmp_path, Act.STOP, **ANA)
    ticked(heard)
    assert len(motion.why) == 1


def test_a_line_that_is_not_whole_waits_and_what_is_none_stops_nobody(tmp_path: Path) -> None:
    motion = Motion()
    heard = ActsHeard(tmp_path, motion)
    line = json.dumps({"at": "2026", "what": "stop", "who": "Bo"}).encode()
    path = tmp_path / "acts.jsonl"
    path.write_bytes(b'garbage\n[1]\n{"what": 3, "at": 1}\n' + line)
    ticked(heard)
    assert motion.why == []
    path.write_bytes(path.read_bytes() + b"\n")
    ticked(heard)
    assert motion.why == ["asked for at the console by Bo"]


def test_what_can_not_be_written_is_not_done(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="can not be written"):
        write_act(tmp_path / "none", Act.STOP, **ANA)
