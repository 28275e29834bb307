"""What makes ticks late is found, and every remedy is one."""

from __future__ import annotations

import io
import os
import resource
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from linewalker.console import doctor, real_time_check
from linewalker.console.doctor import Health, run_doctor
from linewalker.console.real_time_check import lateness, real_time_checks


def test_every_check_that_is_not_good_comes_with_a_remedy_and_the_scheduler_is_as_before() -> None:
    before = os.sched_getscheduler(0)
    checks = real_time_checks(ticks=20)
    assert os.sched_getscheduler(0) == before
    assert len({check.name for check in checks}) == len(checks) == 8
    for check in checks:
        assert check.found
        assert (check.health is Health.GOOD) == (not check.remedy)


def test_lateness_is_how_late_a_sleep_ends_and_is_not_made_up_for() -> None:
    now, over = [5.0], iter([0.0, 1e-4, 0.01, 0.0, 0.0])

    def sleep(seconds: float) -> None:
        now[0] += seconds + next(over)

    late_s = lateness(5, 0.002, clock=lambda: now[0], sleep=sleep)
    np.testing.assert_allclose(late_s, [0.0, 1e-4, 0.01, 0.0, 0.0], atol=1e-12)


def test_what_is_not_allowed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "sched_setscheduler", refused)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (8_000_000, 8_000_000))
    assert real_time_check._priority().health is Health.BAD
    assert "rtprio 95" in real_time_check._priority().remedy
    assert real_time_check._memory_lock().found == "only 8 MB may be locked"
    assert "without SCHED_FIFO" in real_time_check._punctuality(3).found


def test_kernel_swap_and_governor_are_read_where_the_system_says_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (
        ("kernel/realtime", "1\n"),
        ("devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n"),
        ("devices/system/cpu/isolated", "2-3\n"),
        ("swaps", "Filename Type\n/swap file\n"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="ascii")
    monkeypatch.setattr(real_time_check, "_SYS", tmp_path)
    monkeypatch.setattr(real_time_check, "_PROC", tmp_path)
    assert real_time_check._kernel().health is Health.GOOD
    assert real_time_check._governor().found == "saves power: powersave"
    assert real_time_check._spare_cores().found.endswith("kept free: 2-3")
    assert real_time_check._swap().found == "1 in use"


def test_the_doctor_shows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_real_time", lambda: real_time_checks(ticks=5))
    out = io.StringIO()
    code = run_doctor(console=Console(file=out, width=80), real_time=True)
    assert code in (0, 1)
    assert "SCHED_FIFO" in out.getvalue()
    assert max(map(len, out.getvalue().splitlines())) <= 80
