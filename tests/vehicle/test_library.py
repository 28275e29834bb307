"""Models of the package: built once, kept, and built anew when what was kept is no good."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.vehicle import Vehicle
from linewalker.vehicle.build import builder
from linewalker.vehicle.cad_export import cad_export_of
from linewalker.vehicle.library import load_vehicle, model_names, model_path
from tests.vehicle.box_car import box_car


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """Drawings that were built, in no time; kept in a folder of the test's own."""
    monkeypatch.setenv("LINEWALKER_CACHE", str(tmp_path))
    drawings: list[Path] = []

    def build(path: Path, progress: object) -> Vehicle:  # noqa: ARG001  as the real one
        drawings.append(path)
        return box_car(path.stem)

    monkeypatch.setattr(builder, "build_vehicle", build)
    return drawings


def test_every_model_has_its_drawing_and_no_other_has_one() -> None:
    assert list(model_names()) == sorted(set(model_names()))
    assert all(model_path(name).is_file() for name in model_names())


@pytest.mark.parametrize("name", ["truck", "", "../sedan", "sedan.yaml"])
def test_a_model_that_is_not_there_is_named_with_those_that_are(name: str) -> None:
    for ask in (model_path, load_vehicle):
        with pytest.raises(InputError, match=r"no vehicle model .*; there are sedan, suv"):
            ask(name)


def test_a_model_is_built_once_and_comes_back_as_it_was(built: list[Path]) -> None:
    first, again = load_vehicle("sedan"), load_vehicle("sedan")
    assert built == [model_path("sedan")]
    assert cad_export_of(again) == cad_export_of(first)
    load_vehicle("suv")
    assert built == [model_path("sedan"), model_path("suv")]


def test_what_was_damaged_is_built_anew(built: list[Path], tmp_path: Path) -> None:
    load_vehicle("sedan")
    [kept] = tmp_path.rglob("*.vehicle")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert load_vehicle("sedan").name == "sedan"
    assert len(built) == 2


def test_a_drawing_that_changed_is_built_anew(
    built: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_vehicle("sedan")
    drawing = tmp_path / "sedan.yaml"
    drawing.write_bytes(model_path("sedan").read_bytes() + b"# changed\n")
    monkeypatch.setattr("linewalker.vehicle.library.model_path", lambda _: drawing)
    load_vehicle("sedan")
    assert built[1:] == [drawing]
