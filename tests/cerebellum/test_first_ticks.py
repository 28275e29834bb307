"""Nothing is compiled, or read from a disk, in any tick of a controller: not the first, nor the first of a new kind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.rig import Rig
from numba.core import event

from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.geometry import Pose
from linewalker.kernel import KernelCache
from linewalker.limbs.profiles import PROFILES
from linewalker.limbs.robot import LocalisationFix, Readings


@contextmanager
def nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails where a kernel is compiled or looked for on the disk, or a module is imported."""

    def looked_for(kernel: KernelCache, sig: object, _context: object) -> None:
        raise AssertionError(f"{kernel._name} is looked for in a tick, for {sig}")

    with monkeypatch.context() as patched, event.install_recorder("numba:compile") as recorder:
        patched.setattr(KernelCache, "load_overload", looked_for)
        imported = set(sys.modules)
        yield
        assert set(sys.modules) == imported
    assert [str(entry) for _, entry in recorder.buffer] == []


@pytest.mark.parametrize("name", PROFILES)
def test_nothing_is_compiled_from_the_first_tick_on(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rig = Rig(2, name)
    rig.motion = motion = SafeMotion(MotionController(rig.robot.profile))
    arm = Reach(motion, next(iter(rig.robot.profile.scanners)))
    with nothing_compiled(monkeypatch):
        rig.run(0.6)
        motion.walk_to(0.25, 0.05, 0.2)
        rig.run(10.0, until=lambda: motion.state.arrived)
        assert motion.state.arrived
        motion.walk(0.2, 0, 0)
        rig.run(1.2)
        rig.push((0.0, 3.0 * motion.dynamics.mass, 0.0), 0.1)
        rig.run(1.0, until=lambda: motion.controller.walking.recovery.active)
        assert motion.controller.walking.recovery.active
        motion.walk(0, 0, 0)
        rig.run(5.0, until=lambda: motion.state.settled)
        X_WF = motion.pose_of(arm.sensor)
        for _ in arm.go_to(Pose(p=X_WF.p + [0.02, 0.0, 0.01], R=X_WF.R)):
            rig.tick()
        assert arm.error()[0] < 0.01
        motion.request_stop()
        rig.run(4.0, until=lambda: motion.stop_state is StopState.HOLDING)
        motion.lower()
        rig.run(0.5)
        assert motion.stop_state is StopState.LOWERING


def test_readings_of_any_layout_are_taken_as_they_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read-only, strided, single precision, not aligned, of another byte order: as drivers hand them on."""
    rigs = Rig(3), Rig(3)
    n = len(rigs[0].robot.profile.joints)
    raw = np.zeros(8 * n + 1, np.uint8)
    with nothing_compiled(monkeypatch):
        for tick in range(200):
            plain, odd = (rig.robot.sense() for rig in rigs)
            raw[1:] = np.frombuffer(odd.q_rad.tobytes(), np.uint8)
            frozen = odd.dq_rad_s.copy()
            frozen.flags.writeable = False
            odd = replace(
                odd,
                q_rad=raw[1:].view(np.float64),
                dq_rad_s=frozen,
                tau_nm=np.repeat(odd.tau_nm, 2)[::2],
                gyro_rad_s=odd.gyro_rad_s.astype(">f8"),
                fix=None if odd.fix is None else transposed(odd.fix),
            )
            commands = [rig.motion.tick(reading) for rig, reading in zip(rigs, (plain, odd))]
            assert commands[0].tau_nm.tobytes() == commands[1].tau_nm.tobytes(), tick
            for rig, command in zip(rigs, commands):
                rig.robot.act(command)
        single = rigs[1].robot.sense()
        rigs[1].motion.tick(Readings(time_s=single.time_s, **{k: in_single(single, k) for k in FELT}))
    assert rigs[0].motion.estimate.localised
    assert rigs[1].state.mode is Mode.STANDING


FELT = ("gyro_rad_s", "accel_m_s2", "q_rad", "dq_rad_s", "tau_nm")


def in_single(readings: Readings, name: str) -> np.ndarray:
    """A field in single precision."""
    return np.asarray(getattr(readings, name), np.float32)


def transposed(fix: LocalisationFix) -> LocalisationFix:
    """The same fix with its rotation column by column and a covariance that can not be written to."""
    X = Pose(p=fix.X_WT.p, R=np.asfortranarray(fix.X_WT.R))
    return replace(fix, X_WT=X)
