"""Codes as a plan asks for them: what is read against what was ordered. A wrong number is never accepted."""

from __future__ import annotations

import pickle
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.part.look import PartLook
from linewalker.inspection.part.presence import MISSING, PartSighting
from linewalker.inspection.part.region import Region
from linewalker.inspection.plan import read_plan
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Undecided, Verdict
from linewalker.limbs.robot import RgbdImage
from linewalker.station.pictures import OrderPictures
from linewalker.world.deviations import CarDeviations
from linewalker.world.truth import CarAsBuilt
from tests.inspection.code.drawn_codes import photograph
from tests.inspection.nominal_car import catalogue
from tests.inspection.part.test_parts_rendered import Car, Studio

VIN, OTHER = "LSVAA49J132047371", "LSVAA49J132047372"
OPTIONS = catalogue().complete({"badge": "rs"})
TITLE = Title(zh="条码", en="code")


def asked(tmp_path: Path, *keys: str, car: VehicleCatalogue | None = None, part: str = "handle") -> Characteristic:
    path = tmp_path / "plan.yaml"
    entry = ["id: C", "name: {zh: 码, en: code}", "method: code", f"feature: {part}", "class: critical", *keys]
    lines = ["models:", "  sedan:", "    characteristics:", f"      - {entry[0]}", *(f"        {e}" for e in entry[1:])]
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_plan(path, {"sedan": car or catalogue()}).models["sedan"][0]


def look(*texts: str, seen: str = "present", vin: str = VIN) -> Any:
    """A picture in which codes say this, side by side."""
    rng = np.random.default_rng(1)
    codes = [photograph(rng, symbology="qr", text=text, steepest_deg=3, module_px=(6, 6)).grey for text in texts]
    height = max((code.shape[0] for code in codes), default=80)
    padded = [cv2.copyMakeBorder(c, 0, height - c.shape[0], 0, 20, cv2.BORDER_REPLICATE) for c in codes]
    grey = np.hstack(padded) if padded else np.full((height, 120), 90, np.uint8)
    sighting = PartSighting(
        time_s=3.0, seen=seen, answers={seen: 1.0}, shift_px=(0, 0), real=grey, rendered=grey,
        box=Region(left=0, top=0, right=4, bottom=4),
    )  # fmt: skip
    rgb = cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)
    image = RgbdImage(time_s=3.0, rgb=rgb, depth_m=np.ones(grey.shape, np.float32), K=np.eye(3))
    region = Region(left=8, top=8, right=grey.shape[1] - 8, bottom=height - 8)
    return SimpleNamespace(sighting=sighting, image=image, region=region, pictures=SimpleNamespace(vin=vin))


@pytest.mark.parametrize(
    ("evidence", "verdict", "reason", "value"),
    [
        (look(VIN), Verdict.OK, Reason.PART_AS_ORDERED, VIN),
        (look(OTHER), Verdict.NOK, Reason.WRONG_CODE, OTHER),
        (look(VIN.lower()), Verdict.NOK, Reason.WRONG_CODE, VIN.lower()),
        (look(VIN + " "), Verdict.NOK, Reason.WRONG_CODE, VIN + " "),
        (look(VIN, VIN), Verdict.OK, Reason.PART_AS_ORDERED, VIN),
        (look(VIN, OTHER), Verdict.NOT_DECIDABLE, Reason.AMBIGUOUS, None),
        (look(), Verdict.NOT_DECIDABLE, Reason.CODE_UNREADABLE, None),
        (look(seen=MISSING), Verdict.NOK, Reason.PART_MISSING, MISSING),
    ],
)
def test_what_is_read_against_the_order(
    tmp_path: Path, evidence: Any, verdict: Verdict, reason: Reason, value: str | None
) -> None:
    judgement = asked(tmp_path).judge(evidence, OPTIONS)
    assert (judgement.verdict, judgement.reason, judgement.value) == (verdict, reason, value)
    assert (judgement.expected, judgement.time_s) == (VIN, 3.0)


def test_a_part_that_is_hidden_is_not_decided(tmp_path: Path) -> None:
    evidence = look(VIN)
    evidence.region = Undecided(reason=Reason.PART_HIDDEN, detail="turned away")
    judgement = asked(tmp_path).judge(evidence, OPTIONS)
    assert (judgement.verdict, judgement.reason) == (Verdict.NOT_DECIDABLE, Reason.PART_HIDDEN)


def test_a_code_says_what_the_plan_makes_of_the_order(tmp_path: Path) -> None:
    question = asked(tmp_path, "content: 'I{vin}/{badge}'", "symbology: qr")
    right, wrong = (question.judge(look(f"I{VIN}/{badge}"), OPTIONS) for badge in ("rs", "none"))
    assert (right.verdict, wrong.verdict) == (Verdict.OK, Verdict.NOK)
    assert question.judge(look(VIN), OPTIONS).verdict is Verdict.NOK


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("content: '{colour}'", "neither {vin} nor an option; Allowed: badge, paint, vin"),
        ("symbology: code128", "Allowed: datamatrix, qr"),
        ("tolerance: 1", "a characteristic of method code has no tolerance"),
    ],
)
def test_slips_in_a_plan_are_named(tmp_path: Path, key: str, said: str) -> None:
    with pytest.raises(InputError, match=r"plan\.yaml:9: ") as slip:
        asked(tmp_path, key)
    assert said in str(slip.value)


def test_a_long_text_is_cut_where_people_read_it(tmp_path: Path) -> None:
    judgement = asked(tmp_path).judge(look("X" * 120), OPTIONS)
    assert judgement.verdict is Verdict.NOK
    assert judgement.value == "X" * 80 + "…"


def test_it_travels(tmp_path: Path) -> None:
    question = pickle.loads(pickle.dumps(asked(tmp_path).question))
    assert question.need.parameters == {"part": "handle"}
    assert question.expected_text(VIN, OPTIONS) == VIN


@pytest.mark.parametrize("texts", [(VIN,), ()])
def test_the_picture_shows_what_was_read(tmp_path: Path, texts: tuple[str, ...]) -> None:
    question, evidence = asked(tmp_path), look(*texts)
    picture = question.question.draw(evidence, question.judge(evidence, OPTIONS), TITLE)
    shown = cv2.imdecode(np.frombuffer(picture.content, np.uint8), cv2.IMREAD_COLOR_RGB).astype(int)
    orange = (shown[..., 0] > 200) & (shown[..., 2] < 90) & (shown[..., 1] > 120)
    assert bool(orange.sum() > 200) == bool(texts)


class Gate(Studio):
    """Where the label of a car in the hall is looked at."""

    def judge(self, tmp_path: Path, deviations: CarDeviations, paint: str) -> tuple[Any, Any]:
        """The judgement about the label, and what is true."""
        part, car = self.catalogue.parts["vin_label"], Car(options=self.catalogue.complete({"paint": paint}), vin=VIN)
        question = asked(tmp_path, car=self.catalogue, part="vin_label")
        image, X_VC = self.photograph(car, part, deviations)
        evidence = PartLook(part=part, image=image, X_VC=X_VC, pictures=OrderPictures(self._nominal, car))
        assert isinstance(X_VC, Pose)
        built = CarAsBuilt.of(self._scene.vehicles["sedan"], car, deviations)
        return question.judge(evidence, car.options), question.question.true_answer(built)


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate()


@pytest.mark.parametrize("paint", ["silver", "black", "white"])
@pytest.mark.parametrize("label", ["", OTHER])
def test_the_label_of_a_car_in_the_hall_is_read(gate: Gate, tmp_path: Path, label: str, paint: str) -> None:
    judgement, truth = gate.judge(tmp_path, CarDeviations(label=label), paint)
    assert (judgement.value, judgement.verdict is Verdict.OK) == (truth.value, truth.good)
    assert truth.good == (not label)


def test_a_label_that_is_missing_is_missing(gate: Gate, tmp_path: Path) -> None:
    judgement, truth = gate.judge(tmp_path, CarDeviations(parts={"vin_label": MISSING}), "silver")
    assert (judgement.verdict, judgement.value, truth.value, truth.good) == (Verdict.NOK, MISSING, MISSING, False)
