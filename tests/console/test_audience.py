"""Who watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from linewalker.console import audience
from linewalker.console.audience import Audience, console_recording, watched
from linewalker.errors import InputError, MissingPackage
from linewalker.limbs.profiles import load_profile
from linewalker.station.bench import Floor
from linewalker.station.motion.motion_file import MotionReader
from linewalker.station.pace import WallPace


def test_a_window_needs_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(InputError, match="--video"):
        Audience(view=True)


def test_a_window_that_is_not_installed_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setitem(sys.modules, "mujoco.viewer", None)
    monkeypatch.delattr("mujoco.viewer", raising=False)
    nothing: Any = SimpleNamespace(model=None, data=None)
    with (
        pytest.raises(MissingPackage, match=r"pip install 'linewalker\[view\]'"),
        watched(nothing, Audience(view=True)),
    ):
        raise AssertionError("nobody watches")


def test_in_the_console_the_motion_is_recorded_and_shown_as_long_as_it_lasts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []

    @contextmanager
    def beside(folder: Path, wanted: bool) -> Iterator[None]:
        shown.append(f"{folder.name} {wanted}")
        yield
        shown.append("over")

    monkeypatch.setattr(audience, "console_beside", beside)
    monkeypatch.setattr(audience, "WallPace", lambda now: WallPace(now, sleep=lambda _seconds: None))
    floor = Floor(load_profile("g1"), 0, visual=False)
    recording = console_recording(True, tmp_path / "walk", "g1")
    with watched(floor, Audience(console=recording)):
        floor.motion.walk_to(0.2, 0.0, 0.0)
        floor.run(0.6)
        assert shown == ["walk True"]
    floor.run(0.1)
    reader = MotionReader(tmp_path / "walk" / "motion" / "1.motion")
    assert (shown[-1], reader.header.robot, reader.header.run) == ("over", "g1", 0)
    assert 25 <= len(reader.frames(0.0, 9.0)) <= 32
    assert "linewalker console" in capsys.readouterr().out
    assert console_recording(False, tmp_path, "g1") is None
