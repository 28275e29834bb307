"""Laws of missions."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linewalker.brain.mission import Mission, MissionMaker, calls_for
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.scan_seam import ScanSeam, is_upright
from linewalker.brain.skills.skill import Fix, Placement, Skill, Values
from linewalker.brain.skills.skills import SKILLS
from linewalker.brain.travel_time import Ways
from linewalker.brain.visit import SkillCall
from linewalker.errors import InputError, UnreachableError
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.method import Limits, Need, Question
from linewalker.inspection.part.question import PartQuestion
from linewalker.inspection.seam.question import Quantity, SeamQuestion
from linewalker.inspection.severity import Severity
from linewalker.inspection.title import Title
from linewalker.limbs.profile import Gait
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


def feature_of(values: Values, catalogue: VehicleCatalogue) -> np.ndarray:
    """Where the feature of a call is, mm, V."""
    if "part" in values:
        return catalogue.parts[str(values["part"])].p_V_mm
    return catalogue.seams[str(values["seam"])].at_arc(float(values["arc_mm"])).centre_V_mm


class Before(Skill):
    """Is done half a metre out of the car's middle through the feature; every second scan is flipped.

    Args:
        refuses: what no stance is found for.
        shares: whether two of them can be done from between them.
        seen: places from which it can be done in passing, and standing there.
    """

    def __init__(self, *, refuses: Values | None = None, shares: bool = False, seen: Sequence[Waypoint] = ()):
        self._refuses, self._shares, self._seen = refuses, shares, seen

    def place(self, values: Values, catalogue: VehicleCatalogue) -> Placement:
        if values == self._refuses:
            raise UnreachableError("too high")
        p = feature_of(values, catalogue)
        middle = catalogue.footprint_mm.mean(axis=0)
        out = (p[:2] - middle) / np.linalg.norm(p[:2] - middle)
        x, y = 1e-3 * p[:2] + 0.5 * out
        chosen = {"flipped": len(str(values["seam"])) % 2 == 0} if "seam" in values else {}
        return Placement(stance=Waypoint(x=float(x), y=float(y), yaw=0.0), chosen=chosen)

    def together(self, many: Sequence[Values], catalogue: VehicleCatalogue) -> Sequence[Placement] | None:
        if not self._shares:
            return None
        places = [self.place(values, catalogue) for values in many]
        x, y = np.mean([place.stance.p for place in places], axis=0)
        return [Placement(stance=Waypoint(x=float(x), y=float(y), yaw=0.0), chosen=p.chosen) for p in places]

    def at(self, _values: Values, _catalogue: VehicleCatalogue, stance: Waypoint) -> Placement | None:
        near = any(np.hypot(*(stance.p - place.p)) < 0.4 for place in self._seen)
        return Placement(stance=stance) if near else None

    def views(self, _values: Values, _catalogue: VehicleCatalogue) -> Sequence[Waypoint]:
        return self._seen

    def fix(self, values: Values, catalogue: VehicleCatalogue) -> Fix:
        if "seam" not in values:
            return Fix.NOTHING
        point = catalogue.seams[str(values["seam"])].at_arc(float(values["arc_mm"]))
        return Fix.ALONG_AND_ACROSS if is_upright(point) else Fix.PARTLY

    def cost_s(self, _values: Values) -> float:
        return 2.0

    def do(self, _values: Values, _site: object) -> Any:
        raise NotImplementedError


def mission_for(
    calls: Sequence[SkillCall], catalogue: VehicleCatalogue, scan: Skill | None = None, look: Skill | None = None
) -> Mission:
    skills = {"scan_seam": scan or Before(), "look_at_part": look or Before()}
    ways = Ways([1e-3 * catalogue.footprint_mm], Gait())
    return MissionMaker(skills, catalogue, ways, HOME).mission(calls)


@pytest.fixture(scope="module")
def mission(catalogue: VehicleCatalogue, calls: list[SkillCall]) -> Mission:
    return mission_for(calls, catalogue)


def served(mission: Mission) -> list[str]:
    return sorted(c.id for visit in mission.visits for call in visit.calls for c in call.characteristics)


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


def test_every_call_is_in_one_visit_or_refused(catalogue: VehicleCatalogue, calls: list[SkillCall]) -> None:
    unreachable = calls[0]
    mission = mission_for(calls[:8], catalogue, Before(refuses=unreachable.values))
    assert served(mission) == sorted(c.id for call in calls[1:8] for c in call.characteristics)
    assert mission.refused == {c.id: "too high" for c in unreachable.characteristics}
    assert mission.calls == 7


def test_what_tells_where_the_car_stands_comes_first(mission: Mission) -> None:
    fixes = [visit.fix for visit in mission.visits if visit.fix is not Fix.NOTHING]
    assert Fix.PARTLY in fixes
    assert fixes[0] is Fix.ALONG_AND_ACROSS


def test_it_lasts_as_long_as_its_walks_and_its_work(catalogue: VehicleCatalogue, mission: Mission) -> None:
    ways = Ways([1e-3 * catalogue.footprint_mm], Gait())
    stances = [HOME, *(visit.stance for visit in mission.visits), HOME]
    walking_s = sum(ways.duration_s(a, b) for a, b in pairwise(stances))
    assert mission.duration_s == pytest.approx(walking_s + 2.0 * mission.calls)


def test_one_stance_serves_two_points_near_each_other(catalogue: VehicleCatalogue) -> None:
    seam = catalogue.seams["front_door_left/rear_door_left"]
    asked = (
        SeamQuestion(quantity=Quantity.GAP, seam=seam.name, point=seam.at_arc(a), limits=ALLOWED)
        for a in (100.0, 150.0)
    )
    near = calls_for([characteristic(f"{i}", "gap", seam.name, q) for i, q in enumerate(asked)], SKILLS)
    assert [len(visit.calls) for visit in mission_for(near, catalogue).visits] == [1, 1]
    (visit,) = mission_for(near, catalogue, Before(shares=True)).visits
    assert [call.values["arc_mm"] for call in visit.calls] == [100.0, 150.0]
    assert visit.fix is Fix.ALONG_AND_ACROSS


def test_what_is_seen_from_a_stop_or_in_passing_needs_no_stop(
    catalogue: VehicleCatalogue, calls: list[SkillCall]
) -> None:
    looks = [call for call in calls if call.skill == "look_at_part"][:2]
    scan = next(call for call in calls if call.values.get("seam") == "fender_left/front_door_left")
    stance = Before().place(scan.values, catalogue).stance
    at_stop = mission_for([scan, *looks], catalogue, look=Before(seen=[stance]))
    assert [len(visit.calls) for visit in at_stop.visits] == [3]
    aside = Waypoint(x=stance.x - 0.7, y=stance.y - 0.2, yaw=0.5)
    passed = mission_for([scan, *looks], catalogue, look=Before(seen=[aside]))
    assert sorted(visit.passing for visit in passed.visits) == [False, True, True]
    assert all(np.hypot(*(visit.stance.p - aside.p)) < 0.4 for visit in passed.visits if visit.passing)
    assert passed.duration_s < mission_for([scan, *looks], catalogue).duration_s


def test_a_visit_takes_over_what_the_skill_chose(catalogue: VehicleCatalogue) -> None:
    values = ScanSeam.complete({"seam": "front_door_left/rear_door_left", "arc_mm": 100.0})
    (visit,) = mission_for([SkillCall(skill="scan_seam", values=values)], catalogue).visits
    (call,) = visit.calls
    assert call.values == {**values, "flipped": True}
    assert visit.fix is Fix.ALONG_AND_ACROSS


PROGRAM = """
import pickle, sys
from tests.brain.test_mission import itinerary
print("\\n".join(itinerary(pickle.load(sys.stdin.buffer))))
"""


def itinerary(mission: Mission) -> list[str]:
    visits = [
        f"{v.stance} {call.skill} {dict(call.values)} {v.fix} {v.passing} {[c.id for c in call.characteristics]}"
        for v in mission.visits
        for call in v.calls
    ]
    return [*visits, str(mission.refused)]


def test_another_process_gets_the_same_mission(mission: Mission) -> None:
    assert {call.values.get("flipped") for visit in mission.visits for call in visit.calls} == {True, False, None}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=pickle.dumps(mission), capture_output=True, check=True, cwd=root
    )
    assert done.stdout.decode().splitlines() == itinerary(mission)


def test_what_a_mission_asks_for_is_small_enough_to_send(mission: Mission) -> None:
    assert len(pickle.dumps(mission)) < 4000 * len(mission.visits)
