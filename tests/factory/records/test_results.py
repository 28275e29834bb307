"""The verdict on a car follows from its characteristics, and results.json keeps to its published schema."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.records.results import CarResult, CharacteristicResult, results_document
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.method import Limits
from linewalker.inspection.severity import Severity
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, Verdict
from tests.factory.samples import HEADER, bad_car, build_order, fallen_car, gap, good_car, missing_car

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "results.schema.json").read_text())


def car_of(verdicts: list[Verdict], takt_s: float = 100.0) -> CarResult:
    return CarResult(
        order=build_order(),
        characteristics=tuple(gap(f"gap_{i}", verdict=verdict) for i, verdict in enumerate(verdicts)),
        began_s=0.0,
        finished_s=takt_s,
        takt_limit_s=300.0,
    )


@given(st.lists(st.sampled_from(Verdict), max_size=6))
def test_ok_needs_every_characteristic_ok(verdicts):
    expected = bool(verdicts) and all(verdict is Verdict.OK for verdict in verdicts)
    assert (car_of(verdicts).verdict is Verdict.OK) == expected


@given(st.lists(st.sampled_from(Verdict), max_size=6))
def test_an_expired_takt_is_never_ok(verdicts):
    car = car_of(verdicts, takt_s=300.1)
    assert car.verdict is Verdict.NOT_DECIDABLE
    assert car.reason.en == "takt expired"


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], Verdict.NOT_DECIDABLE),
        ([Verdict.OK, Verdict.NOT_DECIDABLE], Verdict.NOT_DECIDABLE),
        ([Verdict.NOT_DECIDABLE, Verdict.NOK, Verdict.OK], Verdict.NOK),
    ],
)
def test_the_worst_characteristic_decides(verdicts, expected):
    assert car_of(verdicts).verdict is expected


def test_the_reason_names_the_characteristics_in_both_languages():
    reason = bad_car().reason
    assert reason.en == "NOK: gap_hood_fender_left, variant_badge_rear; not decidable: flush_door_left"
    assert reason.zh == "不合格：gap_hood_fender_left、variant_badge_rear；不可判定：flush_door_left"
    assert good_car().reason is None


def test_a_job_that_was_broken_off_is_not_decidable():
    assert fallen_car().verdict is Verdict.NOT_DECIDABLE
    assert replace(good_car(), interrupted=Title(zh="停", en="stopped")).verdict is Verdict.NOT_DECIDABLE


def test_a_characteristic_stands_once():
    with pytest.raises(ValueError, match="gap_a"):
        replace(good_car(), characteristics=(gap("gap_a"), gap("gap_a")))


@pytest.mark.parametrize("cars", [[], [good_car()], [good_car(), bad_car(), fallen_car()]])
def test_documents_keep_to_the_schema(cars):
    document = json.loads(json.dumps(results_document(HEADER, cars), allow_nan=False))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(document, SCHEMA)
    assert document["summary"]["cars"]["total"] == len(cars)


def test_the_summary_adds_up_to_the_plan():
    summary = results_document(HEADER, [good_car(), bad_car(), fallen_car(), missing_car()])["summary"]
    assert summary["cars"] == {"total": 4, "OK": 1, "NOK": 1, "NOT_DECIDABLE": 1, "NOT_INSPECTED": 1}
    for found in summary.values():
        assert sum(found.values()) == 2 * found["total"]
    with pytest.raises(ValueError, match="says why"):
        replace(good_car(), inspected=False)


def test_results_of_earlier_versions_keep_to_the_schema():
    document = results_document(HEADER, [good_car(), bad_car()])
    for counted in document["summary"].values():
        del counted["NOT_INSPECTED"]
    for car in document["cars"]:
        del car["state"]
    jsonschema.validate(document, SCHEMA)


def test_the_schema_refuses_an_ok_car_with_a_reason():
    document = results_document(HEADER, [good_car()])
    document["cars"][0]["reason"] = {"zh": "坏", "en": "bad"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)


def test_plan_and_judgement_become_one_record(tmp_path):
    characteristic = Characteristic(
        id="gap_a",
        title=Title(zh="间隙", en="Gap"),
        method="gap",
        severity=Severity.CRITICAL,
        feature="hood/fender",
        question=SimpleNamespace(limits=Limits(unit="mm", nominal=4.0, lower=3.3, upper=4.7)),  # type: ignore[arg-type]
        when={},
    )
    judgement = Judgement(
        characteristic="gap_a",
        verdict=Verdict.OK,
        reason=Reason.INSIDE_TOLERANCE,
        value=4.123456,
        unit="mm",
        expanded_uncertainty=0.07,
        lower=3.3,
        upper=4.7,
        time_s=12.3456,
        evidence=tmp_path / "evidence" / "x.png",
    )
    document = CharacteristicResult.of(characteristic, judgement, tmp_path).document()
    assert document["value"] == 4.1235
    assert (document["k"], document["class"], document["nominal"]) == (2.0, "critical", 4.0)
    assert document["evidence"] == "evidence/x.png"
    with pytest.raises(ValueError, match="gap_b"):
        CharacteristicResult.of(characteristic, replace(judgement, characteristic="gap_b"), tmp_path)
