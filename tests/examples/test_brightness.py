"""A method in a package of its own, from the plan to the score: nothing of ours knows it."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest

from linewalker.brain.inspector import VisitReport
from linewalker.brain.mission import Mission
from linewalker.brain.operator import Operator
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.skill import Site
from linewalker.brain.skills.skills import SkillSet
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.console.report import render_report
from linewalker.console.score_table import show_score
from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarResult, CharacteristicResult, results_document
from linewalker.geometry import Pose
from linewalker.inspection.method import Feature
from linewalker.inspection.methods import methods_for, title_of
from linewalker.inspection.plan import InspectionPlan
from linewalker.inspection.seam.vehicle_pose import VehiclePose
from linewalker.limbs.profiles import load_profile
from linewalker.station.illustrate import illustrated
from linewalker.station.inputs import KnownModels, load_models, read_inspection_plan
from linewalker.station.pictures import OrderPictures
from linewalker.station.plant import SimulatedPlant
from linewalker.station.simulated_station import MissionPlanner
from linewalker.station.true_answers import write_truth
from linewalker.study.score import score_run
from linewalker.vehicle.nominal_view import NominalView
from linewalker.wholefile import write_json
from linewalker.world.deviations import World, read_world
from tests.factory.samples import HEADER

EXAMPLE = Path(__file__).parents[2] / "examples" / "brightness"
ENTRY = """\
      - id: LAMP
        name: {zh: 左大灯亮度, en: "left head lamp, brightness"}
        method: brightness
        feature: head_lamp_left
        limits: [40, 250]
        class: major
"""
GOOD, BAD = (
    BuildOrder(sequence=i + 1, vin=f"LWKSD11A1T100000{i + 1}", model="sedan", options={"paint": "black"})
    for i in (0, 1)
)
WORLD = f"cars: {{{BAD.vin}: {{parts: {{head_lamp_left: missing}}}}}}\n"


@pytest.fixture(scope="module", autouse=True)
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """As pip leaves the example: its module, and what its pyproject.toml offers."""
    site = tmp_path_factory.mktemp("site")
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = site / f"linewalker_brightness-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")
    offers = "".join(
        f"[{group}]\n" + "".join(f"{name} = {what}\n" for name, what in offered.items())
        for group, offered in project["entry-points"].items()
    )
    (info / "entry_points.txt").write_text(offers, encoding="utf-8")
    (site / "brightness.py").write_text((EXAMPLE / "brightness.py").read_text(encoding="utf-8"), encoding="utf-8")
    sys.path.insert(0, str(site))
    yield
    sys.path.remove(str(site))
    sys.modules.pop("brightness", None)


@pytest.fixture(scope="module")
def models() -> KnownModels:
    return load_models(["sedan"])


def plan_of(entry: str, folder: Path, models: KnownModels) -> InspectionPlan:
    path = folder / "plan.yaml"
    path.write_text(f"models:\n  sedan:\n    characteristics:\n{entry}", encoding="utf-8")
    return read_inspection_plan(path, models)


def test_it_takes_less_than_eighty_lines() -> None:
    assert len((EXAMPLE / "brightness.py").read_text(encoding="utf-8").splitlines()) < 80


def test_the_plan_reads_its_keys(tmp_path: Path, models: KnownModels) -> None:
    (lamp,) = plan_of(ENTRY, tmp_path, models).models["sedan"]
    assert (lamp.method, lamp.limits.unit, lamp.limits.lower, lamp.limits.upper) == ("brightness", "grey", 40.0, 250.0)
    assert "brightness" in methods_for(Feature.PART)
    assert title_of("brightness").zh == "亮度"


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "says"),
    [
        ("limits: [40, 250]", "limit: [40, 250]", 8, "limit", "did you mean 'limits'"),
        ("limits: [40, 250]", "limits: [40, 300]", 8, "limits[1]", "300 grey is outside the range 0 to 255 grey"),
        ("limits: [40, 250]", "limits: [250, 40]", 8, "limits", "the lower one first"),
        ("limits: [40, 250]", "limits: [40, 250]\n        unit: mm", 9, "unit", "method brightness has no unit"),
        ("head_lamp_left", "hood/front_bumper", 7, "feature", "is a seam; brightness needs a part"),
        ("method: brightness", "method: brightnes", 6, "method", "did you mean 'brightness'"),
    ],
)
def test_a_mistake_is_named_like_any_other(
    tmp_path: Path, models: KnownModels, old: str, new: str, line: int, key: str, says: str
) -> None:
    with pytest.raises(InputError) as caught:
        plan_of(ENTRY.replace(old, new), tmp_path, models)
    assert (caught.value.line, caught.value.key) == (line, f"models.sedan.characteristics[0].{key}")
    assert says in caught.value.problem


class StillRobot:
    """A robot that stands where a visit wants it, and cars that come to it; physics and pictures are the real ones."""

    def __init__(self, plan: InspectionPlan, models: KnownModels, world: World):
        profile, equipment = load_profile("g1"), Equipment(load_profile("g1"))
        self.mission: Mission = MissionPlanner(plan, models, SkillSet(equipment)).mission(GOOD)
        self._models, self._view = models, NominalView(models.vehicles["sedan"])
        self.plant = SimulatedPlant(profile, [models.vehicles["sedan"]], world, seed=3)
        (visit,) = self.mission.visits
        stance: Waypoint = visit.stance
        self.plant.robot.place(stance.x, stance.y, stance.yaw)
        self._operator = Operator(self.plant.robot, SafeMotion(MotionController(profile)))
        working = Equipment(profile, self._operator)
        working.ik = equipment.ik  # it takes a while to build
        self._skills = SkillSet(working)
        self._operator.run(self._operator.wait(1.0))

    def visit(self, order: BuildOrder) -> VisitReport:
        """Do the mission's only visit at the car of an order."""
        (visit,) = self.mission.visits
        self.plant.scene.place(order, self.plant.deviations_of(order))
        catalogue = self._models.catalogues["sedan"]
        pictures = OrderPictures(self._view, order)
        site = Site(catalogue=catalogue, vehicle=VehiclePose(X_WV=self._where_parked()), pictures=pictures)
        (call,) = visit.calls
        outcome = self._operator.run(self._skills[call.skill].do(call.values, site))
        judgements = tuple(c.judge(outcome.evidence, order.options) for c in call.characteristics)
        return VisitReport(call=call, outcome=outcome, judgements=judgements, touched=False)

    def _where_parked(self) -> Pose:
        """As seams would have told it, to some millimetres."""
        return self.plant.scene.X_WV @ Pose.planar(0.003, -0.002, 0.001)


def test_from_the_plan_to_the_score(tmp_path: Path, models: KnownModels, capsys: pytest.CaptureFixture[str]) -> None:
    plan = plan_of(ENTRY, tmp_path, models)
    (tmp_path / "world.yaml").write_text(WORLD, encoding="utf-8")
    world = read_world(tmp_path / "world.yaml", [GOOD, BAD], models.vehicles)
    robot = StillRobot(plan, models, world)
    assert robot.mission.refused == {}
    cars = []
    for order in (GOOD, BAD):
        report = robot.visit(order)
        (kept,) = illustrated(report, tmp_path / "evidence" / order.vin)
        assert kept.evidence is not None
        assert cv2.imread(str(kept.evidence)).shape[2] == 3
        (lamp,) = report.call.characteristics
        result = CharacteristicResult.of(lamp, kept, tmp_path)
        cars.append(CarResult(order=order, characteristics=(result,), began_s=0.0, finished_s=20.0, takt_limit_s=300.0))
    good, bad = (car.characteristics[0] for car in cars)
    assert (good.verdict.name, bad.verdict.name, good.unit) == ("OK", "NOK", "grey")
    write_json(tmp_path / "results.json", results_document(HEADER, cars))
    write_truth(plan, models, robot.plant.deviations_of, [GOOD, BAD], tmp_path)
    score = score_run(tmp_path)
    counts = {key: score["methods"]["brightness"][key] for key in ("count", "found", "misses", "false_alarms")}
    assert counts == {"count": 2, "found": 1, "misses": 0, "false_alarms": 0}
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert [car["characteristics"][0]["value"] for car in truth["cars"]] == ["present", "missing"]
    show_score(score)
    assert "brightness" in capsys.readouterr().out
    assert "亮度" in render_report(HEADER, cars, tmp_path)
