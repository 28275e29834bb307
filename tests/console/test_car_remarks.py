"""What a car was inspected for, and what a person made of it, is said in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linewalker.console.car_remarks import PURPOSE_WORDS, car_remarks
from linewalker.console.report import render_report
from linewalker.factory.handshake.signals import Purpose
from linewalker.factory.records.results import CarResult, OverrideRecord
from linewalker.inspection.verdict import Verdict
from tests.factory.samples import HEADER, bad_car, good_car

AT = "2026-11-23T08:00:00+00:00"
SAID = OverrideRecord(verdict=Verdict.OK, name="Li Na 李娜", reason="<trim> seated again", at=AT)


def all_of(car: CarResult) -> str:
    return "\n".join(f"{remark.en}\n{remark.zh}" for remark in car_remarks(car))


def test_a_plain_inspection_has_none() -> None:
    assert all_of(good_car()) == ""


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose is not Purpose.INSPECTION])
def test_every_other_purpose_says_itself_and_what_it_follows_on(purpose: Purpose) -> None:
    text = all_of(replace(good_car(), purpose=purpose, refers_to=4711 if purpose.follows else 0))
    assert all(word in text for word in PURPOSE_WORDS[purpose])
    assert ("4711" in text) is purpose.follows


def test_an_override_says_what_who_when_and_why_and_stands_in_the_report(tmp_path) -> None:
    car = replace(bad_car(), override=SAID)
    for word in ("overridden", "人工改判", "✓ OK", "合格", SAID.name, SAID.at, SAID.reason):
        assert word in all_of(car)
    page = render_report(HEADER, [car], tmp_path)
    assert "&lt;trim&gt; seated again" in page
    assert page.count(SAID.name) == 4, "in the table and with the car, each in both languages"
