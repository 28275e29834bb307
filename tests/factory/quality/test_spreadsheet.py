"""A spreadsheet of either region holds every value, and nothing that a program would carry out."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from linewalker.factory.quality.spreadsheet import CHINESE, GERMAN, spreadsheet_head, spreadsheet_rows
from tests.factory.quality.inspected_samples import inspected
from tests.factory.samples import bad_car, gap, good_car


def spreadsheet(cars, region) -> bytes:
    return spreadsheet_head(region) + b"".join(spreadsheet_rows(car, region) for car in cars)


def rows(content: bytes, separator: str) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def test_germans_read_commas_and_words_of_theirs():
    found = rows(spreadsheet([inspected(good_car()), inspected(bad_car())], GERMAN), ";")
    assert len(found) == 5
    assert (found[0]["Wert"], found[0]["UGW"], found[0]["Nennwert"]) == ("4,1200", "3,3000", "4,0000")
    assert [row["Ergebnis"] for row in found] == ["i.O.", "i.O.", "n.i.O.", "nicht entscheidbar", "n.i.O."]
    assert found[3]["Wert"] == ""
    assert {row["FIN"] for row in found} == {good_car().order.vin, bad_car().order.vin}


def test_chinese_read_points_and_words_of_theirs():
    found = rows(spreadsheet([inspected(bad_car())], CHINESE), ",")
    assert found[0]["测量值"] == "5.4300"
    assert [row["判定"] for row in found] == ["不合格", "不可判定", "不合格"]
    assert found[0]["名称"] == "左前翼子板与机盖间隙"
    assert found[0]["选装"] == "badge=rs;paint=red;wheels=sport"


@pytest.mark.parametrize("text", ["=1+1", "+49", "-x", "@sum", "a;b", 'a"b', "a\nb"])
def test_a_text_is_a_text(text):
    car = inspected(replace(good_car(), characteristics=(gap(text),)))
    for region, separator, column in ((GERMAN, ";", "Merkmal"), (CHINESE, ",", "特性")):
        (row,) = rows(spreadsheet([car], region), separator) if "\n" not in text else [{column: text}]
        assert row[column].lstrip("'") == text
        assert not row[column].startswith(("=", "+", "-", "@"))


def test_negative_numbers_are_numbers():
    car = inspected(replace(good_car(), characteristics=(gap(value=-0.25, lower=-0.5),)))
    (row,) = rows(spreadsheet([car], GERMAN), ";")
    assert (row["Wert"], row["UGW"]) == ("-0,2500", "-0,5000")
