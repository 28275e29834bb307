"""What a drawing says of the skin becomes its numbers: millimetres metres, two distances two coefficients."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import InputError
from linewalker.plantfile import PlantFile
from linewalker.vehicle.build.skin_reader import _lean, _rounding, read_skin
from linewalker.vehicle.library import model_path

distances = st.floats(-1000, 1000)


def node(text: str):
    return PlantFile.parse(f"here: {text}\n", "model.yaml")["here"]


@given(distances, distances)
def test_a_rounding_falls_back_as_written_at_half_a_metre_and_at_one(half_mm, full_mm):
    square, fourth = _rounding(node(f"[{half_mm}, {full_mm}]"))
    for y, fallen_mm in ((0.5, half_mm), (1.0, full_mm)):
        assert 1e3 * (square * y**2 + fourth * y**4) == pytest.approx(fallen_mm, abs=1e-6)


@given(distances, distances)
def test_a_window_leans_in_as_written_at_a_quarter_and_half_a_metre(quarter_mm, half_mm):
    slope, growth = _lean(node(f"[{quarter_mm}, {half_mm}]"))
    for z, leaned_mm in ((0.25, quarter_mm), (0.5, half_mm)):
        assert 1e3 * (slope * z + growth * z**2) == pytest.approx(leaned_mm, abs=1e-6)


def test_numbers_of_the_sedan_are_those_of_its_drawing(skin, sedan_file):
    drawn, shape = sedan_file["skin"], skin.shape
    assert shape.front_x == pytest.approx(1e-3 * drawn["front"]["x"].number())
    assert shape.arch_radius == pytest.approx(1e-3 * drawn["arches"]["radius"].number())
    assert shape.shoulder_slope == drawn["shoulder_crease"]["slope"].number()  # a slope is no length
    wheels = [1e-3 * entry.number() for entry in drawn["arches"]["wheels_x"].entries()]
    assert shape.wheel_x.tolist() == pytest.approx(wheels)
    assert shape.swages.shape == (len(drawn["swages"].entries()), 7)
    first = drawn["plan"].entries()[0].entries()
    start = np.array([1e-3 * first[0].number()])
    assert skin.curve("plan", start)[0] == pytest.approx(1e-3 * first[1].number(), abs=1e-6)


SEDAN = model_path("sedan").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("falls_back:", "falls_front:", "falls_front"),
        ("belt_z", "belt_z", ""),
        ("  deck_crown:", "  deck_crowning:", "deck_crowning"),
    ],
)
def test_a_key_that_is_not_known_is_named(old, new, says):
    assert old in SEDAN
    text = SEDAN.replace(old, new, 1)
    if not says:
        assert read_skin(PlantFile.parse(text, "m.yaml")["skin"]).shape.front_x < 0
        return
    with pytest.raises(InputError, match=says) as caught:
        read_skin(PlantFile.parse(text, "m.yaml")["skin"])
    assert str(caught.value).startswith("m.yaml:")


def test_a_curve_of_too_few_points_is_said_to_be_one(sedan_file):
    lines = SEDAN.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("  nose:"))
    end = next(i for i in range(start + 1, len(lines)) if not lines[i].startswith("   "))
    lines[start:end] = ["  nose: [[-200, 10], [400, 0]]"]
    with pytest.raises(InputError, match=r"m\.yaml:\d+: .*nose.*needs 4 points or more, not 2"):
        read_skin(PlantFile.parse("\n".join(lines) + "\n", "m.yaml")["skin"])
    assert "nose" in dict(sedan_file["skin"].items())
