"""The report is whole, self-contained, bilingual, and shows everything that was judged."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from linewalker.console.car_map import Place
from linewalker.console.report import render_report, series_of, write_report
from linewalker.errors import InputError
from linewalker.factory.records.records import Records
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Verdict
from tests.factory.samples import HEADER, VINS, bad_car, badge, fallen_car, gap, good_car, missing_car

VOID = {"meta", "input", "img", "br"}


class Page(HTMLParser):
    """Checks that every element is closed and gathers what points somewhere."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.references: list[str] = []
        self.ids: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name in ("src", "href", "action", "data", "poster", "srcset"):
                self.references.append(value or "")
            if name == "id":
                self.ids.append(value or "")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "a.png").write_bytes(b"\x89PNG picture")
    return tmp_path


def test_nothing_points_outside_the_page(folder):
    cars = [good_car(), bad_car(), fallen_car()]
    place = Place(p_V_mm=np.array([500.0, -800.0, 400.0]), normal=np.array([0.0, -1.0, 0.0]))
    text = render_report(HEADER, cars, folder, places={car.order.sequence: {gap().id: place} for car in cars})
    page = Page(text)
    assert text.count('class="map"') == 15, "five sides of every car that was inspected"
    assert len(page.ids) == len(set(page.ids))
    for reference in page.references:
        assert reference.startswith("data:image/") or reference[1:] in page.ids
    assert not re.search(r"url\(|@import|<script|https?://", text)


def test_everything_that_was_judged_is_there_in_both_languages(folder):
    cars = [good_car(), bad_car(), fallen_car()]
    text = render_report(HEADER, cars, folder, opened="2026-11-23 08:00 +0800", digest="d" * 64)
    for car in cars:
        assert car.order.vin in text
        for entry in car.characteristics:
            assert entry.id in text
            assert entry.title.zh in text
            assert entry.title.en in text
            if entry.verdict is not Verdict.OK:
                assert entry.reason.title.zh in text
                assert entry.reason.title.en in text
        for event in car.events:
            assert event.text in text
    for fact in (HEADER.plan_sha256, HEADER.shift_sha256, HEADER.software, HEADER.robot, "d" * 64, "2026-11-23 08:00"):
        assert fact in text
    assert "simulated run" in text


def test_a_real_station_is_not_called_simulated(folder):
    assert "simulated run" not in render_report(replace(HEADER, seed=None), [good_car()], folder)


def test_evidence_is_inside_and_a_lost_picture_does_not_hinder(folder):
    with_picture = render_report(HEADER, [good_car()], folder)
    (folder / "evidence" / "a.png").unlink()
    without = render_report(HEADER, [good_car()], folder)
    assert with_picture.count("data:image/png;base64,") == 1
    assert "data:image" not in without


def test_evidence_can_not_be_a_file_of_another_kind(folder):
    (folder / "secret.txt").write_text("secret")
    car = replace(good_car(), characteristics=(gap(evidence="secret.txt"),))
    assert "data:" not in render_report(HEADER, [car], folder)


def test_words_from_plan_and_shift_are_escaped(folder):
    evil = "<script>alert(1)</script>"
    entry = gap(title=Title(zh=evil, en=evil), verdict=Verdict.NOK, detail=evil)
    text = render_report(replace(HEADER, shift=evil), [replace(good_car(), characteristics=(entry,))], folder)
    assert "<script" not in text
    Page(text)


def test_a_good_shift_says_so_and_an_empty_one_too(folder):
    assert "Every characteristic of every car is OK." in render_report(HEADER, [good_car()], folder)
    empty = render_report(HEADER, [], folder)
    assert "No car was inspected." in empty
    Page(empty)


def test_a_car_that_never_came_is_counted_and_explained_without_a_table(folder):
    text = render_report(HEADER, [good_car(0), bad_car(1), missing_car(2)], folder)
    Page(text)
    assert text.count("it never came: the shift ended before it") == 2
    assert '<div class="not_inspected some"><b>1</b>' in text
    assert len(re.findall(r'<article class="finding', text)) == 3
    assert "No car was inspected." in render_report(HEADER, [missing_car(2)], folder)
    some = render_report(HEADER, [good_car(0), missing_car(2)], folder)
    assert "None on the cars that were inspected." in some
    assert "Every characteristic of every car is OK." not in some


def test_series_gather_a_characteristic_over_the_cars_of_a_model():
    other = replace(good_car(1), order=replace(good_car(1).order, model="suv"))
    series = series_of([good_car(0), bad_car(2), other])
    assert [(row.model, row.entries[0].id, row.values) for row in series] == [
        ("sedan", "gap_hood_fender_left", [4.12, 5.43]),
        ("sedan", "flush_door_left", []),
        ("suv", "gap_hood_fender_left", [4.12]),
    ]
    assert not any(entry.id == badge().id for row in series for entry in row.entries)


def test_the_report_of_the_newest_shift_is_written_from_the_records(folder):
    with Records(folder / "records.sqlite") as records:
        records.begin_run(HEADER).commit(good_car(0))
        shift = records.begin_run(HEADER)
        shift.commit(bad_car(1))
        shift.write_results(folder / "results.json")
    text = write_report(folder / "records.sqlite", folder / "report.html").read_text(encoding="utf-8")
    assert VINS[1] in text
    assert VINS[0] not in text
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", text)
    Page(text)


def test_without_records_there_is_no_report(tmp_path):
    with pytest.raises(InputError, match="folder of a run"):
        write_report(tmp_path / "records.sqlite", tmp_path / "report.html")
    with Records(tmp_path / "records.sqlite"), pytest.raises(InputError, match="no shift"):
        write_report(tmp_path / "records.sqlite", tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_contents_and_signature_come_first_and_the_deciding_rule_stands_beside_a_verdict(folder):
    text = render_report(HEADER, [good_car(0), bad_car(1)], folder, digest="d" * 64)
    order = [text.index(mark) for mark in ('class="contents"', 'id="release"', 'id="cars"', 'id="findings"', "car-1")]
    assert order[1:4] == sorted(order[1:4])
    assert order[0] < order[1]
    assert "rule 1: outside by 0.730 mm &gt; U = 0.080" in text
    assert "规则 1：超出公差 0.730 mm &gt; U = 0.080" in text


def test_a_car_that_is_good_can_be_left_out_and_a_picture_enlarged_without_a_script(folder):
    text = render_report(HEADER, [good_car(0), bad_car(1)], folder)
    assert "body:has(#show-nok:checked) :is(tr.ok, section.car.ok, nav .ok) { display: none; }" in text
    assert re.search(r'<section class="car ok" id="car-1">', text)
    assert re.search(r'<label class="evidence"><input type="checkbox" [^>]*><img src="data:image/png', text)
