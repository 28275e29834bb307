"""What is written as Q-DAS is read back by the published format: every value, every limit, and no verdict turns OK."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.quality.aqdef import Description, Origin, description, values
from linewalker.factory.quality.export import descriptions
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict
from tests.factory.quality.dfq_reader import Dfq, read_dfq
from tests.factory.quality.inspected_samples import inspected
from tests.factory.samples import bad_car, badge, fallen_car, gap, good_car

ORIGIN = Origin(station="line 3", robot="g1", software="linewalker 0.1.0")
CARS = [inspected(good_car()), inspected(bad_car()), inspected(fallen_car())]


def through(described: Description, cars=CARS) -> Dfq:
    return read_dfq(description(described) + values(described, cars))


def of(*entries) -> Dfq:
    cars = [inspected(replace(good_car(), characteristics=entries))]
    return through(descriptions(cars)["sedan"], cars)


def test_every_car_is_a_line_with_every_characteristic_of_the_model_under_its_vin():
    file = through(descriptions(CARS)["sedan"])
    assert [c["K2001"] for c in file.characteristics.values()] == [
        "gap_hood_fender_left", "variant_badge_rear", "flush_door_left"
    ]  # fmt: skip
    for of_one in file.values.values():
        assert [value["K0014"] for value in of_one] == [car.result.order.vin for car in CARS]
    first = file.values[1]
    assert [(value["K0001"], value["K0002"]) for value in first] == [("4.1200", "0"), ("5.4300", "0"), ("4.1200", "0")]
    assert file.part["K1001"] == "sedan"


def test_times_are_those_of_the_plant_to_the_second():
    file = through(descriptions(CARS)["sedan"])
    for value, car in zip(file.values[1], CARS):
        read = datetime.datetime.strptime(value["K0004"], "%d.%m.%Y/%H:%M:%S").astimezone()
        assert abs((read - car.at).total_seconds()) < 1.0


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        (3.3, 4.7, {"K2110": "3.3000", "K2111": "4.7000", "K2120": "1", "K2121": "1"}),
        (None, 4.7, {"K2111": "4.7000", "K2120": "0", "K2121": "1"}),
        (3.3, None, {"K2110": "3.3000", "K2120": "1", "K2121": "0"}),
    ],
)
def test_limits_on_one_side_stand_alone(lower, upper, expected):
    described = of(gap(lower=lower, upper=upper)).characteristics[1]
    assert {key: text for key, text in described.items() if key.startswith(("K211", "K212"))} == expected
    assert (described["K2004"], described["K2101"], described["K2142"]) == ("0", "4.0000", "mm")


@pytest.mark.parametrize(
    ("entry", "value", "mark"),
    [
        (gap(value=4.5), "4.5000", "0"),
        (gap(value=5.0, verdict=Verdict.NOK, reason=Reason.OUTSIDE_TOLERANCE), "5.0000", "0"),
        (gap(value=4.71, verdict=Verdict.NOT_DECIDABLE, reason=Reason.NEAR_LIMIT), "4.7100", "255"),
        (gap(value=None, verdict=Verdict.NOT_DECIDABLE, reason=Reason.NO_SEAM), "0", "256"),
    ],
)
def test_what_is_not_decidable_is_no_value_that_may_be_used(entry, value, mark):
    (read,) = of(entry).values[1]
    assert (read["K0001"], read["K0002"]) == (value, mark)


@pytest.mark.parametrize(
    ("entry", "sample", "errors", "mark"),
    [
        (badge(), "1", "0", "0"),
        (badge("missing", Verdict.NOK, Reason.PART_MISSING), "1", "1", "0"),
        (badge(None, Verdict.NOT_DECIDABLE, Reason.TOO_DARK), "0", "0", "256"),
    ],
)
def test_an_attribute_counts_errors(entry, sample, errors, mark):
    file = of(entry)
    assert file.characteristics[1]["K2004"] == "1"
    (read,) = file.values[1]
    assert (read["K0020"], read["K0021"], read["K0002"]) == (sample, errors, mark)


def test_a_car_that_lacks_a_characteristic_has_no_value_of_it():
    value = through(descriptions(CARS)["sedan"]).values[3]
    assert [(entry["K0001"], entry["K0002"]) for entry in value] == [("0", "256")] * 3


def test_reasons_and_events_of_a_car_go_with_its_values():
    file = through(descriptions(CARS)["sedan"])
    assert [value["K0005"] for value in file.values[1]] == ["0", "1", "4"]
    assert "K0009" not in file.values[1][0]
    assert file.values[1][1]["K0009"] == "NOK outside_tolerance"
    assert file.values[3][1]["K0009"] == "NOT_DECIDABLE car_touched left hand"


def test_operator_machine_and_gauge_are_of_the_catalogue():
    file = through(Description(model="sedan", characteristics=good_car().characteristics, origin=ORIGIN), CARS[:1])
    (value,) = file.values[1]
    assert file.catalogue["K4092", int(value["K0008"])] == "linewalker"
    assert file.catalogue["K4062", int(value["K0010"])] == "line 3"
    assert file.catalogue["K4072", int(value["K0012"])] == "g1"
    assert (file.characteristics[1]["K2401"], file.characteristics[1]["K2402"]) == ("g1", "g1 gap")
    assert file.characteristics[1]["K2005"] == "2"


def test_german_letters_are_windows_letters_and_chinese_ones_are_unicode():
    german = replace(gap(), title=Title(zh="间隙", en="Spalt Motorhaube/Kotflügel, größer"))
    for chinese, encoding in ((False, "cp1252"), (True, "utf-8-sig")):
        described = Description(model="m", characteristics=(german,), origin=ORIGIN, chinese=chinese)
        content = description(described)
        assert (german.title.zh if chinese else german.title.en) in content.decode(encoding)
        assert read_dfq(content).characteristics[1]["K2001"] == german.id


TEXT = st.text(max_size=120)


@given(name=TEXT.filter(bool), title=TEXT.filter(bool), detail=TEXT, value=st.floats(-1e4, 1e4))
def test_no_text_breaks_a_line_or_a_field(name, title, detail, value):
    odd = gap(name, value, Verdict.NOK, Reason.OUTSIDE_TOLERANCE, title=Title(zh=title, en=title), detail=detail)
    file = of(odd, badge("missing", Verdict.NOK, Reason.PART_MISSING, detail=detail))
    assert float(file.values[1][0]["K0001"]) == pytest.approx(value, abs=1e-4)
    assert len(file.values[1]) == len(file.values[2]) == 1


def test_what_is_added_later_goes_on_where_it_stopped():
    described = descriptions(CARS)["sedan"]
    at_once = description(described) + values(described, CARS)
    assert at_once == description(described) + b"".join(values(described, [car]) for car in CARS)


def test_a_file_about_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        Description(model="m", characteristics=(), origin=ORIGIN)
