"""What this machine lacks to work a robot at its own wire in real time, and how to mend it."""

from __future__ import annotations

import os
import platform
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from linewalker.cachefolder import files
from linewalker.console.doctor import Check, Health
from linewalker.limbs.robot import CONTROL_PERIOD_S

PRIORITY = 80
TICKS = 1000
LATE_S, FAR_TOO_LATE_S = 1e-3, 4e-3
_CORES = 4
_LIMITS = "/etc/security/limits.d/linewalker.conf"
_GROUP = "sudo groupadd -f realtime; sudo usermod -aG realtime $USER"
_PROC, _SYS = Path("/proc"), Path("/sys")


def real_time_checks(ticks: int = TICKS) -> list[Check]:
    """Look at everything that makes ticks late; takes some seconds, changes nothing.

    Args:
        ticks: to be waited for, to see how late they come.
    """
    looks: list[Callable[[], Check]] = [_kernel, _priority, _memory_lock, _swap, _governor, _spare_cores, _compiled]
    return [*(look() for look in looks), _punctuality(ticks)]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _kernel() -> Check:
    version = platform.version()
    if _read(_SYS / "kernel" / "realtime") == "1" or "PREEMPT_RT" in version:
        return Check(name="kernel", health=Health.GOOD, found="a real-time kernel")
    remedy = "a kernel with PREEMPT_RT, on Ubuntu: sudo pro enable realtime-kernel; or see whether ticks come in time"
    preempts = "PREEMPT" in version
    found = "preempts, but is no real-time kernel" if preempts else "does not preempt"
    return Check(name="kernel", health=Health.ADVICE, found=found, remedy=remedy)


def _priority() -> Check:
    with _fifo() as granted:
        if granted:
            return Check(name="priority", health=Health.GOOD, found="SCHED_FIFO is allowed")
    remedy = f"{_GROUP}; echo '@realtime - rtprio 95' | sudo tee -a {_LIMITS}; log in anew"
    return Check(name="priority", health=Health.BAD, found="SCHED_FIFO is not allowed", remedy=remedy)


def _memory_lock() -> Check:
    allowed, _ = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if allowed == resource.RLIM_INFINITY or os.geteuid() == 0:
        return Check(name="memory lock", health=Health.GOOD, found="all memory may be locked")
    remedy = f"{_GROUP}; echo '@realtime - memlock unlimited' | sudo tee -a {_LIMITS}; log in anew"
    found = f"only {allowed / 1e6:.0f} MB may be locked"
    return Check(name="memory lock", health=Health.BAD, found=found, remedy=remedy)


def _swap() -> Check:
    swaps = _read(_PROC / "swaps").splitlines()[1:]
    if not swaps:
        return Check(name="swap", health=Health.GOOD, found="there is none")
    return Check(name="swap", health=Health.ADVICE, found=f"{len(swaps)} in use", remedy="sudo swapoff -a")


def _governor() -> Check:
    folder = _SYS / "devices" / "system" / "cpu"
    governors = {_read(path) for path in folder.glob("cpu[0-9]*/cpufreq/scaling_governor")} - {""}
    if governors <= {"performance"}:
        found = "runs at full speed" if governors else "does not say how fast it runs"
        return Check(name="processor speed", health=Health.GOOD, found=found)
    found = f"saves power: {', '.join(sorted(governors))}"
    return Check(
        name="processor speed", health=Health.ADVICE, found=found, remedy="sudo cpupower frequency-set -g performance"
    )


def _spare_cores() -> Check:
    count, isolated = len(os.sched_getaffinity(0)), _read(_SYS / "devices" / "system" / "cpu" / "isolated")
    if isolated:
        return Check(name="cores", health=Health.GOOD, found=f"{count}, kept free: {isolated}")
    if count >= _CORES:
        return Check(name="cores", health=Health.GOOD, found=f"{count}")
    remedy = "a machine with four cores; end what else runs on this one"
    return Check(name="cores", health=Health.ADVICE, found=f"{count}", remedy=remedy)


def _compiled() -> Check:
    kernels = [path for path in files() if path.suffix == ".kernel"]
    if kernels:
        return Check(name="compiled kernels", health=Health.GOOD, found=f"{len(kernels)} files")
    found = "none: the first tick would take a minute"
    return Check(name="compiled kernels", health=Health.BAD, found=found, remedy="linewalker prepare")


def _punctuality(ticks: int) -> Check:
    """How late this machine wakes a program for its next tick, at the best priority it allows."""
    with _fifo() as granted:
        late_s = lateness(ticks)
    p99, worst = float(np.quantile(late_s, 0.99)), float(late_s.max())
    how = "with SCHED_FIFO" if granted else "without SCHED_FIFO"
    found = f"{len(late_s)} ticks {how}: p99 {1e3 * p99:.2f} ms late, worst {1e3 * worst:.2f} ms"
    if p99 <= LATE_S and worst <= FAR_TOO_LATE_S:
        return Check(name="ticks", health=Health.GOOD, found=found)
    remedy = "mend what stands above, end other programs, and look again"
    return Check(name="ticks", health=Health.BAD if p99 > LATE_S else Health.ADVICE, found=found, remedy=remedy)


def lateness(
    ticks: int,
    period_s: float = CONTROL_PERIOD_S,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> np.ndarray:
    """By how much ticks of a period come late when they are slept for, (ticks,), s."""
    late_s, due_s = np.zeros(ticks), clock()
    for k in range(ticks):
        due_s = max(due_s + period_s, clock())  # what is late is not made up for
        sleep(max(0.0, due_s - clock()))
        late_s[k] = clock() - due_s
    return late_s


@contextmanager
def _fifo() -> Iterator[bool]:
    """This thread at a real-time priority for a moment, if that is allowed."""
    before = os.sched_getscheduler(0)
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(PRIORITY))
    except PermissionError:
        yield False
        return
    try:
        yield True
    finally:
        os.sched_setscheduler(0, before, os.sched_param(0))
