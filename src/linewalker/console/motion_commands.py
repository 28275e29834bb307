"""What ``linewalker walk`` and ``linewalker reach`` share: the stage, how numbers are read, how results are shown."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from linewalker.brain.route import Waypoint, plan_route
from linewalker.console.audience import Audience
from linewalker.errors import InputError, UnreachableError
from linewalker.geometry import Array
from linewalker.limbs.checks.robot_measures import girth_m
from linewalker.limbs.localisation.tag_boards import read_boards
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated.wear import Wear
from linewalker.messages.catalogue import say
from linewalker.station.bench import Floor

DONE = 0
_LARGEST = 1e9
SPARE_M = 0.2
"""What a path leaves between an obstacle and the standing robot: it sways, swings its arms, and cuts corners."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Which robot, which noise, who watches, what stands in the way (outlines (k, 2), m), and a file of boards.

    ``hung`` says where the boards hang in truth, if not there; only the scene is made of it. ``wear`` is what of the
    robot is worn, as written.
    """

    robot: str
    seed: int
    audience: Audience
    obstacles: tuple[Array, ...] = ()
    boards: Path | None = None
    hung: Path | None = None
    wear: tuple[str, ...] = ()

    def build(self) -> Floor:
        """The robot, standing.

        Raises:
            InputError: a file of boards is wrong or missing, or the robot has no camera to see them with.
        """
        profile, boards = load_profile(self.robot), () if self.boards is None else read_boards(self.boards)
        if self.hung is not None and not boards:
            raise InputError("--hung says where the boards of --boards hang in truth: give that file, too")
        hung = () if self.hung is None else read_boards(self.hung)
        if boards and not profile.cameras:
            raise InputError(f"--boards: the robot {profile.name} has no camera to see them with")
        wear = [Wear.read(text, profile) for text in self.wear]
        watched = self.audience.view or self.audience.video is not None
        floor = Floor(profile, self.seed, visual=watched, obstacles=self.obstacles, boards=boards, hung=hung, wear=wear)
        gc.freeze()  # to look through what has been built takes longer than a tick
        return floor

    @cached_property
    def clearance_m(self) -> float:
        """From a path to any obstacle."""
        return girth_m(load_profile(self.robot)) + SPARE_M

    def route(self, start: Waypoint, goal: Waypoint) -> list[Waypoint]:
        """The way to a goal, start left out.

        Raises:
            InputError: there is none.
        """
        if not self.obstacles:
            return [goal]
        try:
            return plan_route(start, goal, self.obstacles, clearance_m=self.clearance_m)
        except UnreachableError as error:
            place = f"--goal {goal.x:g},{goal.y:g},{np.degrees(goal.yaw):g}"
            raise InputError(f"{place}: {error}; {self.robot} keeps {self.clearance_m:.2f} m clear") from None


def numbers(text: str, option: str, names: str) -> Array:
    """Comma-separated numbers of an option, as many as ``names`` has.

    Raises:
        InputError: they are not.
    """
    try:
        values = np.array([float(part) for part in text.split(",")])
    except ValueError:
        values = np.array([])
    if len(values) != len(names.split(",")) or not (np.abs(values) <= _LARGEST).all():
        raise InputError(f"{option} {text!r}: expected {names}, numbers of ordinary size with commas between them")
    return values


def table_of(*headings: str) -> Table:
    """A table with headings, which are translated."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(say(heading))
    return table


def show(table: Table, stage: Stage, console: Console) -> None:
    """Print it, and where the film is."""
    console.print(table)
    if stage.audience.video is not None:
        console.print(say(f"film: {stage.audience.video}"), soft_wrap=True)
