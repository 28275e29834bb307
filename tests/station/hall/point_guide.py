"""A guide of a hall that is a point on the floor, among visitors; everything but its body is as it is in a hall."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from linewalker.brain.memory.journal import Entry
from linewalker.station.acting.workplace import Workplace
from linewalker.station.hall.crowd import Crowd
from linewalker.station.hall.hall import Hall
from linewalker.station.hall.hall_workplace import Company, hall_workplace
from linewalker.station.hall.simulated_hall import HallOptions, SimulatedHall
from tests.brain.plane_robot import PlaneMotion, plane_operator
from tests.station.acting.plane_station import PlaneSkills

ROOT = Path(__file__).parents[3]
FILE = ROOT / "examples" / "showroom" / "hall.yaml"
TEXT = FILE.read_text(encoding="utf-8")


def point_workplace(hall: Hall, folder: Path, options: HallOptions) -> tuple[Workplace, Crowd]:
    """Where orders are carried out, and who is there."""
    motion: Any = PlaneMotion(hall.home.pose)
    motion.profile = SimpleNamespace(name="point", gait=motion.profile.gait)
    operator, crowd = plane_operator(motion), Crowd(hall.visitors, options.seed, hall.solids, hall.marks)
    skills: Any = PlaneSkills(operator, [])
    company = Company(operator=operator, skills=skills, crowd=crowd, listen=options.listen, voice=options.voice)
    return hall_workplace(hall, folder, company), crowd


@contextmanager
def point_hall(hall: Hall, folder: Path, options: HallOptions) -> Iterator[SimulatedHall]:
    """In the place of `simulated_hall`."""
    folder.mkdir(parents=True, exist_ok=True)
    nothing: Any = None
    workplace, crowd = point_workplace(hall, folder, options)
    yield SimulatedHall(workplace=workplace, crowd=crowd, model=nothing, data=nothing, gap_m=lambda: None)


def codes(entries: list[Entry]) -> list[str]:
    """Of a journal."""
    return [entry.code for entry in entries]
