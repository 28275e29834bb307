"""On the same code every command comes out the same to the bit; on other code it is told where not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from linewalker.cerebellum.balance import drives
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.errors import InputError
from linewalker.geometry import Pose
from linewalker.station.bench import Floor
from linewalker.station.recording.recorder import Recorder
from linewalker.station.recording.replay import read_recorded, replay
from tests.station.recording.walks import floor, record


def test_a_walk_and_a_stop_come_out_the_same(tmp_path: Path) -> None:
    record(tmp_path / "a.mcap")
    result = replay(read_recorded(tmp_path / "a.mcap"))
    assert (result.ticks, result.compared, result.equal) == (750, 750, 750)
    assert result.same
    assert result.first_s is None


def test_a_reach_comes_out_the_same(tmp_path: Path) -> None:
    def reach(on: Floor) -> None:
        arm = Reach(on.motion, "right_wrist")
        on.run(0.2)
        X_WS = on.motion.pose_of("right_wrist")
        for _, _ in zip(range(300), arm.go_to(Pose(p=X_WS.p + np.array([0.0, 0.0, 0.05]), R=X_WS.R))):
            on.tick()

    record(tmp_path / "a.mcap", reach)
    result = replay(read_recorded(tmp_path / "a.mcap"))
    assert result.equal == result.compared > 200


def test_other_code_is_found_where_it_acts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(tmp_path / "a.mcap")
    recorded = read_recorded(tmp_path / "a.mcap")
    of = drives.Drives.command

    def weaker(self, tau, upper, brace):
        command = of(self, tau, upper, brace)
        return replace(command, kd_nm_s_rad=0.9 * command.kd_nm_s_rad)

    monkeypatch.setattr(drives.Drives, "command", weaker)
    result = replay(recorded)
    assert not result.same
    assert result.equal == 0
    assert result.first_s == pytest.approx(0.002)
    np.testing.assert_array_equal(result.off["q_rad"] < 1e-6, True)
    assert result.off["kd_nm_s_rad"].max() == pytest.approx(0.1 * recorded.commands["kd_nm_s_rad"].max(), rel=1e-3)


def test_one_tick_that_is_missing_ends_it(tmp_path: Path) -> None:
    record(tmp_path / "a.mcap", lambda on: on.run(0.5) and None)
    recorded = read_recorded(tmp_path / "a.mcap")
    cut = replace(recorded, readings=np.delete(recorded.readings, 99))
    result = replay(cut)
    assert (result.ticks, result.missing) == (99, 151)
    assert result.equal == 99


def test_what_began_later_is_not_replayed(tmp_path: Path) -> None:
    on = floor()
    on.run(0.1)
    with Recorder.of(on, tmp_path / "a.mcap", "g1"):
        on.run(0.1)
    with pytest.raises(InputError, match="began while the robot worked"):
        replay(read_recorded(tmp_path / "a.mcap"))
    with Recorder.of(on, tmp_path / "a.mcap", "g1"):
        pass
    with pytest.raises(InputError, match="holds no reading"):
        read_recorded(tmp_path / "a.mcap")
