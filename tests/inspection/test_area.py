"""Areas are read with their names in both languages; a plan without any has none."""

from __future__ import annotations

import pytest

from linewalker.errors import InputError
from linewalker.inspection.area import read_areas
from linewalker.plantfile import PlantFile

NOSE = "areas: {nose: {name: {zh: 前脸, en: nose}, contains: [hood, hood, F1-gap], words: [front face]}}"


def test_what_stands_twice_counts_once() -> None:
    area = read_areas(PlantFile.parse(NOSE, "plan.yaml"))["nose"]
    assert (area.title.en, area.contains, area.words) == ("nose", ("hood", "F1-gap"), ("front face",))
    assert read_areas(PlantFile.parse("name: none", "plan.yaml")) == {}


def test_a_name_has_two_languages() -> None:
    with pytest.raises(InputError, match="zh"):
        read_areas(PlantFile.parse(NOSE.replace("zh: 前脸, ", ""), "plan.yaml"))
