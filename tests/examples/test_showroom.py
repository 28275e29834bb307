"""The tour of the example: every order is understood, done or answered, and counted. In physics it is a soak."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from examples.showroom.guide import Guide

from linewalker.station.acting.performer import StationPerformer
from linewalker.station.hall.hall_file import read_hall
from linewalker.station.hall.hall_reader import hall_reader
from linewalker.station.hall.simulated_hall import HallOptions
from tests.station.hall.point_guide import FILE, ROOT, point_workplace


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tour_is_gone_round_everybody_and_all_of_it_is_said(language: str, tmp_path: Path) -> None:
    hall, lines = read_hall(FILE), list[str]()
    guide = Guide(hall=hall, reader=hall_reader(hall, tmp_path, None), tell=lines.append)
    place, _ = point_workplace(hall, tmp_path, HallOptions(listen=guide.note, voice=guide.say))
    guide.works_in(place)
    with StationPerformer(place) as performer:
        for order in hall.tour[language]:
            guide.order(order, performer)
    assert all(tally.fine for tally in guide.tallies), lines
    assert [tally.order for tally in guide.tallies] == list(hall.tour[language])
    said = [text for tally in guide.tallies for text in tally.said]
    assert getattr(hall.told["scanner"].title, language) in said
    assert sum(tally.outcome == "answered" for tally in guide.tallies) == 1
    assert guide.tallies[0].walked_m > 2.4  # home to scanner
    assert any("at laser scanner" in line for line in lines)


@pytest.mark.soak
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tour_in_physics(language: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "examples.showroom", "--language", language, "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=1200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "at laser scanner" in done.stdout
