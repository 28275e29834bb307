"""What a user hands in for a shift, read and checked before anything is written or moves."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import linewalker
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import RunHeader
from linewalker.inspection.plan import InspectionPlan
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import load_profile
from linewalker.station.inputs import (
    KnownModels,
    Progress,
    fingerprint,
    load_models,
    read_inspection_plan,
    read_orders,
)


@dataclass(frozen=True, kw_only=True)
class ShiftFiles:
    """What a user hands in.

    Attributes:
        shift, plan, world: the three files. A world may be left out; so may the shift of a station that waits for a
            line, unless there is a world, which speaks of the cars of a shift.
        robot: name of the robot.
        seed: of everything random.
    """

    shift: Path | None
    plan: Path
    world: Path | None
    robot: str
    seed: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Shift:
    """The files, read and checked; what a simulation reads besides is its own affair."""

    files: ShiftFiles
    profile: RobotProfile
    models: KnownModels
    plan: InspectionPlan
    orders: tuple[BuildOrder, ...]

    @property
    def header(self) -> RunHeader:
        """What the records say about where results come from."""
        return RunHeader(
            shift="" if self.files.shift is None else _name(self.files.shift),
            shift_sha256="" if self.files.shift is None else fingerprint(self.files.shift),
            plan=_name(self.files.plan),
            plan_sha256=fingerprint(self.files.plan),
            station="simulated station",
            robot=self.profile.name,
            software=f"linewalker {linewalker.__version__}",
            seed=self.files.seed,
        )


def _name(file: Path) -> str:
    """The name of a file, whatever bytes it was given, as a text that can be stored."""
    return os.fsencode(file.name).decode("utf-8", "replace")


def read_shift_files(files: ShiftFiles, progress: Progress | None = None) -> Shift:
    """Read and check shift and plan before anything is written or moves.

    Raises:
        InputError: names file, line, key and what is allowed.
    """
    profile = load_profile(files.robot)
    models = load_models(progress=progress)
    plan = read_inspection_plan(files.plan, models)
    orders = () if files.shift is None else read_orders(files.shift, plan, models)
    return Shift(files=files, profile=profile, models=models, plan=plan, orders=orders)
