"""Titles, materials, options and seams of a model's file: what they may say, and what is said where they are wrong."""

from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.plantfile import Node, PlantFile
from linewalker.vehicle.build.model_file import (
    read_materials,
    read_model_file,
    read_options,
    read_seams,
    read_title,
    side_title,
)
from linewalker.vehicle.library import model_names, model_path


def parsed(text: str) -> Node:
    return PlantFile.parse(text, "model.yaml")


@pytest.mark.parametrize("model", model_names())
def test_models_of_ours_have_all_their_sections(model: str) -> None:
    file = read_model_file(model_path(model))
    assert file["model"].text() == model
    assert all(read_title(file["title"]))


def test_a_section_that_is_not_known_or_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    text = model_path("sedan").read_text(encoding="utf-8")
    path.write_text(text + "engine: 6\n", encoding="utf-8")
    with pytest.raises(InputError, match="engine"):
        read_model_file(path)
    path.write_text(text.replace("\ncolliders:", "\ntrims_more:"), encoding="utf-8")
    with pytest.raises(InputError, match=r"trims_more|colliders"):
        read_model_file(path)


def test_materials_have_colours_looks_and_pictures() -> None:
    found = read_materials(
        parsed("paint: {rgb: [0.1, 0.2, 0.3], roughness: 0.4}\nlabel: {rgb: [1, 1, 1], texture: plate}\n")
    )
    assert found["paint"].rgba == (0.1, 0.2, 0.3, 1.0)
    assert found["paint"].roughness == 0.4
    assert (found["paint"].texture, found["label"].texture) == (None, "plate")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("chrome: {rgb: [1, 1, 1]}\n", "must be called 'paint'"),
        ("paint: {rgb: [1, 1]}\n", "expected 3 numbers, found 2"),
        ("paint: {rgb: [1, 1, 1], roughness: 1.5}\n", "0 to 1"),
        ("paint: {rgb: [1, 1, 1], gloss: 0.5}\n", "gloss"),
    ],
)
def test_what_is_wrong_with_a_material_is_said(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_materials(parsed(text))


def test_the_values_of_paint_are_its_colours_and_come_first() -> None:
    options = read_options(parsed("badge: [none, rs]\npaint: {red: [0.5, 0, 0], blue: [0, 0, 0.5]}\n"))
    assert list(options.values.items()) == [("paint", ("red", "blue")), ("badge", ("none", "rs"))]
    assert options.paints["blue"] == (0.0, 0.0, 0.5, 1.0)
    with pytest.raises(InputError, match="paint"):
        read_options(parsed("badge: [none]\n"))


def test_a_seam_has_its_nominal_gap_or_four_millimetres() -> None:
    text = "seams:\n  - {master: a, slave: b}\n  - {master: b, slave: a, gap: 3.5}\n"
    plain, narrow = read_seams(parsed(text)["seams"], ["a", "b"])
    assert (plain.master, plain.slave, plain.gap_m) == ("a", "b", pytest.approx(0.004))
    assert narrow.gap_m == pytest.approx(0.0035)
    with pytest.raises(InputError, match=r"'c'.*a, b"):
        read_seams(parsed("seams:\n  - {master: a, slave: c}\n")["seams"], ["a", "b"])


def test_bodies_of_a_side_are_called_by_it_in_both_languages() -> None:
    titles = {"door": ("门", "door"), "hood": ("发动机罩", "bonnet"), "left": ("左", "left one")}
    assert side_title(titles, "door_right") == ("右门", "right door")
    assert side_title(titles, "door_left") == ("左门", "left door")
    assert side_title(titles, "hood") == ("发动机罩", "bonnet")
    with pytest.raises(KeyError):
        side_title(titles, "roof_left")
