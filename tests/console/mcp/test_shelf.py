"""The shelf: what the results name can be read, and nothing else, whatever path somebody makes up."""

import json
from pathlib import Path

import pytest

from linewalker.console.mcp.shelf import JOURNAL, PICTURE, RESULTS, Shelf

VIN = "LSVAA49J132047371"


def entry(characteristic: str, evidence: str | None) -> dict[str, object]:
    """Of one characteristic, as far as the shelf looks."""
    return {"id": characteristic, "feature": "roof", "verdict": "OK", "evidence": evidence}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of a run with two pictures, beside something that is nobody's business."""
    run = tmp_path / "run"
    (run / "evidence" / VIN / "1-1").mkdir(parents=True)
    for name in ("a.svg", "b.png"):
        (run / "evidence" / VIN / "1-1" / name).write_text("<svg/>", encoding="utf-8")
    (tmp_path / "secret.svg").write_text("secret", encoding="utf-8")
    (run / "evidence" / "link.svg").symlink_to(tmp_path / "secret.svg")
    named = [
        entry("L1-gap", f"evidence/{VIN}/1-1/a.svg"),
        entry("L2", f"evidence/{VIN}/1-1/b.png"),
        entry("L3", None),
        entry("up", "../secret.svg"),
        entry("link", "evidence/link.svg"),
        entry("gone", "evidence/gone.svg"),
    ]
    cars = [{"vin": VIN, "characteristics": named}]
    (run / "results.json").write_text(json.dumps({"cars": cars}), encoding="utf-8")
    return run


def test_results_and_pictures_are_listed_and_read(folder: Path) -> None:
    shelf = Shelf(folder)
    pages = {page.uri: page for page in shelf.pages()}
    assert pages[RESULTS].kind == "application/json"
    picture = pages[f"{PICTURE}{VIN}/1-1/a.svg"]
    assert (picture.kind, picture.title) == ("image/svg+xml", f"{VIN} L1-gap: OK")
    assert shelf.read(picture.uri) == ("image/svg+xml", b"<svg/>")
    results = shelf.read(RESULTS)
    assert results is not None
    assert json.loads(results[1])["cars"]


def test_pictures_are_found_by_the_end_of_a_vin_and_by_id_or_feature(folder: Path) -> None:
    shelf = Shelf(folder)
    assert [page.title for page in shelf.pictures("7371", "L1-gap")] == [f"{VIN} L1-gap: OK"]
    assert len(shelf.pictures("", "roof")) == len(shelf.pictures("", ""))
    assert shelf.pictures("0000", "") == []


@pytest.mark.parametrize(
    "uri",
    [
        f"{PICTURE}../secret.svg",
        f"{PICTURE}link.svg",
        f"{PICTURE}gone.svg",
        f"{PICTURE}{VIN}/1-1/../../../secret.svg",
        "linewalker://secret",
        "file:///etc/passwd",
        "",
    ],
)
def test_nothing_else_is_read(folder: Path, uri: str) -> None:
    assert Shelf(folder).read(uri) is None
    assert Shelf(folder).read(f"{PICTURE}{folder.parent}/secret.svg") is None


def test_the_journal_is_a_page_as_soon_as_there_is_one(folder: Path) -> None:
    shelf = Shelf(folder)
    assert JOURNAL not in {page.uri for page in shelf.pages()}
    assert shelf.read(JOURNAL) is None
    (folder / "journal.jsonl").write_text("{}\n", encoding="utf-8")
    assert JOURNAL in {page.uri for page in shelf.pages()}
    assert shelf.read(JOURNAL) == ("application/jsonl", b"{}\n")


def test_an_empty_folder_offers_nothing(tmp_path: Path) -> None:
    assert Shelf(tmp_path).pages() == []
    assert Shelf(tmp_path).read(RESULTS) is None
