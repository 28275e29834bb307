"""Who watches."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from linewalker.console.audience import Audience, watched
from linewalker.errors import InputError, MissingPackage


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
