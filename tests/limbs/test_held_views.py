"""A copy of a robot and its controller is equal to the original, and neither knows of the other."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import dataclass

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.limbs.held_views import HoldsViews
from linewalker.limbs.model.robot_model import floor_model
from linewalker.limbs.profiles import PROFILES, load_profile
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from tests.object_graph import arrays_of, extent


@dataclass
class World:
    """A robot on its floor, and what moves it."""

    robot: SimulatedRobot
    motion: SafeMotion
    reach: Reach

    def run(self, ticks: int) -> np.ndarray:
        """Everything that happens, (ticks, nq + n)."""
        seen = []
        for _ in range(ticks):
            command = self.motion.tick(self.robot.sense())
            self.robot.act(command)
            seen.append(np.concatenate((self.robot.data.qpos, command.tau_nm)))
        return np.array(seen)


def world(name: str) -> World:
    profile = load_profile(name)
    model = floor_model(profile, visual=False)
    robot = SimulatedRobot(model, mujoco.MjData(model), profile, seed=1, command_delay_s=0.004)
    robot.place(0.0, 0.0, 0.0)
    motion = SafeMotion(MotionController(profile))
    return World(robot=robot, motion=motion, reach=Reach(motion, next(iter(profile.scanners))))


def pickled(thing: World) -> World:
    return pickle.loads(pickle.dumps(thing))


def overlaps(arrays: dict[str, np.ndarray]) -> set[tuple[str, str]]:
    """Which arrays share memory."""
    order = sorted((extent(array), name) for name, array in arrays.items() if array.size)
    found = set()
    for i, ((_, end), name) in enumerate(order):
        for (begin, _), other in order[i + 1 :]:
            if begin >= end:
                break
            found.add((min(name, other), max(name, other)))
    return found


@pytest.mark.parametrize("copied", [copy.deepcopy, pickled], ids=["copy", "pickle"])
@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_original_and_copy_live_the_same_life(robot: str, copied: Callable[[World], World]) -> None:
    original = world(robot)
    original.run(300)
    original.motion.walk_to(1.0, 0.2, 0.3)
    original.run(450)
    twin, late_twin = copied(original), copied(original)
    lived = original.run(400)
    np.testing.assert_array_equal(twin.run(400), lived)
    twin.motion.request_stop()
    twin.run(50)
    np.testing.assert_array_equal(late_twin.run(400), lived)
    assert original.motion.state.steps > 1


@pytest.mark.parametrize("copied", [copy.deepcopy, pickled], ids=["copy", "pickle"])
def test_every_view_of_the_original_is_one_of_the_copy_too(copied: Callable[[World], World]) -> None:
    original = world("g1")
    original.run(20)
    arrays, copies = arrays_of(original), arrays_of(copied(original))
    assert len(arrays) > 300
    assert copies.keys() == arrays.keys()
    assert overlaps(copies) == overlaps(arrays)
    shared = [name for name, array in arrays.items() if array.size and np.may_share_memory(array, copies[name])]
    assert not shared
    for name, array in arrays.items():  # kernels are compiled for kinds of arrays
        assert (copies[name].dtype, copies[name].flags.c_contiguous) == (array.dtype, array.flags.c_contiguous), name


class Row(HoldsViews):
    def __init__(self) -> None:
        self.table = np.zeros((3, 2))
        self._take_views()

    def _take_views(self) -> None:
        self.last = self.table[-1]


def test_a_view_follows_its_own_table() -> None:
    original = Row()
    twin = copy.deepcopy(original)
    twin.table[-1] = 1.0
    np.testing.assert_array_equal(twin.last, 1.0)
    np.testing.assert_array_equal(original.last, 0.0)
