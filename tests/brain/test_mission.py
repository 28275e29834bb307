"""Laws of missions."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from linewalker.brain.mission import Mission, SkillCall, Visit, calls_for, plan_mission, visits_by
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.scan_seam import ScanSeam, is_upright
from linewalker.brain.skills.skill import Fix, Placement, Skill
from linewalker.brain.skills.skills import SKILLS
from linewalker.errors import InputError, UnreachableError
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic, Severity
from linewalker.inspection.method import Limits, Need, Question
from linewalker.inspection.part.question import PartQuestion
from linewalker.inspection.seam.question import Quantity, SeamQuestion
from linewalker.inspection.title import Title
from linewalker.vehicle import load_vehicle
from linewalker.vehicle.cad_export import cad_export_of

HOME = Waypoint(x=-1.0, y=-2.2, yaw=0.0)
ALLOWED = Limits(unit="mm", nominal=4.0, lower=3.0, upper=5.0)


def characteristic(name: str, method: str, feature: str, question: Question) -> Characteristic:
    return Characteristic(
        id=name,
        title=Title(zh="测点", en="point"),
        method=method,
        severity=Severity.MAJOR,
        feature=feature,
        question=question,
        when={},
    )


@pytest.fixture(scope="module")
def catalogue() -> VehicleCatalogue:
    return VehicleCatalogue.from_dict(cad_export_of(load_vehicle("sedan")))


@pytest.fixture(scope="module")
def calls(catalogue: VehicleCatalogue) -> list[SkillCall]:
    wanted = []
    for i, (name, seam) in enumerate(catalogue.seams.items()):
        for quantity in Quantity:
            asked = SeamQuestion(quantity=quantity, seam=name, point=seam.middle_clear(), limits=ALLOWED)
            wanted.append(characteristic(f"{i}-{quantity.name}", quantity.name.lower(), name, asked))
    for name, part in catalogue.parts.items():
        seen = PartQuestion(part=part, only_presence=True, limits=Limits())
        wanted.append(characteristic(f"P-{name}", "presence", name, seen))
    return calls_for(wanted, SKILLS)


def point_of(call: SkillCall, catalogue: VehicleCatalogue) -> np.ndarray:
    """Where the feature of a call is, mm, V."""
    if call.skill == "look_at_part":
        return catalogue.parts[str(call.values["part"])].p_V_mm
    return catalogue.seams[str(call.values["seam"])].at_arc(float(call.values["arc_mm"])).centre_V_mm


def in_front_of(catalogue: VehicleCatalogue) -> Callable[[SkillCall], Visit]:
    """A visit half a metre out of the car's middle through the feature; every second scan is flipped."""

    def visit(call: SkillCall) -> Visit:
        p = point_of(call, catalogue)
        middle = catalogue.footprint_mm.mean(axis=0)
        out = (p[:2] - middle) / np.linalg.norm(p[:2] - middle)
        x, y = 1e-3 * p[:2] + 0.5 * out
        stance, fix = Waypoint(x=float(x), y=float(y), yaw=0.0), Fix.NOTHING
        if call.skill == "scan_seam":
            seam = catalogue.seams[str(call.values["seam"])]
            fix = Fix.ALONG_AND_ACROSS if is_upright(seam.at_arc(float(call.values["arc_mm"]))) else Fix.PARTLY
            values = {**call.values, "flipped": len(seam.name) % 2 == 0}
            call = SkillCall(skill=call.skill, values=values, characteristics=call.characteristics)
        return Visit(stance=stance, call=call, fix=fix)

    return visit


def test_one_scan_serves_gap_and_flush(catalogue: VehicleCatalogue, calls: list[SkillCall]) -> None:
    scans = [call for call in calls if call.skill == "scan_seam"]
    assert len(scans) == len(catalogue.seams)
    assert all(len(call.characteristics) == 2 for call in scans)
    assert sum(call.skill == "look_at_part" for call in calls) == len(catalogue.parts)


def test_points_less_than_a_millimetre_apart_are_one_scan(catalogue: VehicleCatalogue) -> None:
    seam = catalogue.seams["front_door_left/rear_door_left"]
    arcs = (100.0, 100.4, 102.0)
    asked = (SeamQuestion(quantity=Quantity.GAP, seam=seam.name, point=seam.at_arc(a), limits=ALLOWED) for a in arcs)
    calls = calls_for([characteristic(f"{i}", "gap", seam.name, q) for i, q in enumerate(asked)], SKILLS)
    assert [call.values["arc_mm"] for call in calls] == [100.0, 102.0]
    assert [[c.id for c in call.characteristics] for call in calls] == [["0", "1"], ["2"]]


class Wishful:
    """Needs what it is told."""

    limits = Limits()

    def __init__(self, need: Need):
        self.need = need


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(skill="scan_saem", parameters={}), "X needs the skill 'scan_saem', which nobody offers; did you mean"),
        (Need(skill="look_at_part", parameters={}), "needs the parameter part"),
        (Need(skill="look_at_part", parameters={"prat": "mirror"}), "no parameter 'prat'; did you mean 'part'"),
    ],
)
def test_a_need_that_nobody_can_fulfil_is_named(need: Need, says: str) -> None:
    with pytest.raises(InputError, match=says):
        calls_for([characteristic("X", "own", "mirror", Wishful(need))], SKILLS)  # type: ignore[arg-type]


def test_every_call_is_one_visit_or_one_refusal(catalogue: VehicleCatalogue, calls: list[SkillCall]) -> None:
    unreachable = calls[0]
    find = in_front_of(catalogue)

    def visit(call: SkillCall) -> Visit:
        if call is unreachable:
            raise UnreachableError("too high")
        return find(call)

    mission = plan_mission(calls, catalogue, visit, HOME)
    visited = sorted(c.id for visit in mission.visits for c in visit.call.characteristics)
    assert visited == sorted(c.id for call in calls[1:] for c in call.characteristics)
    assert mission.refused == {c.id: "too high" for c in unreachable.characteristics}


def test_the_way_goes_once_around_the_car(catalogue: VehicleCatalogue, calls: list[SkillCall]) -> None:
    mission = plan_mission(calls, catalogue, in_front_of(catalogue), HOME)
    middle = 1e-3 * catalogue.footprint_mm.mean(axis=0)

    def bearing(visit: Visit) -> float:
        return float(np.arctan2(visit.stance.y - middle[1], visit.stance.x - middle[0]))

    turns = np.unwrap([bearing(visit) for visit in mission.visits])
    assert abs(turns[-1] - turns[0]) < 2 * np.pi
    steps = np.diff(turns) * np.sign(turns[-1] - turns[0])
    assert (steps > -0.3).all()  # a corner stands nearer to one edge than its bearing says


def test_what_tells_where_the_car_stands_comes_first(catalogue: VehicleCatalogue, calls: list[SkillCall]) -> None:
    mission = plan_mission(calls, catalogue, in_front_of(catalogue), HOME)
    fixes = [visit.fix for visit in mission.visits if visit.fix is not Fix.NOTHING]
    assert Fix.PARTLY in fixes
    there, back = fixes.index(Fix.ALONG_AND_ACROSS), fixes[::-1].index(Fix.ALONG_AND_ACROSS)
    assert there <= back


def test_a_visit_takes_over_what_the_skill_chose(catalogue: VehicleCatalogue) -> None:
    class Flipping(ScanSeam):
        def __init__(self) -> None:
            pass

        def place(self, _values: object, _catalogue: object) -> Placement:
            return Placement(stance=HOME, chosen={"flipped": True})

    values: dict[str, float | str | bool] = {"seam": "hood/front_bumper", "arc_mm": 400.0, "flipped": False}
    skills: dict[str, Skill] = {"scan_seam": Flipping()}
    visit = visits_by(skills, catalogue)(SkillCall(skill="scan_seam", values=values))
    assert visit.call.values == {**values, "flipped": True}
    assert (visit.stance, visit.fix) == (HOME, Fix.PARTLY)


PROGRAM = """
import pickle, sys
from tests.brain.test_mission import itinerary
print("\\n".join(itinerary(pickle.load(sys.stdin.buffer))))
"""


def itinerary(mission: Mission) -> list[str]:
    visits = [
        f"{v.stance} {v.call.skill} {dict(v.call.values)} {v.fix} {[c.id for c in v.call.characteristics]}"
        for v in mission.visits
    ]
    return [*visits, str(mission.refused)]


def test_another_process_gets_the_same_mission(catalogue: VehicleCatalogue, calls: list[SkillCall]) -> None:
    mission = plan_mission(calls, catalogue, in_front_of(catalogue), HOME)
    assert {visit.call.values.get("flipped") for visit in mission.visits} == {True, False, None}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=pickle.dumps(mission), capture_output=True, check=True, cwd=root
    )
    assert done.stdout.decode().splitlines() == itinerary(mission)


def test_what_a_mission_asks_for_is_small_enough_to_send(catalogue: VehicleCatalogue, calls: list[SkillCall]) -> None:
    mission = plan_mission(calls, catalogue, in_front_of(catalogue), HOME)
    assert len(pickle.dumps(mission)) < 4000 * len(mission.visits)
