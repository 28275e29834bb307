"""Records, as the page asks for them; nothing else of the machine is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.brain.memory.journal import Journal
from linewalker.inspection.title import Title
from tests.console.web.runs import SVG, Console, whole_run
from tests.factory.samples import VINS


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return whole_run(tmp_path_factory.mktemp("records") / "run")


def test_runs_and_cars(run: Path) -> None:
    console = Console(run)
    (entry,) = console.ask("/api/runs").json
    assert (entry["id"], entry["shift"], entry["cars"]) == ("run:1", "shift-0.csv", {"committed": 2})
    found = console.ask("/api/cars", run="run:1").json
    assert [car["vin"] for car in found["cars"]] == list(VINS[:2])
    assert [car["verdict"] for car in found["cars"]] == ["OK", "NOK"]
    assert found["cars"][0]["attempt"] == 1
    assert found["methods"]["gap"] == {"zh": "间隙", "en": "gap"}
    assert set(found["classes"]) >= {"critical", "major", "minor"}


def test_evidence_is_given_and_no_script_in_it_runs(run: Path) -> None:
    console = Console(run)
    assert console.ask("/api/evidence", run="run:1", file="evidence/a.png").headers["content-type"] == "image/png"
    drawing = console.ask("/api/evidence", run="run:1", file="evidence/b.svg")
    assert drawing.body == SVG
    assert "sandbox" in drawing.headers["content-security-policy"]


@pytest.mark.parametrize(
    "file",
    ["records.sqlite", "../secret.png", "evidence/../records.sqlite", "evidence/../../secret.png", "/etc/passwd", "",
     "evidence/none.png", "evidence", "evidence/a.png\0", "%2e%2e/secret.png"],
)  # fmt: skip
def test_nothing_outside_of_the_evidence_is_given(run: Path, file: str) -> None:
    (run.parent / "secret.png").write_bytes(b"secret")
    assert Console(run).ask("/api/evidence", run="run:1", file=file).status == 404


def test_a_link_out_of_the_folder_leads_nowhere(run: Path) -> None:
    (run.parent / "secret.png").write_bytes(b"secret")
    link = run / "evidence" / "link.png"
    link.unlink(missing_ok=True)
    link.symlink_to(run.parent / "secret.png")
    assert Console(run).ask("/api/evidence", run="run:1", file="evidence/link.png").status == 404


def test_journal_and_report(tmp_path: Path) -> None:
    folder = whole_run(tmp_path / "run")
    Journal(folder / "journal.jsonl").write("car_came", Title(zh="到位", en="in place"), 2.5, vin=VINS[0])
    console = Console(folder)
    assert [entry["zh"] for entry in console.ask("/api/journal", run="run:1").json] == ["到位"]
    assert console.ask("/api/report", run="run:1").status == 404
    (folder / "report.html").write_text("<p>report</p>", encoding="utf-8")
    answer = console.ask("/api/report", run="run:1")
    assert (answer.status, "script-src" in answer.headers["content-security-policy"]) == (200, False)
