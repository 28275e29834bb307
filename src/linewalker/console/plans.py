"""``linewalker plan``: what the robot can reach, and what a plan can name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.table import Table
from rich.text import Text

from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.skills import SkillSet
from linewalker.console.terminal import narrow_table, terminal
from linewalker.console.waiting import waiting
from linewalker.errors import InputError
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.cad.seam import Seam
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.method import Feature
from linewalker.inspection.methods import methods_for
from linewalker.limbs.profiles import load_profile
from linewalker.messages.catalogue import say
from linewalker.messages.language import chosen
from linewalker.plantfile import allowed_text
from linewalker.station.inputs import known_models, load_models, read_inspection_plan, read_orders
from linewalker.station.simulated_station import MissionPlanner

ALL_REACHED, NOT_ALL_REACHED = 0, 1


def check_plan(plan_file: Path, shift_file: Path, robot: str) -> int:
    """``linewalker plan check``: 0 if the robot reaches everything that applies to the cars of the shift, else 1."""
    console = terminal()
    profile = load_profile(robot)
    with waiting("loading the vehicle models", console):
        models = load_models()
    plan = read_inspection_plan(plan_file, models)
    orders = read_orders(shift_file, plan, models)
    with waiting("looking for stances", console):
        planner = MissionPlanner(plan, models, SkillSet(Equipment(profile)))
        missions = [planner.mission(order) for order in orders]
    refused: dict[str, dict[str, str]] = {}
    wanted: dict[str, dict[str, Characteristic]] = {}
    for order, mission in zip(orders, missions):
        applicable = plan.applicable(order.model, order.options)
        wanted.setdefault(order.model, {}).update({c.id: c for c in applicable})
        refused.setdefault(order.model, {}).update(mission.refused)
    for model, characteristics in wanted.items():
        console.print(_reach_table(model, list(characteristics.values()), refused[model]))
    missing = sum(len(reasons) for reasons in refused.values())
    total = sum(len(characteristics) for characteristics in wanted.values())
    name = chosen(zh=profile.title_zh, en=profile.title_en)
    console.print(say(f"{total - missing} of {total} characteristics can be reached by {name}"))
    return NOT_ALL_REACHED if missing else ALL_REACHED


def _reach_table(model: str, characteristics: Sequence[Characteristic], refused: dict[str, str]) -> Table:
    table = narrow_table(model)
    for heading in ("id", "characteristic"):
        table.add_column(say(heading), overflow="fold")
    table.add_column(say("feature, method"), no_wrap=True)  # the name of a seam is copied into a plan
    table.add_column(say("reach"), overflow="fold")
    for c in characteristics:
        reach = Text(say("yes"), style="green")
        if c.id in refused:
            reach = Text.assemble((say("no"), "bold red"), f": {say(refused[c.id])}")
        table.add_row(c.id, c.title.spoken, f"{c.feature}\n{c.method}", reach)
    return table


def list_features(model: str) -> None:
    """``linewalker plan features``: the seams and parts of a model, with their vehicle coordinates in mm.

    Raises:
        InputError: there is no such model.
    """
    if model not in known_models():
        raise InputError(f"unknown vehicle model '{model}'; {allowed_text(model, known_models())}")
    catalogue = load_models([model]).catalogues[model]
    console = terminal()
    console.print(_seam_table(catalogue))
    console.print(_part_table(catalogue))
    options = "; ".join(f"{name}: {', '.join(values)}" for name, values in catalogue.options.items())
    console.print(say(f"options: {options}"))
    console.print(say(f"the floor is at z = {-catalogue.axle_height_mm:.0f} mm"))


def _methods(feature: Feature) -> str:
    """The methods that inspect such a feature, as a plan names them."""
    return ", ".join(methods_for(feature))


def _seam_table(catalogue: VehicleCatalogue) -> Table:
    table = narrow_table(
        say(f"{catalogue.model}: seams ({_methods(Feature.SEAM)}); clear stretches are the ones to measure at")
    )
    table.add_column(say("seam"), no_wrap=True)
    for heading in ("x mm", "y mm", "z mm", say("clear")):
        table.add_column(heading, overflow="fold")
    for seam in catalogue.seams.values():
        low, high = seam.centre_V_mm.min(axis=0), seam.centre_V_mm.max(axis=0)
        ranges = (_range(a, b) for a, b in zip(low, high))
        table.add_row(f"{seam.name}\n{seam.title.spoken}", *ranges, _clear_text(seam))
    return table


def _clear_text(seam: Seam) -> str:
    """The ends of each clear stretch, one a line, in the coordinate that changes most along the seam."""
    axis = int(np.argmax(np.ptp(seam.centre_V_mm, axis=0)))
    steps = np.diff(np.r_[False, seam.clear, False].astype(int))
    runs = zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1) - 1)
    values = seam.centre_V_mm[:, axis]
    return "\n".join(f"{'xyz'[axis]} {_range(values[a], values[b])}" for a, b in runs if b > a) or say("nowhere")


def _range(a: float, b: float) -> str:
    """``-728…-423``, the lower end first; without a blank to break it at on 80 columns."""
    return f"{min(a, b):.0f}…{max(a, b):.0f}"


def _part_table(catalogue: VehicleCatalogue) -> Table:
    table = narrow_table(say(f"{catalogue.model}: parts ({_methods(Feature.PART)})"))
    table.add_column(say("part"), no_wrap=True)
    for heading in ("on", "centre mm", "option", "variants"):
        table.add_column(say(heading), overflow="fold")
    for part in catalogue.parts.values():
        centre = ", ".join(f"{c:.0f}" for c in part.p_V_mm)
        variants = ", ".join(part.variants)
        table.add_row(f"{part.name}\n{part.title.spoken}", part.panel, centre, part.option or "", variants)
    return table
