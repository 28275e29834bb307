"""A project to begin with: it is the example, in the user's language, and runs as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from linewalker.console import first_minute
from linewalker.console.first_minute import PROJECT, RECORDED, show_demo, write_project
from linewalker.console.web.library import Library
from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import read_shift
from linewalker.messages.language import Language
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import read_simulated_shift

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", ["shift.csv", "plan.yaml", "world.yaml"])
def test_it_is_the_example_of_the_documents(name: str) -> None:
    assert (PROJECT / name).read_bytes() == (EXAMPLES / name).read_bytes()


@pytest.mark.parametrize(("language", "word"), [(Language.ZH, "工位"), (Language.EN, "station")])
def test_a_project_reads_without_a_mistake_and_speaks_a_language(
    tmp_path: Path, language: Language, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "project"
    write_project(folder, language)
    assert word in (folder / "README.md").read_text(encoding="utf-8")
    assert str(folder) in capsys.readouterr().out
    shift, plan, world = (folder / name for name in ("shift.csv", "plan.yaml", "world.yaml"))
    read = read_simulated_shift(ShiftFiles(shift=shift, plan=plan, world=world, robot="g1", seed=0))
    assert len(read.orders) == 3


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is there already"):
        write_project(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_demo_is_a_shift_with_a_page_that_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []

    @contextmanager
    def beside(folder: Path, wanted: bool, *, opens: bool, bridge: Path) -> Iterator[None]:
        told.append((folder, wanted, opens, bridge))
        yield
        told.append("over")

    monkeypatch.setattr(first_minute, "console_beside", beside)
    monkeypatch.setattr(first_minute, "run_shift", lambda files, options: told.extend((files, options)) or 0)
    monkeypatch.setattr(first_minute, "serve_console", lambda options: told.append(options))
    assert show_demo(tmp_path, opens=False) == 0
    page, files, run, over, after = told
    assert page == (tmp_path, True, False, RECORDED)
    assert files.shift.is_file()
    assert (run.real_time, run.console, run.folder, over) == (True, False, tmp_path, "over")
    assert after.folders == [tmp_path]


def test_what_bridges_is_a_recorded_inspection_of_the_first_car_of_the_example() -> None:
    library = Library([], RECORDED)
    (entry,) = library.runs()
    archived = library.archived(entry)
    assert archived is not None
    first = read_shift(PROJECT / "shift.csv")[0]
    assert (entry.bridges, archived.jobs[0].result.order.vin) == (True, first.vin)
    (motion,) = library.motions(entry).values()
    moments = [moment["what"] for _, moment in motion.moments]
    assert (moments.count("car"), moments.count("visit") >= 5) == (1, True)
    assert motion.frames(0.0, motion.last_s).size > 1000
    assert sum(path.stat().st_size for path in RECORDED.rglob("*") if path.is_file()) < 2e6
