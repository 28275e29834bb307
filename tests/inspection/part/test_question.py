"""Presence and variant as a plan asks for them: what is seen against what was ordered."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.part.presence import PartSighting, recognise_part
from linewalker.inspection.part.region import Region
from linewalker.inspection.plan import read_plan
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Undecided, Verdict
from tests.inspection.nominal_car import catalogue
from tests.inspection.part.drawn_parts import HYPOTHESES, REGION, Photograph, draw
from tests.inspection.test_plan import GOOD

CAR = catalogue()
TITLE = Title(zh="尾标", en="badge")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Characteristic]:
    path: Path = tmp_path_factory.mktemp("plan") / "plan.yaml"
    path.write_text(GOOD.replace("nominal: present\n        ", ""), encoding="utf-8")
    return {c.id: c for c in read_plan(path, {"sedan": CAR}).models["sedan"]}


def sighting(what: str) -> PartSighting:
    crop = np.zeros((4, 4, 3), np.uint8)
    box = Region(left=0, top=0, right=4, bottom=4)
    return PartSighting(
        time_s=3.0, seen=what, answers={what: 1.0}, shift_px=(0.0, 0.0), real=crop, rendered=crop, box=box
    )


def look(shown: PartSighting | Undecided) -> SimpleNamespace:
    return SimpleNamespace(sighting=shown, image=SimpleNamespace(time_s=3.0))


@pytest.mark.parametrize(
    ("ordered", "what", "verdict", "reason", "value"),
    [
        ("rs", "rs", Verdict.OK, Reason.PART_AS_ORDERED, "rs"),
        ("rs", "none", Verdict.NOK, Reason.PART_MISSING, "missing"),
        ("none", "none", Verdict.OK, Reason.PART_AS_ORDERED, "missing"),
        ("none", "rs", Verdict.NOK, Reason.PART_NOT_ORDERED, "rs"),
    ],
)
def test_variant_against_order(
    asked: dict[str, Characteristic], ordered: str, what: str, verdict: Verdict, reason: Reason, value: str
) -> None:
    judgement = asked["badge"].judge(look(sighting(what)), CAR.complete({"badge": ordered}))
    assert (judgement.verdict, judgement.reason, judgement.value) == (verdict, reason, value)
    assert (judgement.expected, judgement.time_s, judgement.unit) == (ordered, 3.0, "")


def test_presence(asked: dict[str, Characteristic]) -> None:
    there, gone = (asked["handle"].judge(look(sighting(what)), CAR.complete({})) for what in ("present", "missing"))
    assert (there.verdict, there.value) == (Verdict.OK, "present")
    assert (gone.verdict, gone.reason, gone.value) == (Verdict.NOK, Reason.PART_MISSING, "missing")


def test_a_picture_without_an_answer_keeps_its_reason_and_what_was_expected(asked: dict[str, Characteristic]) -> None:
    hidden = asked["badge"].judge(look(Undecided(reason=Reason.PART_HIDDEN)), CAR.complete({}))
    assert (hidden.verdict, hidden.reason) == (Verdict.NOT_DECIDABLE, Reason.PART_HIDDEN)
    assert (hidden.expected, hidden.time_s) == ("none", 3.0)


@dataclass
class Car:
    """Has one part."""

    variant: str
    options: dict[str, str] = field(default_factory=dict)

    def gap_flush(self, seam: str, p_V_mm: tuple[float, float, float]) -> tuple[float, float]:
        raise AssertionError(seam, p_V_mm)

    def mounted(self, part: str) -> str:
        assert part == "badge_rear"
        return self.variant


@pytest.mark.parametrize(("mounted", "ordered"), [*product(("missing", "rs"), ("none", "rs"))])
def test_an_inspection_without_error_judges_what_is_true(
    asked: dict[str, Characteristic], mounted: str, ordered: str
) -> None:
    options = CAR.complete({"badge": ordered})
    truth = asked["badge"].question.true_answer(Car(mounted, options))
    judgement = asked["badge"].judge(look(sighting("none" if mounted == "missing" else mounted)), options)
    assert (truth.value, truth.good) == (judgement.value, judgement.verdict is Verdict.OK)


def test_it_is_drawn_as_three_panes_or_as_the_bare_picture(asked: dict[str, Characteristic]) -> None:
    image = Photograph().take(draw("rs"), np.random.default_rng(0))
    shown = recognise_part(image, REGION, HYPOTHESES, lambda name, box: box.cut(draw(name)))
    assert isinstance(shown, PartSighting)
    for what in (shown, Undecided(reason=Reason.TOO_DARK)):
        seen = SimpleNamespace(sighting=what, image=image)
        picture = asked["badge"].question.draw(seen, asked["badge"].judge(seen, CAR.complete({})), TITLE)
        assert picture is not None
        assert (picture.suffix, len(picture.content) < 60_000) == (".jpg", True)
        assert cv2.imdecode(np.frombuffer(picture.content, np.uint8), cv2.IMREAD_COLOR).shape[1] >= 160


def test_a_question_travels(asked: dict[str, Characteristic]) -> None:
    copy = pickle.loads(pickle.dumps(asked["badge"]))
    assert copy.question.need == asked["badge"].question.need
    options = CAR.complete({"badge": "rs"})
    assert copy.judge(look(sighting("rs")), options) == asked["badge"].judge(look(sighting("rs")), options)
