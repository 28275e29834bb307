"""Who watches."""

from __future__ import annotations

import pytest

from linewalker.console.audience import Audience
from linewalker.errors import InputError


def test_a_window_needs_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(InputError, match="--video"):
        Audience(view=True)
